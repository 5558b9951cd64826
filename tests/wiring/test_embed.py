"""The frame for other pages: one figure with all that must travel, its height told, and no other page may be framed."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from callbacks.build import create_app
from callbacks.sheets.embed import embedded
from callbacks.sheets.picture_data import picture_of
from callbacks.view.view_model import view_model
from data.model.notices import say
from data.query.selection import Selection
from data.store.store import Store
from data.store.vintage import Vintage
from layouts.standalone.embed import Drawing, Embedded, embed_code, embed_page, host_script, problem_page
from tests.harness.documents import HOSTILE, parsed

DOCS = Path(__file__).parents[2] / "docs" / "how-to"


@pytest.mark.parametrize("path", ["/embed", "/embed?figure=series", "/embed?figure=nonsense"])
def test_it_may_be_framed_and_runs_one_file_of_its_own(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "X-Frame-Options" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not {"form", "iframe", "style"} & {tag for tag, _ in parsed(answer.text).tags}
    (script,) = parsed(answer.text).of("script")
    told = client.get(str(script["src"]))
    assert (told.mimetype, told.status_code) == ("text/javascript", 200)
    assert len(told.data) < 600
    assert not {"cookie", "fetch", "localStorage"} & set(re.findall(r"\w+", told.text))


@pytest.mark.parametrize(
    "path", ["/", "/embed.css", "/embed/", "/embedded", "/api/v1/totals", "/api/v1/exports/cells.csv", "/x"]
)
def test_nothing_else_may_be_framed(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("figure", ["map", "series"])
@pytest.mark.parametrize("query", ["", "route=central-mediterranean&from=2017-01-01&to=2017-12-31"])
def test_it_shows_one_figure_with_all_that_must_travel(
    client: FlaskClient, demonstration_store: Store, figure: str, query: str
) -> None:
    vintage, selection = demonstration_store.current(), Selection.from_query(query)
    parts = parsed(client.get(f"/embed?figure={figure}&{query}").text)
    said = picture_of(vintage, selection, figure).words
    canonical = selection.to_query()
    (picture,) = parts.of("img")
    assert all(picture[name] for name in ("width", "height", "alt"))
    asked = [str(one.get("srcset") or one.get("src")) for one in (*parts.of("source"), picture)]
    query = f"&{canonical}" if canonical else ""
    assert asked == [f"/embed.svg?figure={figure}&width={width}{query}" for width in ("narrow", "middle", "wide")]
    for words in (
        said.title,
        said.notes,
        *said.sources[:-1],
        *said.terms,
        say("statement.demonstration"),
        vintage.name,
    ):
        assert parts.words.count(words) >= 1
    assert (
        parts.words.count(view_model(vintage, selection).sentence.removesuffix(".")) == 2
    )  # its title, and that of the page
    assert (say("statement.boundaries") in parts.words) == (figure == "map")
    (link,) = parts.of("a")
    assert link == {"href": f"/?v=2&{canonical}" if canonical else "/", "target": "_blank", "rel": "noopener"}


@pytest.mark.parametrize("figure", ["map", "series"])
def test_its_drawings_have_their_own_width_and_no_words_of_the_page(client: FlaskClient, figure: str) -> None:
    for one in parsed(client.get(f"/embed?figure={figure}").text).of("source"):
        answer = client.get(str(one["srcset"]))
        assert answer.mimetype == "image/svg+xml"
        assert f'width="{one["width"]}"' in answer.text
        drawn = " ".join(re.findall(r"<text[^>]*>([^<]*)<", answer.text))
        assert "At least" not in drawn
        assert "Demonstration data. Invented." in drawn
    assert client.get(f"/embed.svg?figure={figure}&width=huge").status_code == 400


def test_the_sources_are_those_of_the_figure(real: Vintage) -> None:
    without = Selection.from_query("layers=cells")
    (sources,) = embedded(real, without, "map").sources
    assert "IOM, Missing Migrants Project, missingmigrants.iom.int. CC BY 4.0" in sources
    assert "Frontex" not in sources
    assert "Frontex" in embedded(real, without, "series").sources[0]
    assert "route lines" in embedded(real, Selection(), "map").sources[0]
    assert embedded(real, without, "map").demonstration == ""


def test_no_text_leaves_its_place() -> None:
    drawn = (Drawing(HOSTILE, 1, 1, 1), Drawing(HOSTILE, 1, 1, 0))
    one = Embedded(HOSTILE, HOSTILE, drawn, HOSTILE, (HOSTILE,), HOSTILE, (HOSTILE,), HOSTILE, HOSTILE, HOSTILE)
    for page in (embed_page(one), problem_page(400, HOSTILE)):
        parts = parsed(page)
        assert len(parts.of("script")) == 1
        assert len(parts.of("img")) <= 1
        assert all("onerror" not in attributes for _, attributes in parts.tags)
        assert HOSTILE in parts.words


@pytest.mark.parametrize(
    "query", ["figure=cells", "figure=map&figure=series", "route=nowhere", "nonsense=1", "resolution=15", "from=%3Cscript%3E",
              "size=huge", "region=" + "x" * 5000]
)  # fmt: skip
def test_what_cannot_be_meant_is_400_on_a_page_of_its_own_kind(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/embed?{query}")
    assert answer.status_code == 400
    assert answer.mimetype == "text/html"
    assert len(parsed(answer.text).words) > 40
    assert len(parsed(answer.text).of("script")) == 1


def test_its_stylesheet_is_its_own_and_small(client: FlaskClient) -> None:
    links = parsed(client.get("/embed").text).of("link")
    (sheet,) = [one["href"] for one in links if one["rel"] == "stylesheet"]
    answer = client.get(str(sheet))
    assert answer.mimetype == "text/css"
    assert len(answer.data) < 2_000
    assert str(sheet) not in client.get("/").text


def test_its_code_frames_the_same_view() -> None:
    code = embed_code("from=2017-01-01&route=a", figure="series", address="https://crossings.example")
    (frame,) = parsed(code).of("iframe")
    assert frame["src"] == "https://crossings.example/embed?figure=series&from=2017-01-01&route=a"
    assert frame["title"] == "Crossings: series"
    assert parsed(embed_code("")).of("iframe")[0]["src"] == "/embed?figure=map"
    assert len(parsed(embed_code('"><script>')).of("script")) == 1  # the one that sets the height
    assert host_script().strip() in (DOCS / "embed-a-view.md").read_text(encoding="utf-8")


def test_without_a_store_it_is_503_with_a_sentence(tmp_path: Path) -> None:
    answer = create_app(tmp_path / "nothing").server.test_client().get("/embed")
    assert answer.status_code == 503
    assert "holds no data yet" in parsed(answer.text).words


def test_a_route_that_is_none_is_answered_with_the_nearest_and_no_list(client: FlaskClient) -> None:
    answer = client.get("/embed?route=nothing&figure=map&from=2017-01-01", headers={"Accept": "text/html"})
    assert answer.status_code == 400
    parts = parsed(answer.text)
    said = re.search(r"There is no route 'nothing' in this vintage. The nearest is '([a-z-]+)'.", parts.words)
    assert said
    nearest = next(str(one["href"]) for one in parts.of("a") if str(one["href"]).startswith("/embed"))
    assert f"route={said[1]}" in nearest
    assert "from=2017-01-01" in nearest
    assert client.get(nearest).status_code == 200
    assert len(parts.words) < 300


@pytest.mark.parametrize("query", ["", "?route=nothing"])
def test_its_icon_is_one_that_is_there(client: FlaskClient, query: str) -> None:
    (icon,) = re.findall(r'<link rel="icon" href="([^"]+)"', client.get(f"/embed{query}").text)
    with client.get(icon) as found:
        assert found.mimetype == "image/svg+xml"
