"""Where a view can be opened again: only the environment says where we are, never a request."""

import re
from typing import Final

from data.model.errors import QueryError
from data.model.notices import say
from data.model.settings import read_settings
from data.query.address import versioned

SETTING: Final = "CROSSINGS_ADDRESS"
PLAIN: Final = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d{1,5})?(/[A-Za-z0-9._~\-]+)*/?")


def own_address() -> str:
    """Return the address that ``CROSSINGS_ADDRESS`` states, without a closing slash; blank where none is stated.

    Raises
    ------
    QueryError
        It is no plain web address, such as ``https://crossings.example``.
    """
    given = read_settings().address
    if given and not PLAIN.fullmatch(given):
        raise QueryError(say("server.own_address", setting=SETTING), parameter=SETTING)
    return given.rstrip("/")


def view_address(query: str) -> str:
    """Return the address that opens a view again, absolute only where the environment says where we are."""
    return f"{own_address()}/?{versioned(query)}" if query else f"{own_address()}/"
