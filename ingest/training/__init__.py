"""Makes the files of `ingest.models` from annotated reports; imported by nothing at run time."""
