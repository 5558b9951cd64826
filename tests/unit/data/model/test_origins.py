"""The names in a published text of origins, each with an id; a record of several is one record of each (RULES Q5)."""

from typing import Final

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.origins import NOT_STATED, is_of_origin, origin_names, origins_in
from data.model.spellings import id_by_spelling

READ = [
    ("Afghanistan", {"afghanistan": "Afghanistan"}),
    ("Afghanistan,Pakistan", {"afghanistan": "Afghanistan", "pakistan": "Pakistan"}),
    ("Somalia, Eritrea, ", {"somalia": "Somalia", "eritrea": "Eritrea"}),
    ("Latin America / Caribbean (P)", {"latin-america-caribbean": "Latin America / Caribbean"}),
    ("Western Africa,Western Africa (P)", {"western-africa": "Western Africa"}),
    ("C&ocirc;te d&#039;Ivoire,Unknown", {"cote-d-ivoire": "Côte d'Ivoire", "unknown": "Unknown"}),
    ("Mali,China, Hong Kong SAR,Nepal", {"mali": "Mali", "china-hong-kong-sar": "China, Hong Kong SAR", "nepal": "Nepal"}),
    ("China, Mongolia", {"china": "China", "mongolia": "Mongolia"}),
    *((blank, {NOT_STATED: NOT_STATED}) for blank in ("", " ", "-", "(P)", ",")),
]  # fmt: skip
NAMES: Final = ("Mali", "Sudan", "South Sudan", "Guinea", "Guinea-Bissau", "Unknown")
TEXTS: Final = st.one_of(st.none(), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map(",".join))


@pytest.mark.rule("Q5")
@pytest.mark.parametrize(("text", "names"), READ)
def test_each_name_between_commas_is_an_origin_and_presumed_ones_are_too(text: str, names: dict[str, str]) -> None:
    assert dict(origins_in(text)) == names


@pytest.mark.rule("Q5")
@given(st.lists(TEXTS, max_size=30), st.sets(st.sampled_from(NAMES)))
def test_a_record_of_several_chosen_origins_counts_once(texts: list[str | None], chosen: set[str]) -> None:
    rows = pl.DataFrame({"origin": texts}, schema={"origin": pl.String})
    ids = [name.lower().replace(" ", "-") for name in chosen]
    found = rows.filter(is_of_origin(pl.col("origin"), ids)).height
    assert found == sum(not chosen.isdisjoint((text or "").split(",")) for text in texts)
    each = [rows.filter(is_of_origin(pl.col("origin"), [one])).height for one in ids]
    assert max(each, default=0) <= found <= sum(each)
    stated = rows.filter(~is_of_origin(pl.col("origin"), [NOT_STATED])).height
    assert stated == rows["origin"].count()


def test_an_origin_is_called_as_most_records_write_it() -> None:
    assert origin_names({"unknown": 2, "Unknown": 5, "Mali,unknown": 1, None: 4}) == {
        "mali": "Mali", "not-stated": "not-stated", "unknown": "Unknown"
    }  # fmt: skip


def test_a_text_means_one_origin_or_none() -> None:
    assert id_by_spelling("origin", "sudan (p)") == "sudan"
    assert id_by_spelling("origin", "Mali,Sudan") is None
    assert id_by_spelling("origin", " ") is None
