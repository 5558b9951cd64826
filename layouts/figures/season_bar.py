"""The bar of a month inside a sector: its range over past years, their median, last year and this year, as one SVG."""

from typing import Final

from data.sectors.season_model import Season
from layouts.figures import theme

WIDE: Final = 320
LEFT: Final = 6


def season_bar(season: Season) -> str:
    """Return the SVG, as wide as the most people of any year; empty where no past year is covered or nobody is known.

    The words beside it say the same, so that it is hidden from readers of
    words. Every coordinate is a number that is made here, so nothing of it needs escaping.
    """
    spread, this, last = season.people, season.this_year, season.last_year
    if spread is None or not spread.max:
        return ""
    most = max(spread.max, this.people if this else 0, 1)
    fewest, median, highest = (_at(value, most) for value in (spread.min, spread.median, spread.max))
    parts = [
        f'<line x1="{LEFT}" x2="{LEFT + WIDE}" y1="14" y2="14" stroke="{theme.HAIRLINE}"/>',
        f'<rect x="{fewest:.1f}" width="{max(highest - fewest, 1):.1f}" y="8" height="12" fill="{theme.TOLL[1]}"/>',
        f'<line x1="{median:.1f}" x2="{median:.1f}" y1="5" y2="23" stroke="{theme.TOLL[4]}" stroke-width="2.5"/>',
    ]
    if last:
        parts.append(f'<circle cx="{_at(last.people, most):.1f}" cy="14" r="4" fill="{theme.PAPER}" '
                     f'stroke="{theme.INK}" stroke-width="1.6"/>')  # fmt: skip
    if this:
        parts.append(f'<path d="M{_at(this.people, most):.1f} 14m-5 0l5 -5l5 5l-5 5z" fill="{theme.INK}"/>')
    return (
        f'<svg class="range" viewBox="0 0 332 28" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">'
        f"{''.join(parts)}</svg>"
    )


def _at(people: float, most: int) -> float:
    return LEFT + WIDE * max(people, 0) / most
