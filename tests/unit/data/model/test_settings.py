"""The settings of the environment: one reader, bounds, and a sentence for what cannot be meant."""

import ast
from pathlib import Path

import pytest

from data.model.errors import SettingError
from data.model.settings import Settings, read_settings

ROOT = Path(__file__).parents[4]


def test_without_an_environment_all_is_as_by_default() -> None:
    assert read_settings({}) == Settings()
    assert read_settings(dict.fromkeys(("CROSSINGS_STORE", "CROSSINGS_PORT", "CROSSINGS_HOST"), "")) == Settings()


def test_each_setting_is_read() -> None:
    stated = {
        "CROSSINGS_STORE": "a/b", "CROSSINGS_HOST": "::1", "CROSSINGS_PORT": " 0 ", "CROSSINGS_WORKERS": "3",
        "CROSSINGS_HOSTS": "a.example", "CROSSINGS_ADDRESS": "https://a.example", "CROSSINGS_CACHE_BYTES": "50000000",
    }  # fmt: skip
    assert read_settings(stated) == Settings(
        Path("a/b"), "::1", 0, 3, hosts="a.example", address="https://a.example", cache_bytes=50_000_000
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "65536"), ("PORT", "-1"), ("PORT", "8050.0"), ("WORKERS", "0"), ("WORKERS", "٣"),
     ("CACHE_BYTES", "96MB"), ("CACHE_BYTES", "9" * 5000)],
)  # fmt: skip
def test_what_is_no_number_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=rf"CROSSINGS_{name} is a whole number from \d+ to \d+; found"):
        read_settings({f"CROSSINGS_{name}": value})


def test_every_setting_is_explained_to_who_runs_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [f"CROSSINGS_{name.upper()}" for name in Settings.__dataclass_fields__]
    assert [name for name in names if name not in readme] == []


def test_nobody_else_reads_the_environment() -> None:
    files = [path for folder in ("data", "geo", "layouts", "callbacks") for path in (ROOT / folder).rglob("*.py")]
    readers = [path.relative_to(ROOT).as_posix() for path in [*files, ROOT / "app.py"] if _reads(path.read_text())]
    assert readers == ["data/model/settings.py"]


def _reads(text: str) -> bool:
    nodes = list(ast.walk(ast.parse(text)))
    is_set = {id(node.value) for node in nodes if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)}
    named = (
        node for node in nodes if isinstance(node, ast.Attribute | ast.Name | ast.alias) and id(node) not in is_set
    )
    return any(ast.unparse(node) in {"os.environ", "os.getenv", "getenv"} for node in named)


def test_a_second_reader_is_found() -> None:
    assert _reads("import os\nx = os.environ['HOME']")
    assert not _reads("import os\nos.environ['OGR_SKIP'] = 'OGR_VRT'")
    assert not _reads("def f(environ): return environ['PATH_INFO']")
