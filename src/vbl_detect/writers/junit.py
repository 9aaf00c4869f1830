"""The format `junit`: a test suite a file and a failed test a finding, for the pages of CI systems.

Source: the schema that Jenkins publishes for it, junit-10.xsd.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO
from xml.etree import ElementTree as ET

from vbl_detect.records import Finding
from vbl_detect.writers.base import RunInfo
from vbl_detect.writers.message import message, reasoned_message
from vbl_detect.writers.place import place_in_short, why_not_counted
from vbl_detect.writers.spool import copy, temporary
from vbl_detect.writers.visible import visible

_NO_XML = re.compile("[\ufffe\uffff]")


def write(findings: Iterable[Finding], out: TextIO, run: RunInfo) -> None:
    """Write a suite for each file, those without findings and those not read included.

    Suites wait in a temporary file, since the totals stand before them.

    Parameters
    ----------
    findings : iterable of Finding
        What was found, in the order of the output.
    out : TextIO
        Where to, in UTF-8.
    run : RunInfo
        Whether uncounted findings are shown, the files read and what could not be read.
    """
    totals: Counter[str] = Counter()
    with temporary() as suites:
        with_findings = set()
        for path, group in groupby(run.shown(findings), key=lambda finding: finding.path):
            with_findings.add(path)
            with temporary() as cases:
                totals += _write_suite(path or "<note>", map(_case, group), cases, suites)
        for file in run.manifest.inputs:
            if file.path not in with_findings:
                with temporary() as cases:
                    rest = iter([_nothing_shown(file.path, cut=file.path in run.paths_left_out)])
                    totals += _write_suite(file.path, rest, cases, suites)
        if run.manifest.problems:
            with temporary() as cases:
                failed = map(_unread, run.manifest.problems)
                totals += _write_suite("not read", failed, cases, suites)
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write(_start("testsuites", "vbl-detect", totals, ("tests", "failures", "errors")))
        copy(suites, out)
    out.write("</testsuites>\n")


def _write_suite(
    name: str, elements: Iterator[ET.Element], cases: TextIO, out: TextIO
) -> Counter[str]:
    counts: Counter[str] = Counter()
    for element in elements:
        counts["tests"] += 1
        counts.update(f"{child.tag}s" for child in element)
        cases.write(f"    {ET.tostring(element, encoding='unicode')}\n")
    out.write("  " + _start("testsuite", name, counts, ("tests", "failures", "errors", "skippeds")))
    copy(cases, out)
    out.write("  </testsuite>\n")
    return counts


def _start(tag: str, name: str, counts: Counter[str], wanted: tuple[str, ...]) -> str:
    numbers = {key.replace("skippeds", "skipped"): str(counts[key]) for key in wanted}
    text = ET.tostring(_element(tag, name=name, **numbers), encoding="unicode")
    return text.removesuffix(" />") + ">\n"


def _case(finding: Finding) -> ET.Element:
    name = f"{finding.code} {finding.category} at {finding.line}:{finding.col}"
    case = _element("testcase", name=name, classname=finding.path or "<note>")
    reason = why_not_counted(finding)
    if reason is not None:
        case.append(_element("skipped", message=f"not counted: {reason}"))
        return case
    failure = _element("failure", type=finding.severity, message=reasoned_message(finding))
    failure.text = _clean(f"{place_in_short(finding)}: {finding.code} {message(finding)}")
    case.append(failure)
    return case


def _nothing_shown(path: str, *, cut: bool) -> ET.Element:
    """Return the test of a file none of whose findings is written: passed, unless it has some."""
    if not cut:
        return _element("testcase", name="no findings", classname=path)
    case = _element("testcase", name="findings", classname=path)
    case.append(_element("failure", type="left out", message="left out by --max-findings"))
    return case


def _unread(problem: str) -> ET.Element:
    case = _element("testcase", name=problem, classname="not read")
    case.append(_element("error", type="unreadable", message=problem))
    return case


def _element(tag: str, **attributes: str) -> ET.Element:
    return ET.Element(tag, {name: _clean(value) for name, value in attributes.items()})


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", visible(text))
