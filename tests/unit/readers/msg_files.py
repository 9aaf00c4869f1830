"""Messages of Outlook for tests: compound files written from a tree of streams.

Source: [MS-CFB] and [MS-OXMSG]; only what a reader needs is there.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_SECTOR, _MINI_SECTOR, _MINI_CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_UNICODE, _BINARY, _TIME, _NUMBER, _OBJECT = 0x1F, 0x102, 0x40, 0x03, 0x0D

#: A storage: streams as bytes, storages as mappings.
Tree = Mapping[str, "bytes | Tree"]


def message(
    texts: Mapping[int, str],
    *,
    html: bytes | None = None,
    sent: int | None = None,
    attachments: Sequence[Tree] = (),
    head: int = 32,
) -> Tree:
    """Return the tree of a message; `texts` maps property ids to strings, `sent` is a FILETIME."""
    binaries = {} if html is None else {0x1013: html}
    tree = _properties(texts, binaries, head, sent=sent)
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = attachment
    return tree


def attached(name: str, content: bytes) -> Tree:
    return _properties({0x3707: name}, {0x3701: content}, 8, method=1)


def attached_message(name: str, inner: Tree) -> Tree:
    return _properties({0x3707: name}, {}, 8, method=5) | {"__substg1.0_3701000D": inner}


def write_msg(path: Path, tree: Tree) -> None:
    path.write_bytes(_compound_file(tree))


def _properties(texts, binaries, head, *, sent=None, method=None):
    streams, entries = {}, []
    for pid, text in texts.items():
        content = text.encode("utf-16-le")
        streams[f"__substg1.0_{pid:04X}{_UNICODE:04X}"] = content
        entries.append(struct.pack("<HHIII", _UNICODE, pid, 6, len(content) + 2, 0))
    for pid, content in binaries.items():
        streams[f"__substg1.0_{pid:04X}{_BINARY:04X}"] = content
        entries.append(struct.pack("<HHIII", _BINARY, pid, 6, len(content), 0))
    entries.append(struct.pack("<HHIII", _NUMBER, 0x3FDE, 6, 65001, 0))
    if sent is not None:
        entries.append(struct.pack("<HHIQ", _TIME, 0x0039, 6, sent))
    if method is not None:
        entries.append(struct.pack("<HHIII", _NUMBER, 0x3705, 6, method, 0))
    streams["__properties_version1.0"] = bytes(head) + b"".join(entries)
    return streams


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = _END


def _compound_file(tree):
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    mini, mini_fat = b"", []
    sectors: list[bytes] = []
    fat: list[int] = []

    def place(content):
        first = len(sectors)
        starts = range(0, len(content), _SECTOR)
        pieces = [content[i : i + _SECTOR].ljust(_SECTOR, b"\0") for i in starts]
        sectors.extend(pieces)
        fat.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    for entry in entries[1:]:
        if len(entry.content) >= _MINI_CUTOFF:
            entry.start = place(entry.content)
        elif entry.content:
            entry.start = len(mini_fat)
            count = -(-len(entry.content) // _MINI_SECTOR)
            mini_fat += [*range(entry.start + 1, entry.start + count), _END]
            mini += entry.content.ljust(count * _MINI_SECTOR, b"\0")
    entries[0].content, entries[0].start = mini, place(mini)
    table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_count = -(-len(table) // _SECTOR)
    mini_start = place(table.ljust(mini_count * _SECTOR, b"\xff"))
    directory = place(b"".join(_directory_entry(entries, i) for i in range(len(entries))))
    fat_sectors = 1
    while (len(fat) + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    first_fat = len(sectors)
    whole = [*fat, *[_FAT] * fat_sectors]
    whole += [_FREE] * (fat_sectors * 128 - len(whole))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIII", 0, fat_sectors, directory, 0, _MINI_CUTOFF)
    header += struct.pack("<IIII", mini_start, mini_count, _END, 0)
    places = [first_fat + i for i in range(fat_sectors)]
    header += struct.pack("<109I", *places, *[_FREE] * (109 - fat_sectors))
    return header + b"".join(sectors) + struct.pack(f"<{len(whole)}I", *whole)


def _add(entries, parent, tree):
    for name, content in tree.items():
        is_stream = isinstance(content, bytes)
        entries.append(_Entry(name, 2 if is_stream else 1, content if is_stream else b""))
        number = len(entries) - 1
        entries[parent].children.append(number)
        if not is_stream:
            _add(entries, number, content)


def _directory_entry(entries, number):
    entry = entries[number]
    siblings = next((e.children for e in entries if number in e.children), [])
    after = siblings[siblings.index(number) + 1 :][:1] if siblings else []
    name = entry.name.encode("utf-16-le")
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBB", len(name) + 2, entry.kind, 1)
        + struct.pack("<III", _FREE, after[0] if after else _FREE, (entry.children or [_FREE])[0])
        + bytes(36)
        + struct.pack("<IQ", entry.start, len(entry.content))
    )
