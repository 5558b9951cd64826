"""The foot of the page on paper: the sources, the boundaries, and where the view is found again."""

from dash import html

from data.model.notices import say
from data.store.vintage import Vintage
from layouts.parts.attributes import attributes


def print_foot(vintage: Vintage) -> html.Footer:
    """Return the foot that only paper shows; ``print.mjs`` fills in the address and the day."""
    table = vintage.sources.select("publisher", "title", "licence").unique().sort("publisher", "title")
    named = [say("page.print_foot.source", publisher=publisher, title=title, licence=licence)
             for publisher, title, licence in table.iter_rows()]  # fmt: skip
    where = html.P(**attributes(data_words=say("page.print_foot.where", address="ADDRESS", day="DAY")))
    told = html.P(say("page.print_foot.sources", sources="; ".join(named)))
    return html.Footer([told, html.P(say("statement.boundaries")), where], className="print-foot")
