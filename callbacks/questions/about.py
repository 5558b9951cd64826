"""What every answer shares: the selection without what only draws, and the last line, whose numbers they are."""

from dash import html

from callbacks.view.view_model import view_model
from data.model.notices import say
from data.query.selection import Selection
from data.store.vintage import Vintage


def of_incidents(vintage: Vintage, selection: Selection) -> Selection:
    """Return the selection of incidents alone: nothing of what only draws, and no source that holds none."""
    source = selection.source if selection.source in vintage.incident_sources else None
    return selection.replace(source=source, layers=Selection().layers, cell=None, view=None)


def about(vintage: Vintage, selection: Selection) -> html.P:
    """Return the source, its last day and the vintage in one line (RULES P1)."""
    words = [view_model(vintage, selection).source_words, say("questions.about.vintage", vintage=vintage.name)]
    return html.P(" ".join(part for part in words if part), className="about")
