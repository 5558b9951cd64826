"""Lines of every form into the segments table, and where each feature of each layer went."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from data.model import vocabulary
from data.model.errors import DataError
from data.model.schema import empty, polars_schema
from data.model.sources import Source
from data.readers.coordinates import (
    METRES,
    Positions,
    are_metres,
    fault_of,
    is_beyond,
    plain_lengths,
    to_degrees,
    wrapped,
)
from data.readers.line_attributes import Attributes, parse_attributes, unread_columns
from data.readers.line_files import read_layers
from data.readers.line_layers import Feature, Layer
from data.readers.line_persons import TEXTS, check_attributes, public_fault, texts_of_persons, withhold_persons
from data.readers.result import ReadResult, quarantine_row, quarantine_table
from data.readers.sniff import FileKind
from data.readers.sources import source_of
from geo.map.segments import length_km

OWN_ID: Final = "crossings-routes"
WRAPPED: Final = "longitudes beyond ±180° are the same places a full turn away"
TURNED: Final = "brought from {system} to degrees of WGS 84"
# Publishers of lines, told by the attributes of their features.
KNOWN: Final = ((frozenset({"gen_type", "way_id", "barrier", "last_osm_d"}), "border-fence"),)


class _Lines:
    """The rows of a file as they are made, layer by layer."""

    def __init__(self, path: Path, *, is_own: bool, said: dict[int, Attributes], persons: frozenset[str]) -> None:
        self.file, self.is_own, self._said, self._persons = path.name, is_own, said, persons
        self.rows: list[dict[str, Any]] = []
        self.points: list[Positions] = []  # of each row
        self.quarantine: list[dict[str, Any]] = []
        self.attributes: list[dict[str, Any]] = []
        self.log: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.names: dict[str, str] = {}
        self._seen: set[str] = set()

    def add(self, layer: Layer) -> None:
        """Add the lines of a layer, and say what became of it."""
        before = len(self.rows)
        is_metric = are_metres_of(layer)
        others: Counter[str] = Counter()
        turned = [[to_degrees(line, layer.system) for line in feature.lines] for feature in layer.features]
        lengths = iter(plain_lengths([line for lines in turned for line in lines]))
        for feature, lines in zip(layer.features, turned, strict=True):
            here = list(islice(lengths, len(lines)))
            fault = feature.fault or (f"found {METRES}." if is_metric else _fault(lines, layer) if None in here else "")
            if fault:
                self._set_aside(layer, feature, fault)
            else:
                others += feature.others
                self._keep(layer, feature, list(zip(lines, here, strict=True)))
        self._tell(layer, self.rows[before:], others)

    def _set_aside(self, layer: Layer, feature: Feature, fault: str) -> None:
        said = self._said[id(feature)]
        raw = {name: text for name in TEXTS if (text := getattr(said, name)) and text not in self._persons}
        found = str([line.tolist() for line in feature.lines]) if feature.lines else None
        line = quarantine_row(file=self.file, row=feature.row, column="geometry", value=found,
                              reason=public_fault(fault, self._persons), raw=raw)  # fmt: skip
        self.quarantine.append(line | {"sheet": layer.name})

    def _keep(self, layer: Layer, feature: Feature, lines: Sequence[tuple[Positions, float | None]]) -> None:
        said = self._said[id(feature)]
        withhold_persons(said, self._persons)
        for column, value, reason in said.faults:
            fault = quarantine_row(file=self.file, row=feature.row, column=column, value=value, reason=reason, raw="")
            self.attributes.append(fault | {"sheet": layer.name})
        stem = self._id(layer, feature, said)
        for part, (line, km) in enumerate(lines, start=1):
            if km is None and is_beyond(line):
                far = line[abs(line[:, 0]) > 180][0, 0]
                self._log(
                    layer, feature, ("longitude", f"{far:g}", f"{wrapped(line[line[:, 0] == far])[0, 0]:g}"), WRAPPED
                )
            name = stem if len(lines) == 1 else f"{stem}.{part}"
            drawn = line if km is not None else wrapped(line)
            self.points.append(drawn)
            length = km if km is not None else length_km(drawn.tolist())
            self.rows.append(self._row(layer, feature, said, self._unique(name, feature.row), length))

    def _log(self, layer: Layer, feature: Feature, change: tuple[str, str, str | None], rule: str) -> None:
        column, found, kept = change
        self.log.append({
            "source": None, "edition": None, "file": self.file, "sheet": layer.name, "row": feature.row,
            "column": column, "found": found, "kept": kept, "rule": rule,
        })  # fmt: skip

    def _id(self, layer: Layer, feature: Feature, said: Attributes) -> str:
        """Return a feature's own id or its row, with its file and its layer: an id belongs to its file."""
        own = said.segment_id if said.segment_id is not None else str(feature.row)
        return own if self.is_own else ":".join([self.file, *([layer.name] if layer.name else []), own])

    def _unique(self, name: str, row: int) -> str:
        while name in self._seen:
            name += f"-{row}"
        self._seen.add(name)
        return name

    def _row(self, layer: Layer, feature: Feature, said: Attributes, segment_id: str, length: float) -> dict[str, Any]:
        route = vocabulary.route_of(said.route)[0] if said.route else None
        if route is not None:
            self.names[route.id] = route.name
        return {
            "source": None, "edition": None, "segment_id": segment_id, "route": None if route is None else route.id,
            "name": said.name, "order": said.order, "is_major": said.is_major,
            "length_km": length, "sheet": layer.name, "row": feature.row,
        }  # fmt: skip

    def _tell(self, layer: Layer, rows: Sequence[dict[str, Any]], others: Counter[str]) -> None:
        if layer.name is not None:
            km = sum(row["length_km"] for row in rows)
            self.notes.append(f"Layer '{layer.name}': {len(rows):,} lines, {km:,.1f} km." if rows
                              else f"Layer '{layer.name}': no line in it.")  # fmt: skip
        if rows and layer.system is not None and layer.system.transformer is not None:
            self.notes.append(f"Coordinates were {TURNED.format(system=layer.system.name)}.")
        if others:
            told = ", ".join(f"{number:,} {kind}" for kind, number in sorted(others.items()))
            self.notes.append(f"Beside their lines, collections hold {told}; these are no lines and were not read.")
        self.notes += layer.notes


