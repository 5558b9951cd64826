"""What every answer shares: the selection without what only draws, and the last line, whose numbers they are."""

from dash import html

from callbacks.page import source_words
from data.selection import Selection
from data.vintage import Vintage


def counted(vintage: Vintage, selection: Selection) -> Selection:
    """Return the selection of incidents alone: nothing of what only draws, and no source that holds none."""
    source = selection.source if selection.source in vintage.incident_sources else None
    return selection.but(source=source, layers=Selection().layers, cell=None, view=None)


def about(vintage: Vintage, selection: Selection) -> html.P:
    """Return the source, its last day and the vintage in one line (RULES P1)."""
    words = [source_words(vintage, selection), f"Vintage {vintage.name}."]
    return html.P(" ".join(part for part in words if part), className="about")
