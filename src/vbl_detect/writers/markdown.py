"""The format `md`: a report to read, with totals first and then every finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from vbl_detect.counts import RunCounts, summary
from vbl_detect.records import SEVERITIES, Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.frame import phrase_in_sentence
from vbl_detect.writers.place import place_in_words, why_not_counted
from vbl_detect.writers.spool import copy, temporary
from vbl_detect.writers.visible import visible

_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$!^=]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# At the start of a line these would make a list, a heading or a rule.
_LIST_MARK = re.compile(r"[-+]|\d+[.)](\s|$)")
# Renderers make links of bare addresses.
_LINK = re.compile(r"(?<=[a-z])://|(?<=www)\.|@", re.IGNORECASE)


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write a Markdown report: the summary, a table by category, then each finding.

    The findings wait in a temporary file, since the totals stand before them.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        The counts, and whether uncounted findings are shown.
    """
    with temporary() as counted, temporary() as uncounted:
        for finding in findings:
            if finding.counted:
                counted.write(_section(finding))
            elif run.include_context:
                uncounted.write(_section(finding))
        out.writelines(f"{line}\n" for line in _head(run.counts))
        out.write("\n## Findings\n\n")
        copy(counted, out)
        if run.include_context:
            out.write("## Not counted\n\n")
            copy(uncounted, out)
        out.write(f"Made by vbl-detect {escaped(run.manifest.tool_version)}.\n")


def escaped(text: str) -> str:
    """Return `text` on one line, as text that neither Markdown nor HTML acts upon.

    Parameters
    ----------
    text : str
        Text of a note, of the lexicon, or a path.
    """
    text = _escaped_part(text).lstrip()
    mark = _LIST_MARK.match(text)
    return text if mark is None else f"&#{ord(text[0])};{text[1:]}"


def _escaped_part(text: str) -> str:
    text = re.sub("[&<>]", lambda match: _HTML[match[0]], visible(text))
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _LINK.sub(lambda match: f"&#{ord(match[0][0])};{match[0][1:]}", text)


def _head(counts: RunCounts) -> Iterator[str]:
    yield "# Victim-blaming language"
    yield ""
    yield f"**{summary(counts)}.**"
    yield ""
    yield f"| Category | {' | '.join(SEVERITIES)} | all |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for category, total in counts.by_category().items():
        each = " | ".join(f"{counts.counted[category, name]:,}" for name in SEVERITIES)
        yield f"| {escaped(category)} | {each} | {total:,} |"


def _section(finding: Finding) -> str:
    reason = why_not_counted(finding)
    status = finding.severity if reason is None else f"{finding.severity}, not counted: {reason}"
    lines = [
        f"### {escaped(finding.code)} {escaped(finding.category)} ({escaped(status)})",
        "",
        escaped(place_in_words(finding)),
        "",
    ]
    quotation = _quotation(finding)
    if quotation:
        lines += [f"> {quotation}", ""]
    lines += [
        f"- **Why:** {escaped(finding.why)}",
        f"- **Write instead:** {escaped(finding.suggestion)}",
        f"- **Source:** {escaped(finding.source)}",
        "",
        "",
    ]
    return "\n".join(lines)


def _quotation(finding: Finding) -> str:
    """Return the sentence with the phrase in bold, or as much of it as may be shown."""
    if finding.sentence is None:
        return "" if finding.phrase is None else _bold(finding.phrase)
    start, end = phrase_in_sentence(finding)
    sentence = finding.sentence
    if start == end:
        return escaped(sentence)
    return escaped(sentence[:start]) + _bold(sentence[start:end]) + _escaped_part(sentence[end:])


def _bold(phrase: str) -> str:
    # Asterisks only work beside letters and digits; tags work beside anything.
    if phrase[:1].isalnum() and phrase[-1:].isalnum():
        return f"**{_escaped_part(phrase)}**"
    return f"<strong>{_escaped_part(phrase)}</strong>"
