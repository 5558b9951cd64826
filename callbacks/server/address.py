"""Where a view can be opened again: only the environment says where we are, never a request."""

from data.model.settings import read_settings
from data.query.address import versioned


def own_address() -> str:
    """Return the address that ``CROSSINGS_ADDRESS`` states, without a closing slash; blank where none is stated."""
    return read_settings().address


def view_address(query: str) -> str:
    """Return the address that opens a view again, absolute only where the environment says where we are."""
    return f"{own_address()}/?{versioned(query)}" if query else f"{own_address()}/"
