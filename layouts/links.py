"""Links to the outside: http and https only, whatever a file says."""

from urllib.parse import urlsplit

from dash import html


def is_web(url: str | None) -> bool:
    """Return whether an address is one that a reader may be sent to."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def outside_link(label: str | None, url: str | None) -> html.A | html.Span:
    """Return a link that gives nothing away to its target; plain text where the address is not one."""
    if not url or not is_web(url):
        return html.Span(label or "")
    return html.A(label, href=url, target="_blank", rel="noopener noreferrer nofollow")
