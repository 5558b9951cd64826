"""Pillar 2, address causes: the regular channels, resettlement, permits and visas."""

from typing import Final

from data.model.indicators.declaration import Indicator, Rate

CHANNELS: Final = (
    Indicator("resettlement_arrivals", 2, "persons", "asylum", "origin"),
    Indicator("resettled_to_europe", 2, "persons", "reporter", "citizenship"),
    Indicator("first_permits", 2, "permits", "reporter", "citizenship"),
    Indicator("valid_permits", 2, "permits", "reporter", "citizenship", is_stock=True),
    Indicator("visas_applied", 2, "visas", "reporter", "applied_at"),
    Indicator("visas_issued", 2, "visas", "reporter", "applied_at"),
    Indicator("visas_refused", 2, "visas", "reporter", "applied_at"),
    Indicator(
        "visas_refused_share", 2, "share", "reporter", "applied_at", is_score=True,
        rate=Rate(above=("visas_refused",), below=("visas_issued", "visas_refused")),
    ),
    Indicator("family_reunion_visas", 2, "visas", "reporter", "citizenship"),
)  # fmt: skip
