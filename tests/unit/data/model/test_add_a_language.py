"""The page that says how a language is added: its own example is tried."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.model import notices

NARROW = "\u202f"  # between groups of digits in French
PAGE = Path(__file__).parents[4] / "docs" / "how-to" / "add-a-language.md"


@pytest.fixture
def with_the_page_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Do what the page says, beside the project's own messages; return the page."""
    page = PAGE.read_text(encoding="utf-8")
    messages = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    row = re.search(r"LOCALES = (\{.*\})", page)
    assert messages
    assert row
    (tmp_path / "en").symlink_to(notices.FOLDER / "en")
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "page.toml").write_text(re.sub(r"^   ", "", messages[1], flags=re.MULTILINE), encoding="utf-8")
    monkeypatch.setattr(notices, "FOLDER", tmp_path)
    monkeypatch.setattr(notices, "LOCALES", tomllib.loads(f"locales = {row[1].replace(': ', '= ')}")["locales"])
    for cached in (notices.messages, notices._locale, notices._plural_form, notices._group_mark, notices._date):
        cached.cache_clear()
    yield page
    for cached in (notices.messages, notices._locale, notices._plural_form, notices._group_mark, notices._date):
        cached.cache_clear()


def test_the_page_on_languages_can_be_followed(with_the_page_followed: str) -> None:
    with notices.speaking("fr"):
        written = notices.say("page.people", people=1234)
        assert f"prints `{written.replace(NARROW, ' ')}`" in with_the_page_followed
        assert notices.say("page.people", people=1) == "1 personne"
        assert notices.say("page.left_out.no_route", people=3) == "3 sur aucune route nommée"
    assert notices.say("page.people", people=1234) == "1,234 people"


def test_what_a_language_lacks_stays_in_the_first(with_the_page_followed: str) -> None:
    with notices.speaking("fr"):
        assert notices.say("page.words.no_link") == "Source not linked."
