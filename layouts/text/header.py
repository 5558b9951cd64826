"""The words of the header: the sentence with its number strong, the short note, the values of the chips."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dash import html

from data.model.days import ONE_DAY
from data.model.notices import number, say
from data.query.selection import Selection

NOUN = re.compile(r"\s\S+")
LONG = 100  # letters beyond which a sentence is set smaller


def strong_number(sentence: str, total: int | None) -> list[Any]:
    """Return a sentence in parts, its number and the noun after it strong; whole where it states no number."""
    before, found, after = sentence.partition(number(total)) if total else (sentence, "", "")
    if not found:
        return [sentence]
    noun = NOUN.match(after)
    end = noun.end() if noun else 0
    return [before, html.Strong(found + after[:end]), after[end:]]


def sentence_class(sentence: str) -> str:
    """Return the class of the sentence: a long one is smaller."""
    return "sentence is-long" if is_long(sentence) else "sentence"


def is_long(sentence: str) -> bool:
    """Return whether a sentence is set smaller."""
    return len(sentence) > LONG


def short_notes(parts: Mapping[str, int | None], length: str = "short") -> str:
    """Return what the map and the series cannot show of the sentence's number (RULES C5); blank where nothing is.

    ``length`` is short, or shorter where there is little room.
    """
    return " · ".join(_notes(parts, length))


def _notes(parts: Mapping[str, int | None], length: str) -> list[str]:
    return [
        say(f"page.{length}_notes.{name}", people=parts[name])
        for name in ("not_located", "wider_area", "not_dated")
        if parts.get(name)
    ]


def short_notes_words(parts: Mapping[str, int | None]) -> list[html.Span]:
    """Return the note in parts in its two lengths, of which widths.css shows one; nothing where nothing is to say."""
    if not short_notes(parts):
        return []
    return [
        html.Span(_apart(_notes(parts, "short")), className="long"),
        html.Span(_apart(_notes(parts, "shorter")), className="short"),
    ]


def _apart(notes: list[str]) -> list[Any]:
    """Return notes each in a span of its own, so that one which finds no room is left out whole, not cut."""
    found: list[Any] = []
    for note in notes[:-1]:
        found += [html.Span(f"{note} ·"), " "]
    return [*found, html.Span(notes[-1])]


def chosen_words(names: Mapping[str, str], chosen: tuple[str, ...]) -> str:
    """Return what a list has chosen: All, the one name, or how many."""
    if not chosen:
        return say("page.filters.all")
    return names.get(chosen[0], chosen[0]) if len(chosen) == 1 else say("page.filters.chosen", count=len(chosen))


def route_words(names: Mapping[str, str], chosen: tuple[str, ...], routes: int) -> str:
    """Return what the chip of the routes says: how many there are, where none is chosen."""
    return chosen_words(names, chosen) if chosen else say("page.filters.all_of", count=routes)


def place_words(selection: Selection, names: Mapping[str, Mapping[str, str]]) -> str:
    """Return what the chip of the place says: regions and countries."""
    known = {**names["region"], **names["country"]}
    chosen = (*selection.regions, *selection.countries)
    return chosen_words(known, chosen) if chosen else say("page.filters.worldwide")


def dates_words(selection: Selection, coverage: tuple[date | None, date | None]) -> str:
    """Return what the chip of the dates says: the months that are meant, or the days where they are no whole months."""
    first, last = selection.start or coverage[0], selection.end or coverage[1]
    if first is None or last is None:
        return ""
    is_whole = (selection.start is None or first.day == 1) and (selection.end is None or (last + ONE_DAY).day == 1)
    if first == last:
        return _day_words(first)
    if not is_whole and (first.year, first.month) == (last.year, last.month):
        return say("page.filters.days_of_a_month", first=first.day, last=last.day, month=_month(last), year=last.year)
    name = _month_words if is_whole else _day_words
    ends = name(first), name(last)
    return ends[0] if ends[0] == ends[1] else say("page.filters.span", first=ends[0], last=ends[1])


def _month(day: date) -> str:
    return say(f"page.short_month.{day.month}")


def _month_words(day: date) -> str:
    return say("page.filters.month", month=_month(day), year=day.year)


def _day_words(day: date) -> str:
    return say("page.filters.day", day=day.day, month=_month(day), year=day.year)


def more_words(selection: Selection) -> str:
    """Return how many of the rarer filters are set; blank for none."""
    count = (
        len(selection.causes)
        + len(selection.origins)
        + sum(one is not None for one in (selection.min_quality, selection.source, selection.resolution_chosen))
    )
    return say("page.filters.chosen", count=count) if count else ""
