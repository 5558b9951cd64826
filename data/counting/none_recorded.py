"""Zero where a source looked and nobody is recorded, nothing where it did not look: in totals as in series (R11)."""

from data.counting.count_coverage import coverings
from data.counting.coverage import covered
from data.counting.windows import clipped, outside
from data.model.units import FLOW_MEASURES
from data.query.selection import Selection
from data.store.vintage import Vintage


def none_recorded(vintage: Vintage, selection: Selection, measure: str) -> int | None:
    """Return 0 where some day of a selection without any record is covered, else None: that is no figure.

    Of a flow a day without a count is 0 only where its publisher leaves out what is zero, and states no unknown, and
    no count of whom else is asked for reaches over an end of the window: of those days alone it says nothing.
    """
    if measure not in FLOW_MEASURES:
        return 0 if clipped(covered(vintage, selection), selection.start, selection.end) else None
    found = coverings(vintage, selection, measure)
    gapless = (one for one in found if one.has_zeros)
    is_known = any(outside(one.unknown, span) for one in gapless for span in one.days)
    return 0 if is_known and not any(one.cut for one in found) else None
