"""One route's periods as a small picture, on the scale that all routes share, the two windows marked beneath."""

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import Final
from urllib.parse import quote

from data.counting.windows import Window
from layouts.figures import theme

WIDTH, HEIGHT, FOOT = 240, 64, 7
COLOURS: Final = (theme.MISSING, theme.DEAD)  # of the windows
HATCH: Final = (
    f'<pattern id="n" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 4L4 0" '
    f'stroke="{theme.HAIRLINE}"/></pattern>'
)


def small_series(
    periods: Sequence[date], values: Sequence[float | None], *, scale: float | None, windows: Sequence[Window],
    label: str, fill: str = theme.TOLL[4], marks: Sequence[date] = (),
) -> str:  # fmt: skip
    """Return an SVG: a bar per period, hatched without a figure; beneath: lines of up to two windows, marks of days."""
    step = WIDTH / max(len(periods), 1)
    top = scale or 1
    bars, gaps = "", ""
    for place, value in enumerate(values):
        x = place * step
        if value is None:
            gaps += f"M{x:.1f} 0h{step:.1f}v{HEIGHT}h-{step:.1f}z"
        elif value > 0:
            height = max(value / top * HEIGHT, 0.8)
            bars += f"M{x:.1f} {HEIGHT}h{step * 0.86:.1f}v-{height:.1f}h-{step * 0.86:.1f}z"
    feet = "".join(_foot(window, periods, step, color) for window, color in zip(windows, COLOURS[:len(windows)],
                                                                                  strict=True))  # fmt: skip
    feet += _marks(marks, periods, step)
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT + FOOT}" width="{WIDTH}" height="{HEIGHT + FOOT}" role="img" '
        f'aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">{HATCH}'
        f'{f"""<path d="{gaps}" fill="url(#n)"/>""" if gaps else ""}<path d="{bars}" fill="{fill}"/>'
        f'<path d="M0 {HEIGHT}h{WIDTH}" stroke="{theme.MUTED}" stroke-width="0.7"/>{feet}</svg>'
    )


def _marks(days: Sequence[date], periods: Sequence[date], step: float) -> str:
    """Return a triangle beneath each day that lies in the periods, which are as long as the first is."""
    if len(periods) < 2:
        return ""
    long = (periods[1] - periods[0]).days
    places = ((day - periods[0]).days / long * step for day in days)
    told = "".join(f"M{x:.1f} {HEIGHT + 1}l3 {FOOT - 2}h-6z" for x in places if 0 <= x <= len(periods) * step)
    return f'<path d="{told}" fill="{COLOURS[0]}"/>' if told else ""


def as_address(picture: str) -> str:
    """Return a picture as an address that an image can show, shorter than base64 once it is packed."""
    return f"data:image/svg+xml,{quote(picture, safe=' =:/;,.()-')}"


def _foot(window: Window, periods: Sequence[date], step: float, color: str) -> str:
    """Return the line under the periods that begin in a window, or hold its first day."""
    held = [place for place, first in enumerate(periods) if first <= window.last and
            (place + 1 == len(periods) or periods[place + 1] > window.first)]  # fmt: skip
    if not held:
        return ""
    x, width = held[0] * step, (held[-1] - held[0] + 1) * step
    return f'<path d="M{x + 1:.1f} {HEIGHT + 4.5}h{max(width - 2, 1):.1f}" stroke="{color}" stroke-width="3"/>'
