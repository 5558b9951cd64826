"""The settings of the environment: one reader, bounds, and a sentence for what cannot be meant."""

import ast
from pathlib import Path

import pytest

from data.model.errors import SettingError
from data.model.settings import (
    Settings,
    debug_switches,
    read_settings,
    settings_with,
    stated_secrets,
    unknown_settings,
)

ROOT = Path(__file__).parents[4]


def test_without_an_environment_all_is_as_by_default() -> None:
    assert read_settings({}) == Settings()
    assert read_settings(dict.fromkeys(("CROSSINGS_STORE", "CROSSINGS_PORT", "CROSSINGS_HOST"), "")) == Settings()


def test_each_setting_is_read() -> None:
    stated = {
        "CROSSINGS_STORE": "a/b", "CROSSINGS_HOST": "::1", "CROSSINGS_PORT": " 0 ", "CROSSINGS_WORKERS": "3",
        "CROSSINGS_HOSTS": "a.example", "CROSSINGS_ADDRESS": "https://a.example", "CROSSINGS_CACHE_BYTES": "50000000",
        "CROSSINGS_MODE": "public", "CROSSINGS_METRICS": "off", "CROSSINGS_LOG": "error",
        "CROSSINGS_METRICS_FOLDER": str(ROOT),
    }  # fmt: skip
    assert read_settings(stated) == Settings(
        Path("a/b"), "::1", 0, 3, hosts="a.example", address="https://a.example", cache_bytes=50_000_000,
        mode="public", metrics="off", metrics_folder=ROOT, log="error",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "65536"), ("PORT", "-1"), ("PORT", "8050.0"), ("WORKERS", "0"), ("WORKERS", "٣"),
     ("CACHE_BYTES", "96MB"), ("CACHE_BYTES", "9" * 5000)],
)  # fmt: skip
def test_what_is_no_number_is_refused_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=rf"CROSSINGS_{name} is a whole number from \d+ to \d+; found"):
        read_settings({f"CROSSINGS_{name}": value})


FILE = ROOT / "README.md"
BAD = {
    "STORE": (str(FILE), f"{FILE}/store", "a\0b"),
    "HOST": ("http://localhost", "local host", "127.0.0.1:80", "1.2.3", "-a", "a..b", "fe80::1%eth0", "x" * 300, "ü"),
    "PORT": ("abc", "65536", "-1", "80 80", "8050.0", "0x50", "٣", "1e3"),
    "WORKERS": ("0", "65", "two", "1.5", "-2"),
    "HOSTS": ("https://a.example", "a.example:443", "a example", "*", "a,,b", ",", "a.example/x", "[::1", "user@a"),
    "ADDRESS": (
        "javascript:alert(1)", "ftp://a.example", "//a.example", "https://", "https://a.example/path", "https://a.example?x",
        "https://a.example#x", "https://me:pw@a.example", "https://a example", "https://a.example:0", "https://a.example:99999",
        "https://a.example\\@b", "http://1.2.3", "https://[::g]", "a.example", "https://a.example\nhttps://b", "HTTPS://A.example",
    ),
    "CACHE_BYTES": ("96MB", "999999", "9" * 5000),
    "MODE": ("Public", "prod", "public,local"),
    "METRICS": ("on", "yes", "short-token", "ü" * 40, "x " * 20),
    "METRICS_FOLDER": (str(FILE), "/nowhere/at/all", "a\0b"),
    "LOG": ("verbose", "INFO", "0"),
    "MAKERS": ("0", "65", "two", "1.5"),
    "CONNECTIONS": ("9", "many", "-1"),
    "CONNECTIONS_EACH": ("0", "256 of one", "1e3"),
    "PROXIES": ("localhost", "10.0.0.0/33", "10.0.0.1,,nobody", "::g"),
    "LIMITS": ("api", "api=1/0", "pictures=1/1", "api=-1/2", "on"),
    "RUN": (str(FILE), "a\0b"),
    "RESTRICTED_STORE": (str(FILE), "a\0b"),
    "ACCOUNTS": (str(FILE), "a\0b"),
    "SECRET_FILE": ("/nowhere/at/all", str(FILE.parent), "a\0b"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_a_setting_that_cannot_be_meant_is_refused_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({f"CROSSINGS_{name}": value})
    sentence = str(refused.value)
    assert sentence.startswith(f"CROSSINGS_{name} is ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 260


def test_every_setting_has_values_that_are_refused() -> None:
    assert {*BAD, "OIDC"} == {name.upper() for name in Settings.__dataclass_fields__}  # it has settings of its own


def test_a_token_is_never_repeated() -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({"CROSSINGS_METRICS": "hunter2 hunter2"})
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("ADDRESS", "https://a.example/", "https://a.example"), ("ADDRESS", "http://[::1]:8050", "http://[::1]:8050"),
        ("ADDRESS", "http://127.0.0.1:8050", "http://127.0.0.1:8050"), ("HOSTS", " a.example , [::1],10.0.0.1", "a.example,[::1],10.0.0.1"),
        ("HOSTS", ".example.org", ".example.org"), ("HOST", "10.0.0.1", "10.0.0.1"), ("HOST", "::1", "::1"), ("METRICS", "a1" * 16, "a1" * 16),
    ],
)  # fmt: skip
def test_what_can_be_meant_is_taken(name: str, value: str, found: str) -> None:
    assert getattr(read_settings({f"CROSSINGS_{name}": value}), name.lower()) == found


@pytest.mark.parametrize(
    ("mode", "stated", "metrics", "log"),
    [("local", "", "loopback", "warning"), ("public", "", "off", "info"), ("public", "x" * 32, "x" * 32, "info")],
)
def test_what_is_told_depends_on_who_may_ask(mode: str, stated: str, metrics: str, log: str) -> None:
    found = read_settings({"CROSSINGS_MODE": mode, "CROSSINGS_METRICS": stated})
    assert (found.metrics_for, found.log_level, found.is_public) == (metrics, log, mode == "public")


def test_a_command_line_takes_the_place_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CROSSINGS_STORE", str(FILE))
    assert settings_with(store=tmp_path).store == tmp_path
    with pytest.raises(SettingError, match="CROSSINGS_STORE is"):
        settings_with(store=None)


def test_misspelt_settings_switches_and_secrets_are_found_by_name() -> None:
    given = {"CROSSINGS_WORKER": "4", "CROSSINGS_PORT": "1", "CROSSINGS_REAL_DATA": "x", "FLASK_DEBUG": "1", "DASH_DEBUG": "false",
             "CROSSINGS_SESSION_SECRET": "s", "CROSSINGS_METRICS": "t" * 40}  # fmt: skip
    assert unknown_settings(given) == ["CROSSINGS_SESSION_SECRET", "CROSSINGS_WORKER"]
    assert debug_switches(given) == ["FLASK_DEBUG"]
    assert stated_secrets(given) == {"CROSSINGS_SESSION_SECRET": "s", "CROSSINGS_METRICS": "t" * 40}


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
