"""What a report says of the things it names: cases and their types, relations, figures."""

from ingest.claims.cases import find_cases
from ingest.claims.casetypes import type_cases
from ingest.claims.figures import find_figures
from ingest.claims.relations import find_claims

__all__ = ["find_cases", "find_claims", "find_figures", "type_cases"]
