"""What a file that no layout fits looks like, which layouts are nearest, and how to go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from data.model.errors import shown
from data.readers import missing_migrants
from data.readers.any_layout import Layout
from data.readers.incident_fields import fields_of
from data.readers.incident_layout import plain
from data.readers.text_table import is_without_heading

SHOWN: Final = 12
NEAREST: Final = 3
FEWEST: Final = 2  # headings in common; one alone ("year", "n") says nothing
OWN: Final = (
    "Or copy the rows into this project's own layout: `python -m data template counts` writes a file of its header."
)


@dataclass(frozen=True)
class _Near:
    """A layout, which of its headings a file has, and which it lacks."""

    id: str
    fits: tuple[str, ...]
    lacks: tuple[str, ...]

    @property
    def rank(self) -> tuple[float, int]:
        return len(self.fits) / (len(self.fits) + len(self.lacks)), len(self.fits)


def sentence_of_nearest(columns: Sequence[str], layouts: Sequence[Layout]) -> str:
    """Return the sentence for headings that no layout has: what they are, the nearest layouts, and a way to go on."""
    named = [name for name in columns if not is_without_heading(name)]
    told_of = ", ".join(map(shown, named[:SHOWN])) + (", …" if len(named) > SHOWN else "")
    near = sorted((one for one in _near(named, layouts) if len(one.fits) >= FEWEST), key=lambda one: one.rank)[::-1]
    told = [
        f"{one.id} (it has {', '.join(one.fits)}; it lacks {', '.join(one.lacks) or _nothing(one)})"
        for one in near[:NEAREST]
    ]
    nearest = f"The nearest layouts: {'; '.join(told)}." if told else "No known layout has two of them."
    return f"no known layout has these columns: {told_of}. {nearest} {OWN}"


def _nothing(near: _Near) -> str:
    return "an id or coordinates" if near.id == "mmp" else "the spelling that the layout has"


def _near(columns: list[str], layouts: Sequence[Layout]) -> Iterator[_Near]:
    fields = fields_of(columns)
    wanted = missing_migrants.NEEDED
    yield _Near("mmp", tuple(fields[one] for one in wanted if one in fields),
                tuple(one for one in wanted if one not in fields))  # fmt: skip
    have = {plain(name): name for name in reversed(columns)}
    for known in layouts:
        spelt = {name: have[plain(name)] for name in sorted(known.headers) if plain(name) in have}
        fits = (name if name == here else f"'{name}' as '{here}'" for name, here in spelt.items())
        yield _Near(known.id, tuple(fits), tuple(sorted(known.headers - spelt.keys())))
