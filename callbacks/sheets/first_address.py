"""The page's own address of a selection, for the links of the first picture."""

from data.query.address import versioned
from data.query.selection import Selection


def address_of(selection: Selection) -> str:
    """Return the page's own address of a selection, as short as it can be said; the zoom's size is not the reader's."""
    query = selection.replace(resolution_by_zoom=Selection().resolution_by_zoom).to_query()
    return f"/?{versioned(query)}" if query else "/"
