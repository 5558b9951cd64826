"""Motives are shares with the base of their country, in words; a code that is not known stays as it is."""

from datetime import date
from pathlib import Path

import pytest

from data.pillars.models import Asked
from data.pillars.motives import motive_words
from data.pillars.views import VIEWS, view_of
from data.store.ingest import ingest
from data.store.store import Store


@pytest.mark.parametrize(
    ("code", "words"),
    [("econ-1", "Economic"), ("econ-clim-2", "Economic and climate or environment"), ("love-1", "love-1"),
     ("(categories under 10, joined)", "Motives of fewer than 10 people each, joined")],
)  # fmt: skip
def test_a_code_of_motives_in_words(code: str, words: str) -> None:
    assert motive_words(code) == words


def test_each_share_is_of_those_who_answered_in_its_country(tmp_path: Path) -> None:
    path = tmp_path / "motives.csv"
    path.write_text('country,motive_category,n,base\nGT,econ-1,80,100\nGT,"(categories under 10, joined)",20,100\n'
                    "HND,econ-1,30,40\nHND,reun-1,<10,40\n", encoding="utf-8")  # fmt: skip
    store = Store(tmp_path / "store")
    ingest([path], store)
    view = view_of(store.current(), VIEWS["motives"], Asked("central-america-to-us"))
    assert [(row.part, row.value, row.denominator, row.status) for row in view.rows] == [
        ("GTM/econ-1", 0.8, 100, "published"), ("GTM/joined", 0.2, 100, "published"),
        ("HND/econ-1", 0.75, 40, "published"), ("HND/reun-1", None, 40, "below_threshold"),
    ]  # fmt: skip
    assert view.words == (
        "Motives that households state from April to May 2021: Guatemala, 80% economic (of 100); Honduras, 75% economic "
        "(of 40)."
    )
    other = view_of(store.current(), VIEWS["motives"], Asked("darien", date(2021, 1, 1), date(2021, 12, 31)))
    assert (other.is_computable, other.rows) == (False, ())
