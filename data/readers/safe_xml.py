"""XML without surprises: a document type, and so every entity, is refused; nothing that a file names is fetched."""

from typing import Any
from xml.etree import ElementTree as ET

from data.model.errors import DataError


class _Builder(ET.TreeBuilder):
    """Builds a tree and keeps the comments above it; a document type is refused before anything of it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: list[str] = []
        self._has_begun = False

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise ValueError(f"it declares the document type {name!r}")

    def start(self, tag: str, attributes: dict[str, str], /) -> ET.Element:
        self._has_begun = True
        return super().start(tag, attributes)

    def comment(self, text: str | None, /) -> Any:
        if not self._has_begun:
            self.comments.append(text or "")


def parse_xml(content: bytes, *, form: str, file: str) -> tuple[ET.Element, list[str]]:
    """Return the tree of a file and the comments above its first element; comments inside are left out.

    Parameters
    ----------
    form : what the file is called in a sentence: KML, GML

    Raises
    ------
    DataError
        It is no whole XML (TRUNCATED), or declares a document type (ENTITY).
    """
    builder = _Builder()
    parser = ET.XMLParser(target=builder)  # noqa: S314  # no document type, so no entity
    try:
        parser.feed(content)
        tree: ET.Element = parser.close()
    except (ET.ParseError, LookupError) as error:
        raise DataError(f"the {form} is damaged ({error}). Save it again.", file=file, code="TRUNCATED") from error
    except ValueError as error:
        raise DataError(
            f"the {form} cannot be read: {error}, which may name other files. Save it without.",
            file=file, code="ENTITY",
        ) from error  # fmt: skip
    return tree, builder.comments


def local_name(element: ET.Element) -> str:
    """Return an element's name without its namespace; blank for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
