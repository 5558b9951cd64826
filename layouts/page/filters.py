"""What can be chosen in a vintage: the options of the filters, and the rarer choices behind More."""

from typing import Any

from dash import html

from data.counting.people_by_year import PeopleByYear
from data.model.notices import say
from data.model.route_names import plain_names
from data.model.units import FLOW_MEASURES
from data.query.resolve import ids_of
from data.query.selection import Selection
from data.store.vintage import Vintage
from layouts import ids
from layouts.parts.controls import choice
from layouts.text import page as text

DEFAULT = Selection()


def flows_of(vintage: Vintage) -> list[str]:
    """Return the flow measures that this vintage has figures for, besides arrivals; at least the default."""
    units = set(vintage.counts["unit"].unique().to_list())
    found = [name for name, measure in FLOW_MEASURES.items() if measure.unit in units and name != "arrivals"]
    return found or [DEFAULT.flow]


def choices_of_more(vintage: Vintage) -> list[html.Fieldset]:
    """Return the choices that few readers need: source quality, size of the cells, data set."""
    sizes: dict[Any, str] = {"": say("page.filters.by_zoom")} | {
        resolution: say("page.filters.width", km=text.WIDTH_KM[resolution]) for resolution in range(1, 7)
    }
    qualities = {"": say("page.filters.any")} | {
        quality: f"{quality}+" if quality < 5 else "5" for quality in range(2, 6)
    }
    return [
        choice(say("page.filters.source_quality_1_to_5"), ids.QUALITY, qualities, ""),
        choice(say("page.filters.cell_size"), ids.RESOLUTION, sizes, ""),
        choice(say("page.filters.data_set_of_the_incidents"), ids.SOURCE, sources_of(vintage), ""),
    ]


def sources_of(vintage: Vintage) -> dict[str, str]:
    """Return the incident databases to choose from; they are never added up (RULES E6)."""
    titles = dict(vintage.sources.select("source", "title").unique(subset="source").iter_rows())
    names = {source: str(titles.get(source, source)) for source in vintage.incident_sources}
    if not names:
        return {"": say("page.filters.none")}
    first, *others = names.items()
    return {"": first[1], **dict(others)}


def options_of(vintage: Vintage, kind: str) -> list[tuple[str, str]]:
    """Return (id, name) of every route, region, cause or origin in this vintage, by name."""
    names = {value: vintage.name_of(kind, value) for value in ids_of(vintage)[kind]}
    names = plain_names(names) if kind == "route" else names
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def years_of(people: PeopleByYear) -> str:
    """Return the years of the bars beside the names; blank where nothing is dated."""
    return f"{people.years[0]}–{people.years[-1] % 100:02d}" if people.years else ""


def coverage_text(vintage: Vintage) -> tuple[str | None, str | None]:
    """Return the first and last day that any incident has, as the date fields take them."""
    first = min((one.first for one in vintage.summary.values() if one.first), default=None)
    last = max((one.last for one in vintage.summary.values() if one.last), default=None)
    return str(first) if first else None, str(last) if last else None
