"""Which flow is shown beside the arrivals: a route may have none of the unit that others are counted in.

Detections are counted at the borders of Europe, encounters at that of the United States: a route on which the chosen
unit has no figure is shown in the one that covers most of its days.
"""

from typing import Final

from data.counting.count_coverage import coverings
from data.counting.coverage import within_stated_days
from data.model.caches import kept_numbers
from data.model.units import FLOW_MEASURES
from data.query.selection import Selection
from data.store.vintage import Vintage

ARRIVALS: Final = "arrivals"


@kept_numbers
def fitting_flow(vintage: Vintage, selection: Selection) -> str:
    """Return the selection's flow, or where it has no figure on the chosen routes, the one that covers most of them."""
    if not selection.routes:
        return selection.flow
    chosen = within_stated_days(vintage, selection.only("flows"))
    others = [one for one in FLOW_MEASURES if one not in (ARRIVALS, selection.flow)]
    days = {flow: _days(vintage, chosen, flow) for flow in (selection.flow, *others)}
    return selection.flow if days[selection.flow] else max(days, key=lambda flow: days[flow])


def _days(vintage: Vintage, chosen: Selection, flow: str) -> int:
    """Return how many days a flow covers, each place of a route by itself."""
    return sum(span.days for one in coverings(vintage, chosen, flow) for span in one.days)


def with_fitting_flow(vintage: Vintage, selection: Selection) -> Selection:
    """Return the selection with the flow that fits its routes."""
    return selection.replace(flow=fitting_flow(vintage, selection))
