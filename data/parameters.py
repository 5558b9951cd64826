"""The parameters of the one typed query as JSON Schema: what the interface's description is generated from."""

from typing import Any, Final

from data.measures import known_ids
from data.selection import ADDRESS_VERSION, FLOWS, MEASURES, MOST_ITEMS, RESOLUTIONS, STEPS, parameter_names
from data.store import Store
from data.totals import BY
from data.totals import MEASURES as ALL_MEASURES
from data.vintage import Vintage
from data.vocabulary import cause_names, route_names

Schema = dict[str, Any]

_DAYS: Final = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
DAY: Final[Schema] = {
    "type": "string",
    "pattern": f"^((199[0-9]|20[0-9]{{2}}|2100)-{_DAYS}|(199[26]|20[02468][048]|20[13579][26])-02-29)$",
}
NONE: Final = "none-in-this-vintage"
PAGE_ONLY: Final = ("layers", "zoomed", "view", "cell")  # what changes no number


def _integer(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_ITEMS}


def parameters(store: Store, vintage: Vintage) -> dict[str, tuple[Schema, str]]:
    """Return (schema, meaning) of every parameter of a selection, with the ids that a vintage knows."""
    known = known_ids(vintage)
    ids = {
        "route": sorted({*known["route"], *route_names()}),
        "region": known["region"],
        "cause": sorted(cause_names()),
        "country": known["country"],
        "source": vintage.sources["source"].unique().sort().to_list(),
    }
    lists = {
        name: (_list({"type": "string", "enum": values or [NONE]}), f"Ids of {name}, joined by commas.")
        for name, values in ids.items()
        if name != "source"
    }
    found: dict[str, tuple[Schema, str]] = {
        "measure": ({"type": "string", "enum": list(MEASURES)}, "What is counted of the incidents."),
        "flow": ({"type": "string", "enum": list(FLOWS)}, "Which interceptions a series shows beside the arrivals."),
        "from": (DAY, "First day, included: YYYY-MM-DD."),
        "to": (DAY, "Last day, included: YYYY-MM-DD; not before 'from'."),
        **lists,
        "min_quality": (_integer(1, 5), "Lowest source quality of an incident (RULES Q1)."),
        "source": ({"type": "string", "enum": ids["source"]}, "One data set; two are never added up (RULES E6)."),
        "step": ({"type": "string", "enum": list(STEPS)}, "Length of a period."),
        "resolution": (_integer(RESOLUTIONS[0], RESOLUTIONS[-1]), "H3 resolution of the cells."),
        "vintage": (
            {"type": "string", "enum": sorted({*store.names(), *_days(store)})},
            "A vintage by name, or a day: as known on it. A name, or a day that is over, never changes.",
        ),
        "v": (_integer(1, ADDRESS_VERSION), "Version of these words; an address without it is of version 1."),
    }
    return {name: found[name] for name in (*parameter_names(), "v") if name in found}


def _days(store: Store) -> list[str]:
    return [one["published"] for one in store.published() if one["published"]]


MEASURE_OF_TOTALS: Final = ({"type": "string", "enum": list(ALL_MEASURES)}, "One measure; each has a unit of its own.")
GROUPING: Final = ({"type": "string", "enum": list(BY)}, "How the total is split; what no group holds is stated.")
MOST_ROWS_A_PAGE: Final = 10_000
PAGING: Final[dict[str, tuple[Schema, str]]] = {
    "limit": (_integer(1, MOST_ROWS_A_PAGE), "Rows of one page."),
    "offset": (_integer(0, 10_000_000), "Rows before the page; the order is stable within a vintage."),
}
