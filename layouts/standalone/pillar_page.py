"""The pages of the four pillars: what is counted on a route, and what nobody counts. HTML alone, without script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from data.model.notices import say
from data.pillars.activities import ELSEWHERE, Activity
from data.pillars.models import Asked, View
from data.pillars.views import PILLARS, Kind
from layouts.figures.view_series import drawn_lines, drawn_panels
from layouts.standalone.icon import ICON
from layouts.standalone.jinja import fill_template
from layouts.text import page as text
from layouts.text.views import row_cells, selection_words, series_cells, source_words

MOST_ROWS: Final = 12
RELATIVES: Final = "/pillars/1/relatives"


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
        return selection_words(self.asked, self.routes)

    def to(self, path: str) -> str:
        """Return the address of another page with the same selection."""
        return f"{path}{'&' if '?' in path else '?'}{self.query}" if self.query else path

    def file(self, view: str, kind: str) -> str:
        """Return the address of a view's numbers."""
        rest = f"&{self.query}" if self.query else ""
        return f"/api/v1/views.{kind}?{urlencode({'view': view})}{rest}"

    def picture(self, view: str) -> str:
        """Return the address of a view's picture."""
        return self.to(f"/api/v1/exports/pillar.svg?{urlencode({'pillar_view': view})}")


def pillar_page(
    pillar: int, views: Sequence[View], activities: Sequence[Activity], chosen: Chosen, *, is_demonstration: bool
) -> str:
    """Return the page of one pillar: its sentence, its views, and the gaps by name."""
    return filled_page(
        "pillar.html", chosen, pillar, is_demonstration=is_demonstration,
        title=say("pillars.page.title", pillar=pillar, name=say(f"pillars.name.{pillar}")),
        sentence=say(f"pillars.sentence.{pillar}"), views=views, cells=row_cells, most=MOST_ROWS, source=source_words,
        lines=drawn_lines, series=series_cells, panels=drawn_panels, relatives=RELATIVES,
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
