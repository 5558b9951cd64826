"""The drawing of packages is what the code imports, and no arrow goes up."""

from docs.draw_packages import PICTURE, arrows, drawing, upward


def test_no_arrow_goes_up() -> None:
    found = arrows()
    assert len(found) > 100
    assert upward(found) == []


def test_the_drawing_is_as_the_code_imports() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawing(), "run: make map"
