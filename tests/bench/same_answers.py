"""Does a tree answer as before? ``record TREE STORE OUT`` asks it everything, ``compare A B`` tells two answers apart.

OUT gets ``index.json`` and ``bodies``. What is asked of a copy of the store comes from the tables below and from the
tree's own description and callbacks. ``compare`` exits with 1 where an answer differs, or was asked of one tree alone.
"""

import datetime as dt
import gzip
import hashlib
import importlib
import io
import json
import os
import re
import runpy
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from itertools import chain, islice, product, zip_longest
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qsl, unquote

import brotli
from PIL import Image
from pypdf import PdfReader

EXPECTED: Final[dict[str, str]] = {}  # pattern of a request's name: why its answer is meant to differ
NOW: Final = dt.datetime(2027, 6, 15, 12, tzinfo=dt.UTC)  # when every recording is made: some answers speak of today
VOLATILE: Final = {  # what differs between two recordings of one tree, or by where it lies; see ``keep`` as well
    rb'(<(link|script)[^>]*"/assets/[^">]*\?m=[^>]*>(</script>)?\s*)+': rb"<assets>",  # names and versions of files
    rb"\.v\d+_\d+_\d+m\d+\.": rb".installed.",  # times of Dash's own files
    rb'"end_id":"[^"]*"': rb'"end_id":""',  # drawn anew by Dash for every app
}
UNPACK: Final = {"br": brotli.decompress, "gzip": gzip.decompress}

# Tables: rows end with lines or semicolons. - is nothing, @ a row; INCIDENTS, COUNTS and MARK are names of the store's.
AXES: Final = """measure dead_or_missing dead missing incidents events ; source INCIDENTS COUNTS ; step month quarter
flow detections encounters interceptions arrivals transits ; cause drowning violence,accidental ; min_quality 1 5 ; v 1
route central-mediterranean us-mexico-border-crossing english-channel,western-africa-atlantic darien ; to 2016-06-30
region mediterranean north-america,europe caribbean ; country libya mexico,tunisia ; resolution 0 1 2 4 5 6 ; zoomed 5
layers none cells,incidents ; vintage v000001 v000002 ; view -110.4,31.1,4 ; from 2021-01-01 2099-01-01"""
NAMED: Final = """RICH from=2019-01-01&to=2020-06-30&route=central-mediterranean&measure=dead&cell=83384bfffffffff
FEW - @RICH region=mediterranean,north-america&min_quality=3&resolution=2&step=year&flow=encounters&vintage=v000001
VIEWS @FEW @AXES from=2023-02-28&to=2023-03-01 flow=arrivals&step=year&route=eastern-mediterranean&layers=arrivals
    region=northern-africa&country=libya&cause=vehicle&min_quality=2&measure=missing source=COUNTS&measure=dead
BROKEN measure=people flow=boats from=2024-13-01 from=2025-01-01&to=2024-01-01 route= route=atlantis resolution=9 ?
    route=central-mediteranean min_quality=0 v=2 colour=red measure=dead&measure=missing cell=x x=LONG view=0,0,99 from=
    vintage=v999999 vintage=1999-01-01 source=nobody layers=sea from=٢٠٢٤-٠١-٠١ route=<script>alert(1)</script> step=x
    route=%00 from=2024-01-01'%20OR%201=1 measure=%FF%FE route={%metas%} view=nan,1,2 country=Libya from=2023-02-29
SPAN from=2018-01-01&to=2018-12-31 ; TWO first=2018-01-01..2018-12-31&second=2019-01-01..2019-12-31
BY by=year by=quarter by=month by=route by=region by=cause by=country by=ship
SECTORS - area=Italy&since=2024-01-01 place=Lampedusa&radius_km=100 at=12.6,35.5&radius_km=150 area=Atlantis sector=one
    polygon=10,34;14,34;14,38;10,38&incidents_above=5&arrivals_above=10 area=Spain&from=2019-01-01&resolution=4 by=ship
PATHS / /healthz /readyz /_dash-layout /_dash-dependencies /_favicon.ico /nowhere /api/v1/ /api/v1/no.csv /sector /embed
    /api/v1/openapi.json /api/v1/exports/cells.ods /assets/../app.py /assets/sector.css /embed.svg /embed.css
    /basemap/land.json /basemap/borders.json /basemap/places.json /cells/cube /cells/values /cells/words /cells/ring
    /incidents/points /incidents/words /routes/MARK.json /cells/MARK/INCIDENTS/2.bin /cells/MARK/INCIDENTS/5.bin"""
