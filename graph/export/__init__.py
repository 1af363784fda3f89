"""Files for other tools, each with a manifest: one module a format."""

from graph.export.writing import FORMATS, ExportResult, export

__all__ = ["FORMATS", "ExportResult", "export"]
