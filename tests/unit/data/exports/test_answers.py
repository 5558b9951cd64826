"""The answers about risk and hot spots as files: the numbers of the interface, with what every column means."""

import io
import json
import zipfile

import polars as pl
import pytest

from callbacks.api.answers.hotspots import answer_of
from data.exports.answers import FIELDS, FIGURES, export_answer
from data.model.errors import QueryError
from data.model.notices import say
from data.risk.answer import parse_risk, risk_answer
from data.store.store import Store

ROUTE = {"route": ["central-mediterranean"]}
ASKED = {"risk": ROUTE, "hotspots": {"study_area": ["mediterranean"]}}
PAIRS = [(figure, kind) for figure, kinds in FIGURES.items() for kind in kinds]


def made(store: Store, figure: str, kind: str = "csv", **query: str) -> bytes:
    asked = ASKED[figure] | {key: [value] for key, value in query.items()}
    return export_answer(store.current(), asked, figure=figure, kind=kind)[0]


def rows(content: bytes) -> pl.DataFrame:
    return pl.read_csv(content, infer_schema_length=None)


def test_a_row_of_risk_is_what_the_interface_answers_for_that_window(demonstration_store: Store) -> None:
    table = rows(made(demonstration_store, "risk"))
    found = table.filter(pl.col("from") == "2018-01-01").to_dicts()
    vintage = demonstration_store.current()
    query = ROUTE | {"from": ["2018-01-01"], "to": ["2018-12-31"]}
    answer = risk_answer(vintage, parse_risk(query, vintage))
    assert [row["variant"] for row in found] == ["rho", "rho_arr", "kappa"]
    for row, one in zip(found, answer.variants, strict=True):
        assert (row["value"], row["one_in"], row["low"], row["high"]) == tuple(
            pytest.approx(getattr(one, name)) for name in ("value", "one_in", "low", "high")
        )
        assert [row[name] for name in ("deaths", "arrivals", "interceptions", "attempts")] == [
            getattr(answer, name) for name in ("deaths", "arrivals", "interceptions", "attempts")
        ]


def test_what_is_not_computable_has_its_reason_and_no_number(demonstration_store: Store) -> None:
    table = rows(made(demonstration_store, "risk"))
    without = table.filter(pl.col("value").is_null())
    assert without.height
    assert without["not_computable"].is_not_null().all()
    assert without.select("one_in", "low", "high").null_count().sum_horizontal()[0] == 3 * without.height


def test_the_steps_and_the_window_are_those_asked_for(demonstration_store: Store) -> None:
    table = rows(made(demonstration_store, "risk", step="half-year", **{"from": "2018-01-01", "to": "2018-12-31"}))
    assert table["from"].unique().sort().to_list() == ["2018-01-01", "2018-07-01"]


def test_the_cells_are_those_of_the_interface_with_their_stability(demonstration_store: Store) -> None:
    table = rows(made(demonstration_store, "hotspots", emerging="yes"))
    answer = answer_of(demonstration_store.current(), {"study_area": ["mediterranean"], "emerging": ["yes"]})
    for name in ("cell", "place", "class", "incidents", "dead_or_missing", "rank", "emerging"):
        assert table[name].to_list() == [getattr(one, FIELDS.get(name, name)) for one in answer.cells]
    for name in ("z", "p", "q", "stability"):
        assert table[name].to_list() == pytest.approx([getattr(one, name) for one in answer.cells])
    assert "emerging" not in rows(made(demonstration_store, "hotspots")).columns


@pytest.mark.parametrize("figure", list(FIGURES))
def test_beside_a_csv_lies_what_every_column_means(demonstration_store: Store, figure: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(demonstration_store, figure, "zip"))) as archive:
        words = archive.read(f"{figure}.md").decode()
        table = rows(archive.read(f"{figure}.csv"))
    assert all(f"| `{name}` |" in words for name in table.columns)
    assert say("statement.demonstration") in words
    assert (say("statement.at_least") if figure == "risk" else say("statement.boundaries")) in words
    assert table["is_demonstration"].all()


@pytest.mark.parametrize(("figure", "kind"), PAIRS)
def test_every_format_gives_the_same_bytes_twice(demonstration_store: Store, figure: str, kind: str) -> None:
    assert made(demonstration_store, figure, kind) == made(demonstration_store, figure, kind)


def test_every_cell_of_the_geojson_has_a_polygon(demonstration_store: Store) -> None:
    found = json.loads(made(demonstration_store, "hotspots", "geojson"))["features"]
    assert found
    assert {one["geometry"]["type"] for one in found} == {"Polygon"}


@pytest.mark.parametrize(
    ("figure", "kind", "query"),
    [
        ("cells", "csv", {}), ("risk", "geojson", {}), ("risk", "csv", {"step": ["day"]}), ("risk", "csv", {"x": ["1"]}),
        ("risk", "csv", {"route": ["x"]}), ("risk", "csv", {"route": ["darien", "central-mediterranean"]}),
        ("risk", "csv", {"from": ["2018-02-01"], "to": ["2018-03-01"]}), ("hotspots", "csv", {"study_area": ["x"]}),
        ("hotspots", "exe", {}), ("hotspots", "csv", {"step": ["year"], "emerging": ["maybe"]}),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(
    demonstration_store: Store, figure: str, kind: str, query: dict[str, list[str]]
) -> None:
    with pytest.raises(QueryError):
        export_answer(demonstration_store.current(), ASKED.get(figure, {}) | query, figure=figure, kind=kind)


def words_of(store: Store, figure: str, **query: str) -> str:
    with zipfile.ZipFile(io.BytesIO(made(store, figure, "zip", **query))) as archive:
        return archive.read(f"{figure}.md").decode()


def test_the_address_of_a_file_opens_the_page_at_what_the_file_holds(demonstration_store: Store) -> None:
    window = {"from": "2017-01-01", "to": "2018-12-31"}
    risk = words_of(demonstration_store, "risk", step="half-year", **window)
    assert "/?v=2&from=2017-01-01&to=2018-12-31&ask=risk&ask.route=central-mediterranean&ask.step=half-year" in risk
    hot = words_of(demonstration_store, "hotspots", resolution="4", emerging="yes", measure="log_deaths", **window)
    asked = "ask=hotspots&ask.study_area=mediterranean&ask.counted=log_deaths&ask.size=4&ask.patterns=yes"
    assert f"/?v=2&from=2017-01-01&to=2018-12-31&{asked}" in hot


def test_a_file_of_patterns_says_over_which_months_they_are(demonstration_store: Store) -> None:
    words = words_of(demonstration_store, "hotspots", emerging="yes", **{"from": "2017-01-15"})
    assert "Left out, as only a part is covered: 2017-01" in words
    assert "In no known month: " in words
    assert "Patterns are over" not in words_of(demonstration_store, "hotspots")
