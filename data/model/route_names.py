"""Plain names of routes: one name wherever readers see a route. Publishers' own are read, and told on its card."""

from collections.abc import Mapping
from typing import Final

from data.model.notices import Labels

PLAIN: Final = Labels("page.route_name", (
    "sahara-desert-crossing", "us-mexico-border-crossing", "western-africa-atlantic", "eastern-route-ehoa",
    "northern-route-ehoa", "english-channel", "caribbean-to-us", "central-america-to-us", "drc-to-uganda",
    "bay-of-bengal-andaman-sea", "turkiye-europe-land-route", "albania-greece-circular",
))  # fmt: skip


def plain_name(route: str, published: str) -> str:
    """Return a route's plain name; the published one where that is plain enough."""
    return PLAIN.get(route, published)


def plain_names(published: Mapping[str, str]) -> dict[str, str]:
    """Return the plain name of every route that has a published one."""
    return {route: plain_name(route, name) for route, name in published.items()}
