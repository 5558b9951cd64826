"""Where the data comes from, on what terms, and what became of every row."""

from dash import html

from data.exports.list_models import SourceRow, source_rows
from data.model.notices import say
from data.model.sources import PUBLIC
from data.store.vintage import Vintage
from layouts import ids
from layouts.links import outside_link
from layouts.parts.attributes import attributes
from layouts.parts.controls import button
from layouts.text import page as text


def sources_panel(vintage: Vintage) -> html.Section:
    """Return one entry per edition: publisher, citation, licence, dates, rows read and what became of them."""
    head = html.Div(
        [
            html.H2(say("page.sources_panel.sources")),
            button(say("page.sources_panel.close"), ids.SOURCES_CLOSE, kind="link"),
        ],
        className="panel-head",
    )
    entries = [source_entry(row) for row in source_rows(vintage.sources.sort("kind", "source", "file"))]
    intro = html.P(say("page.sources_panel.intro", vintage=vintage.name))
    notes = [
        html.P(html.A(say("page.sources_panel.pillars"), href="/pillars")),
        html.H3(say("page.sources_panel.what_is_counted")),
        html.P(say("statement.scope")),
        html.H3(say("page.sources_panel.map")),
        html.P(say("statement.boundaries")),
    ]
    body = html.Div(
        [intro, *entries, *notes],
        className="panel-body",
        tabIndex=0,
        role="region",
        **attributes(aria_label=say("page.sources_panel.list")),
    )
    return html.Section(
        [head, body],
        id=ids.SOURCES,
        className="panel sheet",
        **attributes(aria_label=say("page.sources_panel.sources")),
    )


def source_entry(row: SourceRow) -> html.Article:
    """Return one source with its terms and the account of its rows."""
    facts = {
        say("page.sources_panel.publisher"): row.publisher,
        say("page.sources_panel.citation"): row.citation,
        say("page.sources_panel.licence"): row.licence,
        say("page.sources_panel.page"): outside_link(row.url, row.url),
        say("page.sources_panel.covers"): text.dates(row.first_date, row.last_date)
        if row.first_date
        else say("page.sources_panel.no_dates"),
        say("page.sources_panel.retrieved"): text.day(row.retrieved) if row.retrieved else "–",
        say("page.sources_panel.file"): f"{row.file or '–'} ({row.layout})",
        say("page.sources_panel.rows"): rows_sentence(row),
    }
    mark = (
        [html.P(say("page.words.demonstration_mark"), className="demonstration-mark")] if row.is_demonstration else []
    )
    if row.sensitivity not in (None, PUBLIC):
        mark.append(html.P(say("page.sources_panel.restricted"), className="restricted-mark"))
    entries = [part for name, value in facts.items() for part in (html.Dt(name), html.Dd(value or "–"))]
    return html.Article([html.H3(row.title), *mark, html.Dl(entries, className="facts")], className="source")


def rows_sentence(row: SourceRow) -> str:
    """Return the account of a file's rows: read = accepted + quarantined + duplicates."""
    return say(
        "page.sources_panel.account",
        read=row.rows_read,
        accepted=row.accepted,
        quarantined=row.quarantined,
        duplicates=row.duplicates,
    )
