"""Sentences about risk that are safe to print: the count, what it is divided by, the route, the window, the variant."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from data.model.days import MOST_NAMED, window_words
from data.model.notices import Notice
from data.risk.formulas import in_percent, spread_words
from data.risk.models import Computed, RiskAnswer, RiskSource, RiskSources, TypedRisk, VariantAnswer, VariantName

Places = Mapping[str, Notice | None]
"""For a measure the places in which it is counted, where these are not all of its source; None where they are."""
INVENTED: Final = Notice("statement.demonstration")
NOT_A_ROUTE: Final = ("route", "crossing", "border")


def on_route(name: str) -> Notice:
    """Return ``on the Central Mediterranean route``, ``on the US-Mexico border crossing``."""
    return Notice("risk.on_route", route=name, is_named=any(word in name.casefold() for word in NOT_A_ROUTE))


def where_and_when(route: str, first: date, last: date) -> Notice:
    """Return ``on the Central Mediterranean route in 2018``."""
    return Notice("risk.where_and_when", where=on_route(route), when=window_words(first, last))


def variant_sentence(
    name: VariantName,
    found: Computed,
    deaths: int,
    place: Notice | None,
    *,
    only: Places | None = None,
    is_demonstration: bool = False,
) -> Notice:
    """Return one computable variant as a sentence with its count and its denominator (RULES C4, R5, P2, P8).

    ``place`` says where and when, None for figures typed in;
    ``only`` says for a measure in which places it is counted, where that is not all of them (RULES R6).
    """
    places = {measure: (only or {}).get(measure) for measure in ("arrivals", "interceptions")}
    divided = Notice(f"risk.divided_by.{name}", number=found.denominator, **places)
    sentence = Notice(f"risk.sentence.{name}", deaths=deaths, divided_by=divided, place=place, one_in=found.one_in)
    return with_mark(sentence) if is_demonstration else sentence


def with_mark(sentence: Notice) -> Notice:
    """Return a sentence, and that it is of demonstration data (RULES P8)."""
    return Notice("risk.sentences", sentences=[sentence, INVENTED])


def only_in(sources: RiskSources) -> Places:
    """Return for each measure the places in which it is counted; None where these are all of its source's."""
    counted: tuple[tuple[str, RiskSource], ...] = (
        ("arrivals", sources.arrivals),
        ("interceptions", sources.interceptions),
    )
    return {name: in_places(one.places, one.left_out) for name, one in counted}


def in_places(places: Sequence[str], left_out: Sequence[str]) -> Notice | None:
    """Return ``Italy and Malta`` where places are left out; None where none is."""
    if not left_out or not places:
        return None
    named: list[str | Notice] = list(places[:MOST_NAMED])
    if more := len(places) - len(named):
        named.append(Notice("risk.more_places", number=more))
    return Notice("risk.places", places=named)


def caption(variant: VariantAnswer, found: Computed) -> Notice:
    """Return the value in percent and its spread in words (RULES R8)."""
    value = in_percent(found.value)
    if found.spread is None:
        return Notice("risk.caption.without_spread", symbol=variant.symbol, value=value)
    return Notice("risk.caption.with_spread", symbol=variant.symbol, value=value, spread=spread_words(*found.spread))


def risk_words(answer: RiskAnswer | TypedRisk) -> str:
    """Return an answer of ``risk`` as lines for a person: each variant, or why it is not computable."""
    lines = [str(_line(one)) for one in answer.variants]
    if isinstance(answer, RiskAnswer):
        if notes := left_out_notes(answer):
            lines.append(str(Notice("risk.sentences", sentences=notes)))
        if answer.is_demonstration and str(INVENTED) not in "".join(lines):
            lines.append(str(INVENTED))
    return "\n".join(lines)


def _line(one: VariantAnswer) -> Notice:
    named = {"symbol": one.symbol, "label": one.label, "formula": one.formula}
    if one.computed is None:
        return Notice("risk.line.not_computable", **named, reason=one.why_not)
    return Notice("risk.line.computed", **named, sentence=one.sentence, caption=one.caption)


def left_out_notes(answer: RiskAnswer) -> list[Notice]:
    """Return what one answer leaves out: places that lack days, people without a day (RULES C5, R6)."""
    sources = answer.sources
    return [note for one in (sources.deaths, sources.arrivals, sources.interceptions) for note in one.notes]


def left_out_words(answer: RiskAnswer) -> str:
    """Return what one answer leaves out, as text; blank where it leaves nothing out."""
    return " ".join(map(str, left_out_notes(answer)))
