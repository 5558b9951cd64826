"""How a sentence begins: a number with its people, or that nothing is recorded or stated (RULES C1, C4)."""

from data.model.units import INCIDENT_MEASURES


def said_head(measure: str, total: int | None, incidents: int | None) -> str:
    """Return the head of a sentence for any total; ``incidents`` that match is None where it is not known."""
    if total is not None and incidents != 0:
        return counted_head(measure, total)
    return INCIDENT_MEASURES[measure].say("silent", incidents=incidents) if incidents else counted_head(measure, 0)


def counted_head(measure: str, count: int) -> str:
    """Return ``At least 2,853 people died or went missing``, ``12 incidents were recorded`` (RULES C4)."""
    return INCIDENT_MEASURES[measure].say("head", count=count)
