"""People dead or missing by year as bars beside a name: a mask, so that the page's own colour fills it."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

WIDTH, HEIGHT = 78, 20


def bars_style(years: Sequence[int], counts: Mapping[int, int]) -> dict[str, str]:
    """Return the style that masks a bar per year, on the row's own scale; the last year is paler: it is not whole."""
    step = WIDTH / max(len(years), 1)
    top = max(counts.values(), default=0) or 1
    parts = []
    for place, year in enumerate(years):
        height = max(counts.get(year, 0) / top * HEIGHT, 0.7 if counts.get(year) else 0.0)
        if height:
            parts.append((place, f"M{place * step:.1f} {HEIGHT}v-{height:.1f}h{step * 0.84:.1f}v{height:.1f}z"))
    whole = "".join(path for place, path in parts if place + 1 < len(years))
    rest = "".join(path for place, path in parts if place + 1 == len(years))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">'
        f'<path d="{whole}"/><path d="{rest}" opacity=".45"/></svg>'
    )
    return {"--bars": f'url("data:image/svg+xml,{quote(svg, safe=" =:/")}")'}
