"""What an editor shows when the pointer rests on a finding: the page of its rule."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from vbl_detect import resources
from vbl_detect.lexicon import Lexicon
from vbl_detect.records import Finding
from vbl_detect.reference import MEASURED_FILE, Reference, find_rule, markdown, read_measured, text
from vbl_detect.reference.entries import Entry
from vbl_detect.writers.place import why_not_counted


def page(findings: Sequence[Finding], lexicon: Lexicon, *, as_markdown: bool) -> str:
    """Return the pages of findings, each rule's once, with what is to say of the place itself.

    Parameters
    ----------
    findings : sequence of Finding
        Those at the place.
    lexicon : Lexicon
        The lexicon in force.
    as_markdown : bool
        Whether the editor shows Markdown; else it is plain text.
    """
    reference = Reference(lexicon, read_measured(resources.model_dir() / MEASURED_FILE))
    by_code = {finding.code: finding for finding in reversed(findings)}
    rules = [_with_place(reference, by_code[code]) for code in sorted(by_code)]
    if as_markdown:
        return "\n---\n\n".join(markdown.entry(rule, level=3, anchor=False) for rule in rules)
    return "\n".join(map(_as_text, rules))


def _with_place(reference: Reference, finding: Finding) -> Entry:
    entry = reference.entry(find_rule(finding.code, reference.lexicon))
    found_by = "lexicon and classifier" if finding.detector == "both" else finding.detector
    here = [f"found by {found_by}, score {finding.score:.2f}"]
    reason = why_not_counted(finding)
    if reason is not None:
        here.append(f"not counted: {reason}")
    # A category's rows, some fifty, are no help at one place of a text.
    return replace(entry, parts=(*entry.parts, ("here", ("; ".join(here),))), terms=())


def _as_text(entry: Entry) -> str:
    out = io.StringIO()
    text.write_entry(entry, out)
    return out.getvalue()