QUERIES: Final = """^/$ @VIEWS @BROKEN ; risk\\. route=us-mexico-border-crossing&step=half-year route=darien
risk$ @SPAN&route=central-mediterranean @SPAN&route=us-mexico-border-crossing @SPAN&route=atlantis @SPAN - route=darien
hotspots region=us-mexico-border&resolution=2&measure=dead_or_missing region=mediterranean&emerging=yes&resolution=2 -
quote text=1%20in%2035 text=2.9%20%25&route=central-mediterranean text=1:50&deaths=100&arrivals=5000 text=0.02 text=
trends @FEW as_of=2024-06-30&measure=events ; corridors @FEW within_km=5 within_km=501 ; sector(/|$) @SECTORS
compare @TWO @TWO&by=cell @TWO&by=month @TWO&by=week @TWO&region=mediterranean @TWO&from=2018-01-01 - first=2018
totals$ @VIEWS @BROKEN @BY @BY&measure=events @BY&measure=arrivals @BY&measure=detections @BY&measure=encounters
v1/(sources|vintages|exports)(\\.|$) - limit=3 limit=2&offset=5 limit=0 vintage=v000001 measure=dead
v1/\\w+$ @VIEWS limit=2&offset=5 limit=many measure=arrivals measure=encounters&resolution=2 ; bin$ - box=5,30,20,40
(map|series)\\.(svg|png) @FEW layers=incidents,arrivals&flow=encounters&view=-110.4,31.1,4 size=square scale=9
embed(.svg)?$ figure=ship figure=map&width=narrow figure=series&width=middle figure=map figure=series&region=caribbean
(values|cube|points|map.txt)$ @VIEWS resolution=6&box=5,30,20,40 box=20,30,5,40 vintage=v999999 colour=red
(words|ring)$ cell=83384bfffffffff cell=82384ffffffffff&resolution=2 cell=8 row=0 row=57&resolution=4 row=99999999 -
brief\\.(png|svg) - page=2 page=3 ; csv$ @FEW dictionary=no limit=5 ; exports/ @FEW size=a4 ; v1/ @FEW limit=5 ; . -"""
OTHERS: Final = """/api/v1/cells?resolution=2 Accept:text/csv Accept:application/geo+json Accept:image/png HEAD: PUT:
/api/v1/totals?by=month Accept-Encoding:br Accept-Encoding:gzip If-None-Match:* Host:evil.example POST:{} ; / OPTIONS:
/cells/values Accept-Encoding:br ; /_dash-update-component POST:x POST:{} POST:{"output":"ship.data"} GET:
/sector/watch-list POST:{"format":"crossings-watch-list","version":1,"sectors":[{"query":"area=Italy"}]} POST:{} GET:"""
FORMS: Final = """year - ; quote text=1%20in%2035 text=2.9%25&route=darien text=many - ; sector @SECTORS ; ship -
risk - route=us-mexico-border-crossing&step=half-year variant=kappa variant=x ; corridors - within_km=20 within_km=x
compare - by=month by=cell&area=mediterranean first=x ; hotspots - area=us-mexico-border&size=2 patterns=yes size=9"""
FILLED: Final = """address.search @RICH @VIEWS @BROKEN null ; selection.data @RICH @VIEWS @BROKEN null ; zoomed.data 3 5
map.clickData null {"points":[{"location":"83384bfffffffff"}]} {"points":[{"lon":12.6,"lat":35.5}]} {"xvals":[190]} "x"
brushed.data null ["2019-03-05","2017-02-01"] ["x",1] ; without-control.data - cell=83384bfffffffff vintage=v000001
measure.value dead_or_missing dead x ; flow.value detections arrivals ; step.value month year ; quality.value - 3 9
start.value - 2019-01-01 2019-01 ; source.value - INCIDENTS COUNTS ; resolution.value - 5 9 ; layer-cells.value ["x"] []
route.value [] ["darien","english-channel"] ; cause.value [] ["drowning"] ["x"] ; drawer-more.n_clicks null 1 3 -1"""
COMMANDS: Final = """alerts --unwatch x ; alerts --watch area=Italy --name two ; alerts --watch area=Atlantis --name x
alerts --watch place=Lampedusa&radius_km=200 --name one --since 2024-01-01 ; alerts --json ; alerts --unwatch two ; sail
alerts --release FIRST --reason Read ; alerts --discard SECOND --reason Not%20here ; alerts ; totals ; dictionary ; risk
totals --route Central%20Mediterranean --min-quality 3 --json --by year ; totals --measure ships ; check ; vintages
risk --route central-mediterranean --from 2018-01-01 --to 2018-12-31 ; risk --deaths 100 --attempts 5000 --json
vintages --forget v000009 ; vintages --json ; totals --store WORK/none ; export --figure cells --format csv --out WORK/a
export --figure incidents --format zip --out WORK/a.zip ; demonstration --folder WORK/files --store WORK/made
ingest WORK/files/demonstration-incidents.csv --store WORK/made ; ingest WORK/none.csv ; check --store WORK/made"""


