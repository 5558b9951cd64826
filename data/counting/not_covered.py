"""What of a selection nobody counted: by source and place, each stretch of days with its kind (RULES R10, R11)."""

from collections.abc import Iterable, Sequence
from datetime import date

from data.counting.count_coverage import Covering, coverings, days_by_others, is_ended, names_of
from data.counting.coverage import absent_days, not_covered, within_stated_days
from data.counting.flow_series import FlowSeries, flow_series
from data.counting.models import NotCovered
from data.counting.period_days import period_windows
from data.counting.places_counted import places_words
from data.counting.windows import Window, joined, outside
from data.model.absence import KINDS, UNKNOWN, Absence
from data.model.days import MOST_NAMED, ONE_DAY, span_words
from data.model.notices import Notice
from data.model.units import FLOW_MEASURES
from data.query.resolve import incident_source
from data.query.selection import Selection
from data.store.vintage import Vintage


def not_covered_rows(vintage: Vintage, selection: Selection, measure: str) -> tuple[NotCovered, ...]:
    """Return what of a selection's window is not covered, in order of its days; none where all is.

    Where no window is chosen it is the days from the first to the last that the sources cover.
    """
    if measure in FLOW_MEASURES:
        return tuple(_flow_rows(vintage, selection, measure))
    source = incident_source(vintage, selection)
    return tuple(_row(source, (), one) for one in not_covered(vintage, selection))


def flow_coverage(vintage: Vintage, selection: Selection, measure: str) -> tuple[Notice, ...]:
    """Return in words, of the days that the page states: where the places of a flow change, and when none is counted.

    Every place is told by the periods that it is counted in, also one that a picture draws no break line for.
    """
    if not coverings(vintage, Selection(), measure):
        return ()  # a unit that nobody here counts: its layer and its series are empty, and say so
    found = flow_series(vintage, within_stated_days(vintage, selection), measure)
    return (*places_words(vintage, found), *(one.words for one in _uncounted(found)[:MOST_NAMED]))


def _uncounted(found: FlowSeries) -> list[Absence]:
    """Return the stretches of periods of which there is no figure at all."""
    stretches: list[Absence] = []
    steps = [one.period for one in found.periods]
    for one, window in zip(found.periods, period_windows(steps, found.step), strict=True):
        if one.status not in KINDS:
            continue
        last = stretches[-1] if stretches else None
        if last and last.kind == one.status and last.last + ONE_DAY == window.first:
            stretches[-1] = last._replace(last=window.last)
        else:
            stretches.append(Absence(*window, one.status))
    return stretches


def _row(source: str | None, places: tuple[str, ...], one: Absence) -> NotCovered:
    span = span_words(one.first, one.last)
    words = Notice(f"absence.of_places.{one.kind}", places=list(places), span=span) if places else one.words
    return NotCovered(source=source, places=places, first=one.first, last=one.last, kind=one.kind,
                      obs_status=KINDS[one.kind], words=words)  # fmt: skip


def _flow_rows(vintage: Vintage, selection: Selection, measure: str) -> Iterable[NotCovered]:
    found = coverings(vintage, selection.replace(start=None, end=None), measure)
    spans = [span for one in found for span in one.days]
    if not spans:
        return
    first = selection.start or min(span.first for span in spans)
    last = selection.end or max(span.last for span in spans)
    gaps: dict[tuple[str, Absence], list[Covering]] = {}
    for one in found if first <= last else []:
        end = one.source_days.last
        newest = None if is_ended(vintage, measure, end, selection.step) else end
        for gap in _absences(one, Window(first, last), days_by_others(one, found), newest):
            gaps.setdefault((one.source, gap), []).append(one)
    for (source, gap), places in sorted(gaps.items(), key=lambda pair: (pair[0][1].first, pair[0][1].last, pair[0][0])):
        yield _row(source, tuple(names_of(vintage, places)), gap)


def _absences(one: Covering, window: Window, by_others: Sequence[Window], last: date | None) -> Iterable[Absence]:
    """Return the days of a window that a covering lacks; those that it states without a number are unknown.

    Those that another source covers for the same people are none. After ``last`` they are not yet published; None: no
    more is expected of that source.
    """
    for gap in absent_days(joined(sorted({*one.days, *by_others})), window, last=last):
        silent = [span for span in one.unknown if Window(gap.first, gap.last).touches([span])]
        if not silent:
            yield gap
            continue
        for rest in outside(silent, Window(gap.first, gap.last)):
            yield Absence(*rest, gap.kind)
        for span in silent:
            yield Absence(max(span.first, gap.first), min(span.last, gap.last), UNKNOWN)
