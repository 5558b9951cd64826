"""The brief: what is shown, on two pages of A4."""

from layouts.brief.contents import Contents, Figure, Row, SourceEntry
from layouts.brief.typeset import brief_pdf, brief_png, brief_svg

__all__ = ["Contents", "Figure", "Row", "SourceEntry", "brief_pdf", "brief_png", "brief_svg"]
