"""The right drawer: one cell in words and numbers, then its incidents as cards."""

from collections.abc import Sequence
from typing import Any, Final

from dash import html

from layouts import ids, text
from layouts.controls import button
from layouts.links import is_web, outside_link

CARDS: Final = 30


def drawer() -> html.Aside:
    """Return the drawer, closed; callbacks.drawer fills it."""
    head = html.Div([html.H2("Cell"), button("Close", ids.DRAWER_CLOSE, kind="link")], className="panel-head")
    more = button("Show more incidents", ids.DRAWER_MORE, hidden=True)
    body = html.Div([html.Div(id=ids.DRAWER_BODY), more], className="panel-body", tabIndex=0, role="region",
                    **{"aria-label": "Incidents in the chosen cell"})  # fmt: skip
    return html.Aside(
        [head, body], id=ids.DRAWER, className="panel drawer", hidden=True, **{"aria-label": "Chosen cell"}
    )


def cell_summary(
    place: str, resolution: int, cell: dict[str, Any] | None, years: Sequence[tuple[int, int]]
) -> list[Any]:
    """Return the place in words, the numbers of RULES H5 and a small series by year."""
    heading = html.H3(place, className="drawer-place")
    if cell is None:
        return [heading, html.P("No incident of this selection lies in this cell.")]
    toll = html.P(
        [html.Strong(text.number(cell["dead_or_missing"])), " dead or missing, at least"], className="drawer-toll"
    )
    split = html.P(text.split(cell["dead"], cell["missing"]) + ".", className="muted")
    facts = {
        "Incidents": text.number(cell["incidents"]),
        "Events": text.number(cell["events"]),
        "Largest incident": _people(cell["largest_incident"]),
        "Largest event": _dominance(cell),
        "Per 1,000 km²": f"{cell['per_1000_km2']:,.1f} people" if cell["per_1000_km2"] is not None else "–",
        "Cell": f"resolution {resolution}, {text.number(cell['area_km2'])} km²",
    }
    entries = [part for name, value in facts.items() for part in (html.Dt(name), html.Dd(value))]
    return [heading, toll, split, small_series(years), html.Dl(entries, className="facts")]


def _people(count: int | None) -> str:
    return "–" if count is None else text.people(count)


def _dominance(cell: dict[str, Any]) -> str:
    """Return the largest event and its share of the cell; more than half is said (RULES H5)."""
    if cell["dominance"] is None:
        return "–"
    share = f"{_people(cell['largest_event'])}, {text.share(cell['dominance'])} of the cell"
    return f"{share}: one event decides this colour" if cell["dominance"] > 0.5 else share


def small_series(years: Sequence[tuple[int, int]]) -> html.Figure:
    """Return people dead or missing per year as a row of bars, each with its number in words."""
    highest = max((count for _, count in years), default=0) or 1
    bars = [
        html.Li(
            [html.Span(className="bar-fill", style={"height": f"{max(count, 0) / highest * 100:.0f}%"}),
             html.Span(f"{year}: {text.people(count)}", className="unseen")],
            title=f"{year}: {text.people(count)}",
        )
        for year, count in years
    ]  # fmt: skip
    ends = f"{years[0][0]} to {years[-1][0]}, dead or missing per year" if years else "Not dated"
    return html.Figure([html.Ol(bars, className="small-series"), html.Figcaption(ends)])


def incident_card(row: dict[str, Any], *, cause: str | None, route: str | None) -> html.Article:
    """Return one incident: date, place, toll split, cause, quality in words, source link."""
    quality = (
        f"Quality {row['quality']}: {text.QUALITY[row['quality']]}."
        if row["quality"] in text.QUALITY
        else "Quality not stated."
    )
    link = outside_link(row["reporter"] or "Source", row["url"]) if is_web(row["url"]) else html.Span(_unlinked(row))
    lines = [
        html.P(
            [html.Strong(text.dates(row["date_from"], row["date_to"])), html.Span(_toll(row), className="card-toll")],
            className="card-head",
        ),
        html.P(row["place"] or "Place not stated"),
        html.P(text.split(row["dead"], row["missing"]) + ".", className="muted"),
        html.P(". ".join(part for part in (cause, route) if part) + "." if cause or route else "Cause not stated."),
        html.P(
            f"{text.PRECISION.get(row['location_precision'], text.PRECISION['unknown'])}. {quality}", className="muted"
        ),
        html.P(link, className="card-source"),
    ]
    return html.Article(lines, className="card")


def _toll(row: dict[str, Any]) -> str:
    return f"{text.number(row['dead_or_missing'])} dead or missing"


def _unlinked(row: dict[str, Any]) -> str:
    return f"{row['reporter']}. {text.NO_LINK}" if row["reporter"] else text.NO_LINK