def read_segment_file(path: Path, kind: FileKind) -> ReadResult:
    """Read one file of lines; a feature that is no line, or off the globe, goes to quarantine.

    Raises
    ------
    DataError
        The file is refused whole, or its numbers are metres and it names no coordinate system.
    """
    layers = read_layers(path, kind)
    _refuse_without_lines(layers, file=path.name)
    if all(are_metres_of(layer) for layer in layers):
        raise DataError(f"found {METRES}.", file=path.name, code="CRS")
    about = _source(path, kind, layers)
    check_attributes(layers, file=path.name)
    said = {id(feature): parse_attributes(feature.attributes) for layer in layers for feature in layer.features}
    lines = _Lines(path, is_own=about.id == OWN_ID, said=said, persons=texts_of_persons(said.values(), layers))
    for layer in layers:
        lines.add(layer)
    return ReadResult(
        about=about,
        kind="segments",
        layout=f"segments-{kind}",
        file=path.name,
        rows_read=sum(len(layer.features) for layer in layers),
        frame=_frame(lines.rows, lines.points),
        quarantine=quarantine_table(lines.quarantine),
        attributes=quarantine_table(lines.attributes),
        log=pl.DataFrame(lines.log, schema=empty("log").schema),
        unread_columns=unread_columns(feature.attributes for layer in layers for feature in layer.features),
        notes=tuple(lines.notes),
        names={"route": lines.names} if lines.names else {},
    )


def _frame(rows: Sequence[dict[str, Any]], lines: Sequence[Positions]) -> pl.DataFrame:
    """Return the lines as the segments table has them, each with its layer and its row."""
    schema = polars_schema("segments") | {"sheet": pl.String, "row": pl.UInt32}
    table = pl.DataFrame(rows, schema={name: kind for name, kind in schema.items() if name != "points"})
    if not rows:
        return pl.DataFrame(schema=schema)
    owner = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
    pairs = pl.Series("points", np.concatenate(lines)).cast(pl.List(pl.Float64))
    points = pl.DataFrame({"line": owner, "points": pairs}).group_by("line", maintain_order=True).agg("points")
    return table.with_columns(points["points"]).select(list(schema))


def _refuse_without_lines(layers: Sequence[Layer], *, file: str) -> None:
    features = [feature for layer in layers for feature in layer.features]
    if not any(feature.lines for feature in features):
        first = f" The first: {features[0].fault}" if features else ""
        raise DataError(
            f"there is no line in it: none of its {len(features):,} features is one, so nothing was published.{first}",
            file=file, code="NO_LINES",
        )  # fmt: skip


def are_metres_of(layer: Layer) -> bool:
    """Return whether a layer's numbers can only be metres and it does not say of which system."""
    return not layer.is_named and are_metres([line for feature in layer.features for line in feature.lines])


def _fault(lines: Sequence[Positions], layer: Layer) -> str:
    fault = next((found for line in lines if (found := fault_of(line))), "")
    turned = layer.system is not None and layer.system.transformer is not None
    return f"{fault} It was brought from {layer.system.name}." if fault and turned and layer.system else fault


def _source(path: Path, kind: FileKind, layers: Sequence[Layer]) -> Source:
    if path.resolve() == (vocabulary.FILES / "routes.geojson").resolve():
        return source_of(OWN_ID)
    if kind == "route-lines":
        return source_of("coppola-routes")
    columns = {name for layer in layers for feature in layer.features for name in feature.attributes}
    return source_of(next((source for needed, source in KNOWN if needed <= columns), "segments"))
