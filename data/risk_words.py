"""Sentences about risk that are safe to print: the count, what it is divided by, the route, the window, the variant."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from data.days import MOST_NAMED, window_words
from data.exports.about import DEMONSTRATION
from data.risk import SPREAD_WORDS, percent, spread_words

_DIVIDED_BY: Final = {
    "rho": ("attempts", "1 in {} attempts"),
    "rho_arr": ("arrivals{} and deaths taken together", "1 in {} of those who arrived or died (ρ_arr)"),
    "kappa": ("arrivals{}", "1 per {} arrivals (κ, a ratio)"),
}
_COUNTED: Final = ("arrivals", "interceptions")
NOT_A_ROUTE: Final = ("route", "crossing", "border")


def on_route(name: str) -> str:
    """Return ``on the Central Mediterranean route``, ``on the US-Mexico border crossing``."""
    says_so = any(word in name.casefold() for word in NOT_A_ROUTE)
    return f"on the {name}" if says_so else f"on the {name} route"


def where_and_when(route: str, first: date, last: date) -> str:
    """Return ``on the Central Mediterranean route in 2018``."""
    return f"{on_route(route)} {window_words(first, last)}"


def variant_sentence(
    variant: Mapping[str, Any],
    deaths: int,
    place: str,
    *,
    only: Mapping[str, str] | None = None,
    is_demonstration: bool = False,
) -> str:
    """Return one computable variant as a sentence with its count and its denominator (RULES C4, R5, P2, P8).

    ``variant`` is an entry of ``data.risk.variants``; ``place`` says where and when, blank for figures typed in;
    ``only`` says for a measure in which places it is counted, where that is not all of them (RULES R6).
    """
    what, ratio = _DIVIDED_BY[variant["name"]]
    counted = {name: words for name, words in (only or {}).items() if words}
    if variant["name"] == "rho" and counted:
        what += f", counting {' and '.join(f'{name}{words} only' for name, words in counted.items())},"
    people = "1 person" if deaths == 1 else f"{deaths:,} people"
    where = f" {place}" if place else ""
    number = ratio.format(f"{variant['one_in']:,}") if variant["one_in"] else "none recorded"
    divided = f"{variant['denominator']:,} {what.format(counted.get('arrivals', ''))}"
    sentence = f"At least {people} died or went missing for {divided}{where}: {number}."
    if deaths == 0:
        sentence = f"No one is recorded as dead or missing for {divided}{where}."
    return f"{sentence} {DEMONSTRATION}" if is_demonstration else sentence


def only_in(sources: Mapping[str, Any]) -> dict[str, str]:
    """Return for each measure `` in Italy`` where its places are not all those of its source; blank where they are.

    ``sources`` is that of an answer of ``risk``.
    """
    return {name: in_places(sources[name]["places"], sources[name]["left_out"]) for name in _COUNTED}


def in_places(places: Sequence[str], left_out: Sequence[str]) -> str:
    """Return `` in Italy and Malta`` where places are left out; blank where none is."""
    if not left_out or not places:
        return ""
    named = list(places[:MOST_NAMED])
    if more := len(places) - len(named):
        named.append(f"{more} more {'place' if more == 1 else 'places'}")
    return f" in {named[0]}" if len(named) == 1 else f" in {', '.join(named[:-1])} and {named[-1]}"


def caption(variant: Mapping[str, Any]) -> str:
    """Return the value in percent and its spread in words (RULES R8)."""
    value = percent(variant["value"])
    if variant["low"] is None:
        return f"{variant['symbol']} is {value}. {variant['no_spread']}"
    return f"{variant['symbol']} is {value}; {SPREAD_WORDS}: {spread_words(variant['low'], variant['high'])}."


def risk_words(answer: Mapping[str, Any]) -> str:
    """Return an answer of ``risk`` as lines for a person: each variant, or why it is not computable."""
    lines = []
    for one in answer["variants"]:
        said = one.get("sentence") or f"not computable: {one['not_computable']}."
        lines.append(f"{one['symbol']}, {one['label']} ({one['formula']}): {said} {one.get('caption', '')}".rstrip())
    if "sources" in answer and (left_out := left_out_words(answer)):
        lines.append(left_out)
    if answer.get("is_demonstration") and DEMONSTRATION not in "".join(lines):
        lines.append(DEMONSTRATION)
    return "\n".join(lines)


def left_out_words(period: Mapping[str, Any]) -> str:
    """Return what one period's answer leaves out: places that lack days, people without a day (RULES C5, R6)."""
    return " ".join(note for name in ("deaths", *_COUNTED) for note in period["sources"][name]["notes"])
