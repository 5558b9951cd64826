"""How a vintage is opened: its manifest, its days and every file are verified first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from data.model.caches import CACHES
from data.model.days import today
from data.model.errors import StoreError
from data.model.notices import say
from data.model.schema import READABLE, SCHEMA_VERSION
from data.store.publication import manifest_in, publication_in
from data.store.verify import Seal, manifest_problem, problems, publication_problem
from data.store.vintage import Vintage

IN_MEMORY: Final = 14  # a vintage's bytes in memory for each on disk; a test measures it


class DamagedError(StoreError):
    """A vintage that is not what was published; ``problem`` says what is wrong, the sentence the ways back as well."""

    def __init__(self, problem: str) -> None:
        """Keep what is wrong."""
        super().__init__(say("store.damaged", problem=problem))
        self.problem = problem


def open_vintage(folder: Path) -> Vintage:
    """Return the vintage in ``folder`` after checking its manifest and every file's SHA-256.

    Raises
    ------
    DamagedError
        A file or the manifest is missing, torn or not what was published.
    StoreError
        Another version of this program wrote it.
    """
    manifest = manifest_in(folder)
    if manifest is None:
        raise DamagedError(say("store.problem.no_manifest", vintage=folder.name))
    publication = publication_in(folder)
    if publication is None:
        _check_version(folder.name, manifest)  # that of a newer program may be of another form
        raise DamagedError(publication_problem(folder))
    if (problem := manifest_problem(folder, publication, manifest)) is not None:
        raise DamagedError(problem)
    _check_version(folder.name, manifest)
    seal = Seal(folder, manifest)
    for sentence in problems(folder, manifest):
        raise DamagedError(sentence)
    return Vintage(name=folder.name, folder=folder, manifest=manifest, publication=publication, seal=seal)


def _check_version(vintage: str, manifest: Mapping[str, Any]) -> None:
    version = manifest.get("schema_version")
    if version not in READABLE:
        is_newer = isinstance(version, int) and version > SCHEMA_VERSION
        key = "store.newer_schema" if is_newer else "store.other_schema"
        raise StoreError(say(key, vintage=vintage, found=str(version), readable=READABLE))


def whole_vintage(folder: Path) -> Vintage | None:
    """Return the vintage in ``folder``; None where it is damaged or not there."""
    try:
        return open_vintage(folder)
    except StoreError:
        return None


def forget_about(vintage: Vintage | None) -> None:
    """Drop all that is kept about a vintage, by whichever role it was seen."""
    for one in vintage.with_views() if vintage else ():
        CACHES.drop(about=one)


def open_older(folder: Path, *, beside: Vintage) -> Vintage | None:
    """Return an older vintage as the reader of another sees it; None where it is damaged or gone."""
    found = _whole_older(folder)
    return None if found is None else found.seen_by(beside.role, today=beside.today or today())


def _whole_older(folder: Path) -> Vintage | None:
    """Return an older vintage, kept with what its tables come to hold."""
    found: Vintage | None = CACHES.get((open_older, folder))
    if found is not None and not found.is_broken:
        return found
    vintage = whole_vintage(folder)
    if vintage is not None:
        on_disk = sum(one["bytes"] for one in vintage.manifest["files"].values())
        CACHES.keep((open_older, folder), vintage, size=IN_MEMORY * on_disk)
    return vintage
