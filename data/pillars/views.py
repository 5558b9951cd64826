"""The views, each declared once: its pillar, and the function that answers it. Its words are messages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Final, NamedTuple

import polars as pl

from data.model.caches import kept
from data.model.notices import Notice, say
from data.pillars.border_data import border_data
from data.pillars.campaigns import campaigns
from data.pillars.causes import how_they_die
from data.pillars.decided import decided
from data.pillars.drivers import drivers
from data.pillars.family import family
from data.pillars.fees import fees
from data.pillars.figures import figures_read_once
from data.pillars.interceptions import interceptions
from data.pillars.law import prosecution, treaties
from data.pillars.models import Answering, Asked, Finding, View, ViewSource
from data.pillars.motives import motives
from data.pillars.other_counts import other_counts
from data.pillars.protection import protection
from data.pillars.reception import reception
from data.pillars.regular_ways import resettlement, visas, work_permits
from data.pillars.returns import ordered_and_returned, returns
from data.pillars.risk_profile import route_risk_profile
from data.pillars.series import series_of
from data.pillars.trafficking import trafficking
from data.pillars.unidentified import unidentified
from data.pillars.unknown import unknown
from data.store.vintage import Vintage

PILLARS: Final = (1, 2, 3, 4)
WORDS: Final = ("question", "formula", "denominator", "caveat")


@dataclass(frozen=True)
class Kind:
    """One view: its id, which is the key of its messages, its pillar, and what answers it."""

    id: str
    pillar: int
    answer: Answering

    def say(self, what: str) -> str:
        """Return one of its WORDS."""
        return say(f"pillars.view.{self.id}.{what}")


def _reading_once(answer: Answering) -> Answering:
    """Return what answers a view with each of its figures read once, however often it asks for them."""

    @wraps(answer)
    def read(vintage: Vintage, asked: Asked) -> Finding:
        with figures_read_once():
            return answer(vintage, asked)

    return read


VIEWS: Final[Mapping[str, Kind]] = {one.id: replace(one, answer=_reading_once(one.answer)) for one in (
    Kind("protection", 1, protection),
    Kind("unidentified", 1, unidentified),
    Kind("returns", 1, returns),
    Kind("ordered", 1, ordered_and_returned),
    Kind("reception", 1, reception),
    Kind("visas", 2, visas),
    Kind("resettlement", 2, resettlement),
    Kind("permits", 2, work_permits),
    Kind("family", 2, family),
    Kind("campaigns", 2, campaigns),
    Kind("drivers", 2, drivers),
    Kind("interceptions", 3, interceptions),
    Kind("prosecution", 3, prosecution),
    Kind("treaties", 3, treaties),
    Kind("border_data", 3, border_data),
    Kind("route_risk_profile", 3, route_risk_profile),
    Kind("decided", 3, decided),
    Kind("how_they_die", 4, how_they_die),
    Kind("fees", 4, fees),
    Kind("trafficking", 4, trafficking),
    Kind("motives", 4, motives),
    Kind("other_counts", 4, other_counts),
    Kind("unknown", 4, unknown),
)}  # fmt: skip


def view_of(vintage: Vintage, kind: Kind, asked: Asked) -> View:
    """Return the answer of one view, with all that must stand beside its figure."""
    found = kind.answer(vintage, asked)
    words = _words(found)
    window = found.window or (asked.start, asked.end)
    return View(
        view=kind.id, pillar=kind.pillar, question=kind.say("question"), words=str(words),
        is_computable=found.sentence is not None, value=found.value, unit=found.unit, formula=kind.say("formula"),
        denominator=kind.say("denominator"), caveat=kind.say("caveat"), notes=tuple(map(str, found.notes)),
        route=asked.route, date_from=window[0], date_to=window[1], sources=sources_of(vintage, found.sources),
        rows=tuple(found.rows),
        series=series_of(vintage, kind.answer, asked.route), vintage=vintage.name,
        is_demonstration=vintage.is_demonstration,
    )  # fmt: skip


class Brief(NamedTuple):
    """A view in a line: its figure in a sentence, or why there is none."""

    view: str
    pillar: int
    question: str
    words: str
    is_computable: bool


@kept
def views_in_brief(vintage: Vintage, asked: Asked) -> tuple[Brief, ...]:
    """Return every view in a line; its rows and years are not told, which one view alone is asked for."""
    with figures_read_once():
        found = [(kind, kind.answer(vintage, asked)) for kind in VIEWS.values()]
    return tuple(
        Brief(kind.id, kind.pillar, kind.say("question"), str(_words(one)), one.sentence is not None)
        for kind, one in found
    )


def views_of_one_route(vintage: Vintage, asked: Asked) -> list[Brief]:
    """Return the views that say something of the route that is asked for: a figure that is not the same without it."""
    without = {one.view: one.words for one in views_in_brief(vintage, Asked(None, asked.start, asked.end))}
    return [one for one in views_in_brief(vintage, asked) if one.is_computable and one.words != without[one.view]]


def _words(found: Finding) -> Notice:
    return found.sentence or Notice("pillars.not_computable", why=found.why)


def views_of_pillar(vintage: Vintage, pillar: int, asked: Asked) -> list[View]:
    """Return the answers of the views of one pillar."""
    return [view_of(vintage, kind, asked) for kind in VIEWS.values() if kind.pillar == pillar]


def sources_of(vintage: Vintage, ids: Sequence[str]) -> tuple[ViewSource, ...]:
    """Return whose figures they are, one entry per data set."""
    wanted = list(dict.fromkeys(ids))
    rows = vintage.sources.filter(pl.col("source").is_in(wanted)).group_by("source", maintain_order=True).agg(
        *(pl.col(name).drop_nulls().last() for name in ("title", "citation", "licence", "url")),
        pl.col("first_date").min(), pl.col("last_date").max(),
    )  # fmt: skip
    by_id = {one["source"]: one for one in rows.iter_rows(named=True)}
    return tuple(
        ViewSource(**{**by_id[one], **{key: by_id[one][key] or "" for key in ("title", "citation", "licence", "url")}})
        for one in wanted if one in by_id
    )  # fmt: skip
