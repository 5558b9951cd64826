"""Where a view can be opened again: the environment says where we are, else the reader's own request does.

What is compared or redirected to (links of a log-in, previews of shared links) goes by the environment alone. What is
printed for the reader who asks may name the host at which it was asked, if that is a plain host: every answer that is
kept has the host in its key (``response_cache.READ_HEADERS``, ``Drawing``), so nobody is told another's.
"""

from flask import has_request_context, request

from data.model.settings import plain_address, read_settings
from data.query.address import versioned


def own_address() -> str:
    """Return the address that ``CROSSINGS_ADDRESS`` states, without a closing slash; blank where none is stated."""
    return read_settings().address


def reader_address() -> str:
    """Return the address to print: the stated one, else scheme and host of the request; blank where none is known."""
    stated = own_address()
    if stated or not has_request_context():
        return stated
    asked = request.environ
    return plain_address(f"{asked.get('wsgi.url_scheme', 'http')}://{asked.get('HTTP_HOST', '')}")


def view_address(query: str) -> str:
    """Return what a link to a view leads to, absolute only where the environment says where we are."""
    return f"{own_address()}/?{versioned(query)}" if query else f"{own_address()}/"


def printed_address(query: str) -> str:
    """Return the address that opens a view again, to be printed; blank where nobody knows where we are."""
    site = reader_address()
    return f"{site}/{'?' if query else ''}{versioned(query) if query else ''}" if site else ""
