"""Origins as publishers name them: the names in a published text, each with an id, stated or presumed (RULES Q5).

A text may name several ("Afghanistan,Pakistan"): its record is then under each of them, and is one record all the same.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

import polars as pl

from data.model.caches import kept_small
from data.model.countries import countries
from data.model.vocabulary import Term, clean, slug

NOT_STATED: Final = "not-stated"  # nothing is written; "Unknown" is a name that publishers write
PRESUMED: Final = re.compile(r"\(\s*p\s*\)", re.IGNORECASE)


@cache
def _with_comma() -> re.Pattern[str]:
    """Return what finds a spelling of a country that holds a comma ("China, Hong Kong SAR"), the longest first."""
    spellings = {one for country in countries().values() for one in (country.name, *country.synonyms) if "," in one}
    longest_first = sorted(spellings, key=lambda one: (-len(one), one))
    return re.compile("|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in longest_first), re.IGNORECASE)


@kept_small(8192, in_words=False)
def origins_in(text: str) -> tuple[Term, ...]:
    """Return the origins that a published text names, each once, in its order; NOT_STATED alone where it names none.

    Names are joined by commas; a country's own name may hold one. "(P)", presumed, is no part of a name.
    """
    plain = _with_comma().sub(lambda found: found[0].replace(",", "\0"), PRESUMED.sub(" ", clean(text)))
    names = [clean(part.replace("\0", ",")) for part in plain.split(",")]
    found = {slug(name): Term(slug(name), name) for name in reversed(names) if re.search(r"\w", name)}
    return tuple(reversed(found.values())) or (Term(NOT_STATED, NOT_STATED),)


def is_of_origin(column: pl.Expr, ids: Collection[str]) -> pl.Expr:
    """Return whether a published text names one of these origins; few texts occur, and each is read once."""

    def names_one(texts: pl.Series) -> pl.Series:
        wanted = [one for one in texts.unique() if any(term.id in ids for term in origins_in(one or ""))]
        return texts.is_in(pl.Series(wanted, dtype=pl.String).implode(), nulls_equal=True)

    return column.map_batches(names_one, return_dtype=pl.Boolean, is_elementwise=True)


def origin_names(records: Mapping[str | None, int]) -> dict[str, str]:
    """Return the name of each origin by its id, as most records write it; ``records`` is their number by text."""
    written: dict[str, Counter[str]] = {}
    for text, number in records.items():
        for term in origins_in(text or ""):
            written.setdefault(term.id, Counter())[term.name] += number
    return {one: min(names, key=lambda name: (-names[name], name)) for one, names in sorted(written.items())}
