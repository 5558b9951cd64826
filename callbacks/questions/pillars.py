"""The answer to "What protects, opens, disrupts, and is known": the views of the four pillars beside the map."""

from collections.abc import Mapping

from dash.development.base_component import Component

from data.model.errors import QueryError
from data.model.notices import say
from data.pillars.request import asked_of, own_part
from data.pillars.views import VIEWS, view_of, views_in_brief
from data.query.questions import OPTIONS_OF, chosen
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.questions.pillars import every_view, one_view


def answer_panel(store: Store, vintage: Vintage, selection: Selection, options: Mapping[str, str]) -> list[Component]:
    """Return the views with their figures for the selection's route and days; of one that is chosen all there is."""
    del store
    wanted = chosen(options, *OPTIONS_OF["pillars"].values())["view"]
    asked, query = asked_of(selection), own_part(selection).to_query()
    if wanted is None:
        return every_view(views_in_brief(vintage, asked), asked, vintage.names["route"], query)
    if wanted not in VIEWS:
        raise QueryError(say("pillars.which", options=", ".join(VIEWS)), parameter="view")
    return one_view(view_of(vintage, VIEWS[wanted], asked), asked, vintage.names["route"], query)
