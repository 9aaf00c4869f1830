"""Office files as packages: a zip of XML parts that point to each other.

Names of elements are compared without their namespace, so that files in the strict variant of
the standard, whose namespaces differ, are read as well.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from vbl_detect.errors import ReaderError
from vbl_detect.readers.base import Source

#: An XML element; lxml keeps its own class to itself.
Element = etree._Element

_PIECE = 1 << 20
_ELEMENTS_PER_REPORT = 1_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another.

    Attributes
    ----------
    kind : str
        The last word of the relationship's type: ``"worksheet"``, ``"footnotes"``.
    part : str
        The name of the other part within the zip.
    """

    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Package:
    """An open Office file."""

    archive: ZipFile

    def relations(self, part: str = "") -> dict[str, Relation]:
        """Return what a part points to within the package, by id, in the order of the file.

        Parameters
        ----------
        part : str
            The part; ``""`` is the package itself.
        """
        folder, _, name = part.rpartition("/")
        path = join(folder, "_rels", f"{name}.rels")
        if not self.has(path):
            return {}
        return {
            element.get("Id", ""): Relation(
                kind=element.get("Type", "").rpartition("/")[2],
                part=_resolved(element.get("Target", ""), dirname(part)),
            )
            for element in self.tree(path)
            if element.get("TargetMode") != "External"
        }

    def has(self, part: str) -> bool:
        """Tell whether the package holds a part."""
        return part in self.archive.NameToInfo

    def main_part(self) -> str:
        """Return the part that holds the document or the workbook.

        Raises
        ------
        KeyError
            If there is none.
        """
        for relation in self.relations().values():
            if relation.kind == "officeDocument" and self.has(relation.part):
                return relation.part
        msg = "officeDocument"
        raise KeyError(msg)

    def tree(self, part: str) -> Element:
        """Return the root element of a part."""
        with self.archive.open(part) as stream:
            return etree.parse(stream, _parser()).getroot()

    def size(self, part: str) -> int:
        """Return how many bytes a part has, unpacked."""
        return self.archive.getinfo(part).file_size

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part's bytes piece by piece."""
        with self.archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                yield piece

    def elements(
        self, part: str, name: str, progress: Callable[[float], None] = lambda _: None
    ) -> Iterator[Element]:
        """Yield a part's elements of one name; each is forgotten before the next is read.

        Parameters
        ----------
        part : str
            The part.
        name : str
            The elements' local name.
        progress : callable
            Hears now and then how much of the part has been read, from 0 to 1.
        """
        size = self.size(part)
        with self.archive.open(part) as stream:
            found = etree.iterparse(
                stream, tag=f"{{*}}{name}", resolve_entities=False, remove_comments=True
            )
            for number, (_, element) in enumerate(found):
                if number % _ELEMENTS_PER_REPORT == 0:
                    progress(stream.tell() / size)
                yield element
                element.clear()
                parent = element.getparent()
                if parent is not None:
                    del parent[: parent.index(element)]


@contextmanager
def open_package(source: Source, *, application: str, suffix: str) -> Iterator[Package]:
    """Open an Office file; what is wrong with it comes as one `ReaderError`.

    Parameters
    ----------
    source : Source
        The file.
    application, suffix : str
        What opens such a file and what it is saved as, for the remedy: ``"Excel"``, ``".xlsx"``.

    Raises
    ------
    ReaderError
        If the file is protected by a password, of another kind, or damaged.
    """
    _refuse_other_kinds(source, application, suffix)
    try:
        with ZipFile(source.path) as archive:
            yield Package(archive)
    except (
        BadZipFile, zlib.error, EOFError, KeyError, ValueError, IndexError, NotImplementedError,
        RuntimeError, etree.XMLSyntaxError,
    ) as error:  # fmt: skip
        msg = f"the file is damaged; open it in {application} and save it again as {suffix}"
        raise ReaderError(msg, path=source.name) from error


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace; ``""`` for a comment.

    Parameters
    ----------
    element : Element
        Any node of the tree.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its name without a namespace, or None.

    Parameters
    ----------
    element : Element
        An element.
    name : str
        The attribute's local name.
    """
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def is_on(element: Element, name: str) -> bool:
    """Tell whether a truth value in an attribute is set: ``1`` or ``true``.

    Parameters
    ----------
    element : Element
        An element.
    name : str
        The attribute's local name.
    """
    return attribute(element, name) in {"1", "true", "on"}


def _parser() -> etree.XMLParser:
    # No entities and no network: a draft from outside is read, never obeyed.
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)


def _resolved(target: str, folder: str) -> str:
    return target[1:] if target.startswith("/") else normpath(join(folder, target))


def _refuse_other_kinds(source: Source, application: str, suffix: str) -> None:
    with source.path.open("rb") as stream:
        head = stream.read(8)
        if head == _OLE:
            stream.seek(0)
            if _ENCRYPTED in stream.read():
                msg = (
                    f"the file is protected by a password; open it in {application}, take the "
                    f"password off and save it as {suffix}"
                )
            else:
                msg = (
                    f"this is an older {application} file under a new name; open it in "
                    f"{application} and save it as {suffix}"
                )
            raise ReaderError(msg, path=source.name)
    if not head:
        raise ReaderError("the file is empty; save it again", path=source.name)
    if not head.startswith(b"PK"):
        msg = f"this is no {suffix} file; open it in {application} and save it as {suffix}"
        raise ReaderError(msg, path=source.name)