class Still(type):
    """The kind of a class whose clock stands still; it makes, and knows, what its base does."""

    def __call__(cls, *parts: Any, **named: Any) -> Any:
        return cls.__base__(*parts, **named)

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, cls.__base__)


def stop_clocks(tree: Path) -> None:
    """Let all modules of a tree that are imported by now see NOW."""
    day = Still("date", (dt.date,), {"today": staticmethod(NOW.date)})
    moment = Still("datetime", (dt.datetime,), {"now": staticmethod(NOW.astimezone)})
    for module, still in product(list(sys.modules.values()), (day, moment)):
        file, name = str(getattr(module, "__file__", None)), still.__name__
        if file.startswith(f"{tree}/") and "site-packages" not in file and vars(module).get(name) is still.__base__:
            setattr(module, name, still)


def table(text: str, known: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the words of each row by its first one, with what ``known`` and rows before hold filled in."""
    found: dict[str, list[str]] = {}
    for name, *words in (row.split() for row in re.split(r" ;\s|\n(?=\S)", text)):
        found[name] = []
        for head, more, rest in (word.partition("&") for word in words):
            several = (known | found)[head[1:]] if head.startswith("@") else ["" if head == "-" else head]
            found[name] += [f"{one}{more}{rest}".replace("LONG", "b" * 4100) for one in several]
    return found


LISTS: Final = table(NAMED, {"AXES": [f"{key}={one}" for key, all_ in table(AXES, {}).items() for one in all_]})


def called(dependencies: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (name, body) of the requests to callbacks: each input in turn takes each of its values."""
    known: dict[str, list[Any]] = {**table(FILLED, LISTS)}
    for key, words in known.items():
        known[key] = [json.loads(one) if re.match(r'[\[{"]|-?\d$|null', one) else one for one in words]
    known["table-asks.data"] = [[*ask, 2] for ask in product(LISTS["FEW"], ("cells", "periods", "routes", "incidents"))]
    asks = [[name, dict(parse_qsl(form))] for name, forms in table(FORMS, LISTS).items() for form in forms]
    known["answer-asks.data"] = [[view, *ask] for ask in asks for view in LISTS["FEW"][: 1 if ask[1] else 3]]
    for one in (one for one in dependencies if not one["clientside_function"]):
        parts, output, inputs = [*one["inputs"], *one["state"]], one["output"], len(one["inputs"])
        names = [f"{part['id']}.{part['property']}" for part in parts]
        values = [known.get(name, [None, 1] if name.endswith("clicks") else [None]) for name in names]
        pairs = [name.partition("@")[0].rpartition(".") for name in output.strip(".").split("...")]
        outputs = [{"id": id_, "property": property_} for id_, _, property_ in pairs]
        body = {"output": output, "outputs": outputs if output.startswith("..") else outputs[0]}
        for place, name in enumerate(names):
            for value in values[place]:
                held = [value if at == place else all_[0] if at < inputs else None for at, all_ in enumerate(values)]
                sent = [part | {"value": now} for part, now in zip(parts, held, strict=True)]
                more = {"inputs": sent[:inputs], "state": sent[inputs:], "changedPropIds": [name]}
                yield f"{output[:50]} {name} {json.dumps(value)}", body | more


def asked(client: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every request: its address and what is beside it in one line, and what the test client takes."""
    own = {one["kind"].upper(): one["source"] for one in reversed(client.get("/api/v1/sources").json["sources"])}
    own["MARK"] = re.findall(rb"/cells/([^/]+)/", client.get("/cells/values").data)[0].decode()
    wanted: list[tuple[str, str, dict[str, Any]]] = []
    for path in dict.fromkeys([*LISTS["PATHS"], *client.get("/api/v1/openapi.json").json["paths"]]):
        fitting = next(found for pattern, found in table(QUERIES, LISTS).items() if re.search(pattern, path))
        wanted += [("", f"{path}?{query}", {}) for query in fitting]
    for path, words in table(OTHERS, {}).items():
        for head, _, rest in (word.partition(":") for word in words):
            posted = {"method": head, "data": rest, "content_type": "application/json"}
            wanted.append((f"{head} {rest}", path, posted if head.isupper() else {"headers": {head: rest}}))
    for name, body in called(client.get("/_dash-dependencies").json):
        wanted.append((name, "/_dash-update-component", {"method": "POST", "json": body}))
    for wish in wanted:
        name, path, options = json.loads(re.sub("|".join(own), lambda found: own[found[0]], json.dumps(wish)))
        yield f"{path} {name}".strip(), {"path": path, **options}


class Recording(NamedTuple):
    """What a tree answers, as it is written down: where to, with which folder of work, and the answers by name."""

    out: Path
    work: Path
    answers: dict[str, Any]

    def keep(self, name: str, status: int, content: bytes, headers: dict[str, str]) -> None:
        """Write one answer without what is volatile; nor a tag that depends on it."""
        kept = content.replace(bytes(self.work), b"WORK")
        for pattern, instead in VOLATILE.items():
            kept = re.sub(pattern, instead, kept)
        file = hashlib.sha256(kept).hexdigest()[:20]
        (self.out / "bodies" / file).write_bytes(kept)
        aside = {"Date", "Content-Length", "Last-Modified", *["ETag"] * (kept != content or "Last-Modified" in headers)}
        told = {key: value for key, value in headers.items() if key not in aside}
        self.answers[name] = {"status": status, "headers": told, "body": file}

    def run(self, line: str) -> str:
        """Run one command line in a process of its own; return the first line that it puts out."""
        words = [unquote(one).replace("WORK", str(self.work)) for one in line.split()]
        words += [] if {"--store", "--help", "dictionary"} & {*words} else ["--store", str(self.work / "store")]

        def command() -> None:
            for number, name in ((1, "output"), (2, "errors")):
                os.dup2(os.open(self.work / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
            sys.argv[1:] = words
            runpy.run_module("data", run_name="__main__")

        process = get_context("fork").Process(target=command)  # the tree is imported already: quicker than anew
        process.start()
        process.join()
        said = {name: (self.work / name).read_text().splitlines() for name in ("output", "errors")}
        self.keep(f"python -m data {line}", process.exitcode or 0, json.dumps(said, indent=1).encode(), {})
        return said["output"][0] if said["output"] else ""


def record(tree: Path, store: Path, out: Path) -> None:
    """Ask a tree everything about a copy of a store, one after the other, and write what it answers."""
    sys.path[0] = str(tree)
    os.chdir(tree)
    with tempfile.TemporaryDirectory() as folder:
        recording, ids = Recording(out, Path(folder).resolve(), {}), ["none", "none"]
        (out / "bodies").mkdir(parents=True)
        shutil.copytree(store, recording.work / "store", symlinks=True)
        importlib.import_module("data.__main__")
        stop_clocks(tree)
        del sys.modules["data.__main__"]
        for line in re.split(r" ;\s|\n", COMMANDS):
            said = recording.run(line.replace("FIRST", ids[0]).replace("SECOND", ids[1]))
            ids = [one["id"] for one in json.loads(said)["pending"]] + ids if line == "alerts --json" else ids
        for path in sorted(one for one in recording.work.rglob("*") if one.is_file()):
            recording.keep(f"file {path.relative_to(recording.work)}", 0, path.read_bytes(), {})
        client = importlib.import_module("app").create_app(recording.work / "store").server.test_client()
        stop_clocks(tree)
        for name, options in asked(client):
            answer = client.open(**options)
            unpack = UNPACK.get(answer.headers.get("Content-Encoding", ""), bytes)
            recording.keep(name, answer.status_code, unpack(answer.data), dict(answer.headers))
    (out / "index.json").write_text(json.dumps(recording.answers, indent=1, ensure_ascii=False))


def flat(value: Any, path: str) -> Iterator[str]:
    """Yield every plain value by its path, a line each."""
    if value and isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from flat(one, f"{path}.{key}")
    else:
        yield f"{path}: {value!r}"


def readable(content: bytes) -> list[str]:
    """Return an answer as lines: values by path, lines of a text, what a picture shows, parts of a file."""
    held, size = io.BytesIO(content), f"{len(content):,} bytes"
    if content.startswith(b"\x89PNG"):
        drawn = Image.open(held).convert("RGBA")
        return [size, f"{drawn.size} pixels: {hashlib.sha256(drawn.tobytes()).hexdigest()}"]
    if content.startswith(b"%PDF"):
        return [size, *(line for page in PdfReader(held).pages for line in page.extract_text().splitlines())]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(held) as parts:
            return [f"{name}: {line}" for name in parts.namelist() for line in readable(parts.read(name))]
    if content.startswith((b"{", b"[")) and b"}\n{" not in content:
        return list(flat(json.loads(content), "$"))
    return re.split(r"(?<=>)|\n", content.decode(errors="backslashreplace"))


def differences(sides: list[dict[str, Any]], folders: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """Yield (kind, words) of all that differs between two answers to one request: status, headers, body."""
    told = [{"status": one.get("status", "not asked"), **one.get("headers", {})} for one in sides]
    is_other = all(sides) and sides[0]["body"] != sides[1]["body"]
    for key in told[0] | told[1] if all(sides) else ["status"]:
        if told[0].get(key) != told[1].get(key) and not (is_other and key == "ETag"):
            yield key, f"{told[0].get(key)} is now {told[1].get(key)}"
    if is_other:
        bodies = [(folder / "bodies" / one["body"]).read_bytes() for folder, one in zip(folders, sides, strict=True)]
        before, after = (dict.fromkeys(readable(content)) for content in bodies)
        gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
        lines = [] if gone or come else ["other bytes, the same when read, perhaps in another order"]
        for old, new in islice(zip_longest(gone, come, fillvalue=""), 3):
            at = max(60, len(os.path.commonprefix([old, new])) - 20)  # noqa: RUF071 — characters are meant
            lines += [f"{mark} {one[:60]}{one[at : at + 120]}" for mark, one in (("−", old), ("+", new)) if one]
        yield "body", "\n  ".join(lines)


def compare(*folders: Path) -> int:
    """Say what differs between two recordings, by kind; return 1 where anything does that is not expected."""
    indexes = [json.loads((folder / "index.json").read_text()) for folder in folders]
    found: dict[tuple[str, str, str], list[str]] = {}
    for name in (every := indexes[0] | indexes[1]):
        why = next((f"expected, {why}: " for pattern, why in EXPECTED.items() if re.search(pattern, name)), "")
        for kind, words in differences([index.get(name, {}) for index in indexes], folders):
            found.setdefault((why, kind, words), []).append(name)
    sys.stdout.write(f"{len(every):,} requests, {len(every) - len({*chain(*found.values())}):,} answered alike.\n")
    for (why, kind, words), names in sorted(found.items()):
        listed = [*names[:5], f"and {len(names) - 5:,} more"] if len(names) > 5 else names
        sys.stdout.write("\n  ".join([f"\n{why}{kind}:", words, "of", *listed]) + "\n")
    return int(any(not why for why, _, _ in found))


if __name__ == "__main__":
    if os.environ.get("PYTHONHASHSEED") != "0":  # Dash orders some of what it writes by hashes
        fixed = {"PYTHONHASHSEED": "0", "LOGNAME": "reader", "COLUMNS": "99"}
        os.execve(sys.executable, [sys.executable, *sys.argv], os.environ | fixed)  # noqa: S606 — itself
    sys.exit({"record": record, "compare": compare}[sys.argv[1]](*(Path(one).resolve() for one in sys.argv[2:])))
