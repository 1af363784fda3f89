"""Report files in, records out."""
