"""Writes docs/pillars.md: every activity of the four pillars with its views or its gap (``make map``)."""

from pathlib import Path
from typing import Final

from data.model.notices import say
from data.pillars.activities import ELSEWHERE, Activity, activities
from data.pillars.views import PILLARS, VIEWS

PAGE: Final = Path(__file__).parent / "pillars.md"
HEAD: Final = """# The four pillars, activity by activity

Made from `data/files/pillars.csv`, `data/pillars/views.py` and their messages by `python -m docs.list_pillars`.

What IOM's *Comprehensive approach to counter migrant smuggling* names as work to be done, in our words, and what of it
the program shows: a view, another of its pages, or a gap with what would fill it. "No open data": none was found.
"Files exist, not shown here": a publisher has them, and no view is made of them. A test reads this page and fails
where an activity has neither a view nor a page nor a gap.
"""


def page() -> str:
    """Return the document."""
    parts = [HEAD]
    for pillar in PILLARS:
        name = say(f"pillars.name.{pillar}")
        parts += [
            f"## {pillar} {name}",
            "",
            "| activity | shown by | gap | would be filled by |",
            "| --- | --- | --- | --- |",
        ]
        parts += [_row(one) for one in activities() if one.pillar == pillar]
        parts.append("")
    return "\n".join(parts)


def _row(one: Activity) -> str:
    shown = [f"{VIEWS[view].say('question')} `/pillars/{VIEWS[view].pillar}#{view}`" for view in one.views]
    shown += [f"{say(f'pillars.place.{place}')} `{ELSEWHERE[place]}`" for place in one.elsewhere]
    gap = f"{one.kind}: {one.missing}" if one.gap else ""
    return f"| {one.name} | {', '.join(shown)} | {gap} | {one.filled_by or ''} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
