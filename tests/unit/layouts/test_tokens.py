"""The tokens stand once in the stylesheet; figures use the same, and both ways to darkness are equal."""

import re
from pathlib import Path

from layouts.figures import theme

STYLES = Path(__file__).parents[3] / "layouts" / "assets"
TOKENS = (STYLES / "tokens.css").read_text(encoding="utf-8")


def tokens_of(selector: str, text: str = TOKENS) -> dict[str, str]:
    block = text.split(f"{selector} {{")[1].split("}", maxsplit=1)[0]
    return dict(re.findall(r"(--[\w-]+): ([^;]+);", block))


def test_figures_have_the_colours_of_the_page() -> None:
    light = tokens_of(":root")
    names = {"paper": theme.PAPER, "ink": theme.INK, "muted": theme.MUTED, "hairline": theme.HAIRLINE, "sea": theme.SEA,
             "dead": theme.DEAD, "missing": theme.MISSING, "detected": theme.INTERCEPTED, "arrived": theme.ARRIVED,
             "focus": theme.FOCUS, "demonstration": theme.DEMONSTRATION}  # fmt: skip
    assert {name: light[f"--{name}"] for name in names} == names


def test_dark_by_the_system_and_dark_by_choice_are_the_same() -> None:
    by_system, by_choice = tokens_of(":root:not([data-theme])"), tokens_of(':root[data-theme="dark"]')
    assert by_system == by_choice
    of_cells = tokens_of(":root", (STYLES / "cells.css").read_text(encoding="utf-8"))
    assert set(by_choice) < set(tokens_of(":root")) | set(of_cells)


def test_every_token_that_a_stylesheet_uses_is_stated() -> None:
    stated = set(re.findall(r"(--[\w-]+):", "".join(path.read_text("utf-8") for path in STYLES.glob("*.css"))))
    used = {(path.name, name) for path in STYLES.glob("*.css") if path.name != "sector.css"
            for name in re.findall(r"var\((--[\w-]+)", path.read_text("utf-8"))}  # fmt: skip
    assert {one for one in used if one[1] not in stated | {"--bars"}} == set()
