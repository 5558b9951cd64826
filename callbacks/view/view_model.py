"""One view: a vintage and a selection, with all that page, pictures, brief, frame and one-file view state of it.

Each part is made the first time that it is read, and every surface reads the same.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import ClassVar

import polars as pl
from msgspec.structs import asdict

from callbacks.view.map_view import view_of
from callbacks.view.series import periods_table
from data.counting import engine
from data.counting.coverage import (
    covered_somewhere,
    last_day,
    named_routes,
    not_covered,
    stated_days,
    within_stated_days,
)
from data.counting.flow_series import flow_series
from data.counting.not_covered import flow_coverage
from data.counting.not_placed import not_placed
from data.counting.tables import shown_flow, table_of
from data.counting.totals import partly_in_window
from data.exports.about import About, CitedSource, about
from data.exports.sources_shown import sources_shown
from data.model.absence import NOT_YET_PUBLISHED, ending_words
from data.model.caches import kept
from data.model.notices import say
from data.query.resolve import incident_source
from data.query.selection import Selection, View
from data.store.vintage import Vintage
from layouts.text import page as text


@dataclass(frozen=True)
class ViewModel:
    """What a selection of a vintage states. People, records or events, as the selection's measure counts."""

    kept_bytes: ClassVar[int] = 24_000  # with all that it has said; its tables are kept by those who make them

    vintage: Vintage
    selection: Selection

    @cached_property
    def source(self) -> str | None:
        """The one incident database that is counted (RULES E6); None where the data has none."""
        return incident_source(self.vintage, self.selection)

    @cached_property
    def parts(self) -> dict[str, int | None]:
        """Total, incidents, and what each picture leaves out of the total (RULES C5); null: nobody states a number."""
        return engine.parts(self.vintage, self.selection)

    @cached_property
    def people_not_located(self) -> int:
        """People dead or missing who are not placed, so in no cell (RULES C5, X9)."""
        return engine.parts(self.vintage, self.selection.replace(measure="dead_or_missing"))["not_located"] or 0

    @cached_property
    def people_not_dated(self) -> int:
        """People dead or missing in no period of this step (RULES C5, Q2)."""
        return engine.parts(self.vintage, self.selection.replace(measure="dead_or_missing"))["not_dated"] or 0

    @cached_property
    def covered(self) -> tuple[date | None, date | None]:
        """First and last day that the incident source covers."""
        first, last = engine.coverage(self.vintage, self.selection).row(0)
        return first, last

    @property
    def is_matched(self) -> bool:
        """Whether any incident matches."""
        return bool(self.parts["incidents"])

    @cached_property
    def sentence(self) -> str:
        """The one sentence: measure, unit, place, period, filter, "at least" (RULES P1, C4)."""
        if self.source is None:
            return say("page.words.no_source")
        found = self.parts
        names = self.vintage.names
        return text.sentence(
            self.selection, found["total"], names, self.covered, incidents=found["incidents"],
            absent=not_covered(self.vintage, self.selection), has_figures=self.has_figures,
        )  # fmt: skip

    @cached_property
    def has_figures(self) -> bool:
        """Whether the incident source covers any day that is meant, or has a record of it (RULES R11)."""
        window = stated_days(self.vintage, self.selection)
        spans = covered_somewhere(self.vintage, self.selection)
        is_covered = window.touches(spans) if window else not spans
        return is_covered or bool(self.parts["incidents"])

    @cached_property
    def nothing_words(self) -> str:
        """Why no incident is there: none matches, the source does not go so far yet, or nobody counted (RULES R11)."""
        is_dated = bool(self.selection.start or self.selection.end)
        if self.has_figures:
            return say("page.words.no_match", is_dated=is_dated)
        if self.selection.routes and not named_routes(self.vintage, self.selection):
            return say("page.words.not_named")
        kinds = {one.kind for one in not_covered(self.vintage, self.selection)}
        if kinds != {NOT_YET_PUBLISHED}:
            return say("page.words.not_counted", is_dated=is_dated)
        flows = dict.fromkeys((shown_flow(self.selection), "arrivals"))
        found = {flow: flow_series(self.vintage, self.selection.only("flows"), flow).periods for flow in flows}
        others = [text.FLOW_INLINE[flow] for flow, periods in found.items() if any(one.value for one in periods)]
        last = last_day(self.vintage, self.selection)
        return say("page.words.not_yet", last=last, others=others or None)

    @cached_property
    def flow_words(self) -> str:
        """What of the flows nobody counted in these days, and where their places change (RULES R10)."""
        flows = dict.fromkeys((shown_flow(self.selection), "arrivals"))
        chosen = self.selection.only("flows")
        chosen = within_stated_days(self.vintage, chosen) if chosen.start or chosen.end else chosen
        cut = {flow: partly_in_window(self.vintage, chosen, flow) for flow in flows}
        said = [text.flow_coverage(flow, flow_coverage(self.vintage, self.selection, flow)) for flow in flows]
        return " ".join(one for one in (*said, text.cut_flows(cut)) if one)

    @cached_property
    def left_out(self) -> str:
        """What the map leaves out of the sentence's number (RULES C5)."""
        return " ".join(one for one in (text.notes(self.selection, self._parts), self.cut_words) if one)

    @property
    def _parts(self) -> dict[str, int]:
        return {name: value or 0 for name, value in self.parts.items()}

    @cached_property
    def cut_words(self) -> str:
        """What reaches over an end of the window, so is in no number of it (RULES Q2); blank where nothing does."""
        if self.source is None:
            return ""
        chosen = self.selection.only("incidents")
        return text.cut_records(partly_in_window(self.vintage, chosen, self.selection.measure), self.selection.measure)

    @cached_property
    def left_out_without_cells(self) -> str:
        """What a picture without cells leaves out: nothing for its place."""
        found = text.notes(self.selection, self._parts | {"not_located": 0, "wider_area": 0})
        return " ".join(one for one in (found, self.cut_words) if one)

    @cached_property
    def source_title(self) -> str | None:
        """The incident source by its title."""
        rows = self.vintage.sources.filter(pl.col("source") == pl.lit(self.source))
        return str(rows["title"][0]) if rows.height else None

    @cached_property
    def source_words(self) -> str:
        """The incident source and its last day; blank where there is none."""
        last = self.covered[1]
        return say("page.view.source", title=self.source_title, last=last) if self.source_title and last else ""

    @cached_property
    def notes(self) -> str:
        """What stands under the sentence: parts left out, the source and its date, the pinned vintage (RULES P1)."""
        pinned = text.pinned_words(self.selection.vintage, self.vintage.name, self.vintage.published)
        said = (self.left_out, self.not_placed_words, self.flow_words, self.source_words, pinned)
        return " ".join(part for part in said if part)

    @cached_property
    def not_placed_words(self) -> str:
        """Why what is not placed is not (RULES X9); blank where all is placed."""
        if not self.parts["not_located"]:
            return ""
        chosen = self.selection.only("incidents").replace(measure=self.selection.measure)
        return text.not_placed_words(asdict(not_placed(self.vintage, chosen)))

    @cached_property
    def title(self) -> str:
        """Measure, place and period, without a number (RULES P1)."""
        when = text.window(self.selection.start, self.selection.end) or text.covered(self.covered)
        place = text.place(self.selection, self.vintage.names)
        absent = ending_words(not_covered(self.vintage, self.selection))
        return say("page.view.title", measure=text.MEASURE[self.selection.measure], place=place, when=when or None,
                   absent=absent)  # fmt: skip

    @cached_property
    def data_until(self) -> str:
        """The last day of the incident source in words."""
        last = self.vintage.sources.filter(pl.col("source") == pl.lit(self.source))["last_date"].max()
        return text.day(last) if isinstance(last, date) else "–"

    @property
    def map_view(self) -> View:
        """Longitude, latitude and zoom of the map."""
        return view_of(self.vintage, self.selection)

    @property
    def periods(self) -> pl.DataFrame:
        """Every period of the sources with its numbers and words, whatever window is chosen (``view.series``)."""
        return periods_table(self.vintage, self.selection)

    @property
    def cells(self) -> pl.DataFrame:
        """The cells, with the columns of ``data.counting.measures.incidents_by_cell``."""
        return engine.cells(self.vintage, self.selection)

    @cached_property
    def ranked_cells(self) -> pl.DataFrame:
        """The cells as they may be exported (RULES 9), the highest of the measure first; equal ones by their index."""
        found = table_of(self.vintage, self.selection, "cells")
        return found.sort(self.selection.measure, "cell", descending=[True, False], nulls_last=True)

    @cached_property
    def details(self) -> About:
        """What travels with the view: about all of it, so with the sources of its counts and lines as well."""
        both = f"{self.sentence} {self.notes}"
        return about(self.vintage, self.selection, figure="view", sentence=both, columns=())

    @cached_property
    def sources(self) -> list[CitedSource]:
        """Whose numbers and lines are shown, with their terms."""
        return sources_shown(self.vintage, self.selection, self.details)


@kept
def view_model(vintage: Vintage, selection: Selection) -> ViewModel:
    """Return the view of a selection; the same object for all who ask while it is kept."""
    return ViewModel(vintage, selection)
