"""The pages of the four pillars: what is counted on a route, and what nobody counts. HTML alone, without script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from data.model.absence import PUBLISHED, WORDS
from data.model.days import span_words, window_words
from data.model.notices import Notice, decimal, number, say
from data.pillars.activities import ELSEWHERE, Activity
from data.pillars.models import Asked, View, ViewRow, ViewSource
from data.pillars.views import PILLARS, Kind
from data.risk.formulas import in_percent
from layouts.standalone import small_series
from layouts.standalone.icon import ICON
from layouts.standalone.jinja import fill_template
from layouts.text import page as text

MOST_ROWS: Final = 12
RELATIVES: Final = "/pillars/1/relatives"
SHARE: Final = "share"
WHOLE_FROM: Final = 100  # from which a figure is written without decimals


@dataclass(frozen=True)
class Chosen:
    """What the figures of a page are of, in words, and its address.

    ``routes`` are the names that the form offers, by id; ``query`` is what pages and files of the same selection share;
    ``map_query`` that of the map.
    """

    asked: Asked
    routes: Mapping[str, str]
    query: str
    map_query: str
    kept: Sequence[tuple[str, str]] = ()

    @property
    def words(self) -> str:
        """Return of which route and days the figures are."""
        asked = self.asked
        name = self.routes.get(asked.route, asked.route) if asked.route else None
        return say("pillars.page.is_of", route=name, when=_window(asked.start, asked.end))

    def to(self, path: str) -> str:
        """Return the address of another page with the same selection."""
        return f"{path}?{self.query}" if self.query else path

    def file(self, view: str, kind: str) -> str:
        """Return the address of a view's numbers."""
        rest = f"&{self.query}" if self.query else ""
        return f"/api/v1/views.{kind}?{urlencode({'view': view})}{rest}"


def pillar_page(
    pillar: int, views: Sequence[View], activities: Sequence[Activity], chosen: Chosen, *, is_demonstration: bool
) -> str:
    """Return the page of one pillar: its sentence, its views, and the gaps by name."""
    return filled_page(
        "pillar.html", chosen, pillar, is_demonstration=is_demonstration,
        title=say("pillars.page.title", pillar=pillar, name=say(f"pillars.name.{pillar}")),
        sentence=say(f"pillars.sentence.{pillar}"), views=views, cells=row_cells, series=series, most=MOST_ROWS,
        source=source_words, relatives=RELATIVES,
        gaps=[one for one in activities if one.pillar == pillar and one.gap],
        counted=_counted(views, [one for one in activities if one.pillar == pillar]),
    )  # fmt: skip


def overview_page(
    kinds: Mapping[str, Kind], activities: Sequence[Activity], chosen: Chosen, *, is_demonstration: bool
) -> str:
    """Return the page of all pillars: every activity with the views that show it, or its gap."""
    return filled_page(
        "pillars.html", chosen, None, is_demonstration=is_demonstration, title=say("pillars.page.title_of_all"),
        sentence=say("pillars.page.intro_of_all"), questions={one: kind.say("question") for one, kind in kinds.items()},
        pillar_of={one: kind.pillar for one, kind in kinds.items()},
        places={one: say(f"pillars.place.{one}") for one in ELSEWHERE}, elsewhere=ELSEWHERE,
        columns=[(pillar, [one for one in activities if one.pillar == pillar]) for pillar in PILLARS],
    )  # fmt: skip


def filled_page(template: str, chosen: Chosen, pillar: int | None, *, is_demonstration: bool, **values: object) -> str:
    """Return a page of the pillars, or of one (``pillar``), with the head and the links that all of them share."""
    names = {one: say(f"pillars.name.{one}") for one in PILLARS}
    return fill_template(
        template, chosen=chosen, pillar=pillar, names=names, say=say, name=text.NAME, icon=ICON,
        invented=say("statement.demonstration") if is_demonstration else None, **values,
    )  # fmt: skip


def _counted(views: Sequence[View], activities: Sequence[Activity]) -> str:
    return say("pillars.page.counted", computable=sum(one.is_computable for one in views), views=len(views),
               gaps=sum(one.gap is not None for one in activities))  # fmt: skip


def _window(first: date | None, last: date | None) -> Notice | None:
    if first and last:
        return window_words(first, last)
    if first:
        return Notice("pillars.page.since", first=first)
    return Notice("pillars.page.until", last=last) if last else None


def source_words(one: ViewSource) -> str:
    """Return a source with its terms and the days that it covers."""
    days = span_words(one.first_date, one.last_date) if one.first_date and one.last_date else None
    return say("pillars.page.of_source", title=one.title, licence=one.licence or None, days=days)


def row_cells(row: ViewRow) -> tuple[str, str, str, str]:
    """Return a row as its table has it: of what, which figure, its value, what is divided by what."""
    of = f"{row.name} · {row.note}" if row.note else row.name
    quotient = ""
    if row.numerator is not None and row.denominator is not None:
        quotient = say("pillars.row.quotient", above=number(row.numerator), below=number(row.denominator))
    elif row.numerator is not None:
        quotient = number(row.numerator)
    return of, row.what, value_words(row.value, row.unit, row.status), quotient


def series(view: View) -> Sequence[small_series.Panel]:
    """Return the small series that a view's rows are; none where they are of one period."""
    return small_series.panels_of(view.rows, value_words)


def value_words(value: float | None, unit: str, status: str = PUBLISHED) -> str:
    """Return a figure as a reader sees it; where there is none, the kind of absence: never 0."""
    if value is None:
        return WORDS[status]
    if unit == SHARE:
        return str(Notice("risk.percent", value=in_percent(value, decimals=1)))
    return number(value) if value == round(value) or abs(value) >= WHOLE_FROM else decimal(Decimal(f"{value:.1f}"))
