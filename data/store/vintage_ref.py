"""How a vintage is named, and how one is asked for: by its name, or by a day, as it was known then."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final

from msgspec import Meta

from data.model.answers import Answer

NAME: Final = "v[0-9]{6}"  # the pattern of a name; all else that asks for a vintage is a day
_FOLDERS: Final = "v[0-9]*"  # the same for a file system


class Published(Answer, frozen=True, kw_only=True):
    """When a vintage was published, and the last day that its data speaks of; blank where it is not known."""

    vintage: str
    published: Annotated[str, Meta(description="Day: as YYYY-MM-DD; blank: not known.")]
    data_until: Annotated[str, Meta(description="Day: as YYYY-MM-DD; blank: not known.")]


def vintage_name(number: int) -> str:
    """Return the name of a store's vintage of this number."""
    return f"v{number:06d}"


def number_of(name: str) -> int:
    """Return the number in a name."""
    return int(name.removeprefix("v"))


def vintage_folders(store: Path) -> list[Path]:
    """Return the folders of a store's vintages, oldest first."""
    return sorted(path for path in store.glob(_FOLDERS) if path.is_dir())


def next_number(names: Sequence[str]) -> int:
    """Return the number of the vintage that follows those of a store, oldest first."""
    return number_of(names[-1]) + 1 if names else 1


def is_name(asked: str) -> bool:
    """Return whether a vintage is asked for by its name; else it is by a day."""
    return asked.startswith("v")


def as_known_on(day: str, published: Iterable[Published]) -> str | None:
    """Return the name of the one that was the newest on a day, of a store's vintages, oldest first; None: none was."""
    known = [one.vintage for one in published if one.published <= day]
    return known[-1] if known else None


def is_immutable(asked: str, *, today: date) -> bool:
    """Return whether what is asked for can never change: a name, or a day that is over; more may come today."""
    return is_name(asked) or asked < today.isoformat()


def is_other(asked: str, shown: str, published: date | None) -> bool:
    """Return whether what is shown is not what was asked for: of another name, or published after the day."""
    if is_name(asked):
        return asked != shown
    return published is not None and published.isoformat() > asked
