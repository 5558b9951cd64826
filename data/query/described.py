"""The table of parameters as the interface describes it: JSON Schema and meaning, with the ids of a vintage."""

from typing import Final

from data.model.vocabulary import cause_names, route_names
from data.query.kinds import Schema, listed
from data.query.parameters import SELECTION, VERSION, Parameter
from data.query.resolve import known_ids
from data.store.store import Store
from data.store.vintage import Vintage

Described = tuple[Schema, str]
NONE: Final = "none-in-this-vintage"


def described(*parameters: Parameter) -> dict[str, Described]:
    """Return (schema, meaning) of each parameter by its name."""
    return {one.name: (one.schema, one.meaning) for one in parameters}


def selection_parameters(store: Store, vintage: Vintage) -> dict[str, Described]:
    """Return (schema, meaning) of every parameter of a selection and of its version, with the ids of a vintage."""
    known = known_ids(vintage)
    ids = known | {"route": sorted({*known["route"], *route_names()}), "cause": sorted(cause_names())}
    found = described(*SELECTION, VERSION)
    for name, values in ids.items():
        found[name] = (listed({"type": "string", "enum": values or [NONE]}), found[name][1])
    sources = vintage.sources["source"].unique().sort().to_list()
    found["source"] = ({"type": "string", "enum": sources}, found["source"][1])
    days = [one.published for one in store.published() if one.published]
    found["vintage"] = ({"type": "string", "enum": sorted({*store.names(), *days})}, found["vintage"][1])
    return found
