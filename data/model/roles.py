"""Who reads: the public, a partner, a border team, or the operator at the machine; and what each may see (RULES 9).

Who reads is a property of the request's context, set once by the server from the session. A store that is read by tier
gives each role its own view of a vintage; where nobody said who reads, it is the public.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """Who reads, from the one who may see least."""

    PUBLIC = "public"
    PARTNER = "partner"
    BORDER = "border"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Limits:
    """What of a source that is not public a role may see: a row of the table of RULES 9.

    ``finest``: H3 resolution of its places. ``days``, ``days_at_sea``: how many whole days pass after an event until
    it is shown. ``smallest_group``: living people; fewer are hidden. ``sees_lines``: route lines as supplied.
    """

    finest: int
    days: int
    days_at_sea: int
    smallest_group: int
    sees_lines: bool = False


LIMITS: Final = {
    Role.PUBLIC: Limits(finest=4, days=7, days_at_sea=30, smallest_group=10),
    Role.PARTNER: Limits(finest=5, days=3, days_at_sea=3, smallest_group=5),
    Role.BORDER: Limits(finest=6, days=0, days_at_sea=0, smallest_group=5, sees_lines=True),
}


@dataclass(frozen=True)
class Reader:
    """Who asks: the role, the id of the account, and the agreement under which a partner reads."""

    role: Role
    account: str = ""
    agreement: str = ""


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


@contextmanager
def reading_as(reader: Reader | None) -> Iterator[None]:
    """Let what is read within the block be read by ``reader``; None: nobody said who reads."""
    token = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(token)


def reader_in_use() -> Reader | None:
    """Return who reads here: part of the key of whatever keeps what was read; None where nobody said."""
    return _reader.get()


def role_in_use() -> Role:
    """Return the role of who reads here, where a store is read by tier: the public where nobody said."""
    reader = _reader.get()
    return Role.PUBLIC if reader is None else reader.role
