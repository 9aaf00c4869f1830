"""What was accepted, applied to findings."""

from dataclasses import replace

import pytest

from tests.unit.suppression.conftest import BLAME, STREETWISE, TODAY, accepting
from vbl_detect import Note, detect
from vbl_detect.suppression import Suppressor
from vbl_detect.suppression.anchors import Anchor


def test_an_accepted_finding_is_marked_and_does_not_count(sidecar, judged, found, tmp_path):
    draft = tmp_path / "review.md"
    text = f"{BLAME}\n\n{STREETWISE}"
    first, second = found(text, draft)
    sidecar(accepting(first.finding_id))

    findings, suppressor = judged({draft: text})

    mark = {"by": "A. Reader", "reason": "quoted in training", "expires": "2026-12-31"}
    assert findings == [replace(first, counted=False, suppressed=mark), second]
    assert suppressor.messages == []


def test_text_elsewhere_may_change_and_the_draft_may_move(sidecar, judged, found, tmp_path):
    [finding] = found(BLAME, tmp_path / "review.md")
    sidecar(accepting(finding.finding_id, path='"review.md"'))

    edited = f"# Review\r\n\r\nSeen at home. {BLAME.replace(' at ', chr(10) + 'at ')} NFA."
    moved = tmp_path / "done" / "review.md"
    renamed = tmp_path / "other.md"

    for draft, suppressed in [(tmp_path / "review.md", True), (moved, True), (renamed, False)]:
        [again] = [f for f in judged({draft: edited})[0] if f.code == "RC001"]
        assert (again.suppressed is not None) is suppressed, draft


def test_an_entry_with_a_path_holds_there_alone_while_the_draft_stands(
    sidecar, judged, found, tmp_path
):
    here, copy = tmp_path / "review.md", tmp_path / "b" / "review.md"
    here.write_text(BLAME)
    [finding] = found(BLAME, here)
    sidecar(accepting(finding.finding_id, path='"review.md"'))

    findings, _ = judged({here: BLAME, copy: BLAME})

    assert [f.suppressed is not None for f in findings] == [True, False]


def test_what_has_ended_counts_again_and_is_told(sidecar, judged, found, tmp_path):
    draft = tmp_path / "review.md"
    [finding] = found(BLAME, draft)
    path = sidecar(accepting(finding.finding_id, expires="2026-07-31"))

    findings, suppressor = judged({draft: BLAME})

    assert findings == [finding]
    [message] = suppressor.messages
    assert message.startswith(f"{path}:1: what A. Reader accepted (RC001 in {draft}) ended on 2026")
    assert f"suppress add {draft} --id {finding.finding_id}" in message


def test_the_last_day_still_holds(sidecar, judged, found, tmp_path):
    draft = tmp_path / "review.md"
    [finding] = found(BLAME, draft)
    sidecar(accepting(finding.finding_id, expires=str(TODAY)))

    assert judged({draft: BLAME})[0][0].suppressed is not None


def test_what_does_not_count_anyway_stays_as_it_is(sidecar, judged, found, tmp_path):
    draft = tmp_path / "review.md"
    text = "Her mother says she is streetwise."
    [finding] = found(text, draft)
    assert not finding.counted
    sidecar(accepting(finding.finding_id))

    findings, suppressor = judged({draft: text})

    assert findings == [finding]
    assert len(suppressor.used) == 1


def test_records_in_tables_are_left_alone(nlp, sidecar, tmp_path):
    note = Note(text=BLAME, path=str(tmp_path / "export.csv"), row=2, record_id="A-1")
    [finding] = detect([note], nlp)
    sidecar(accepting(finding.finding_id))
    suppressor = Suppressor(today=TODAY)

    assert list(suppressor.apply(detect(suppressor.prepare([note]), nlp))) == [finding]


@pytest.mark.parametrize("moved_edge", [(0, 3), (5, 0), (4, 4)])
def test_words_are_known_again_when_their_edges_move(sidecar, judged, found, tmp_path, moved_edge):
    draft = tmp_path / "review.md"
    [finding] = found(BLAME, draft)
    anchor = Anchor.of(finding)
    before, after = moved_edge
    wider = Anchor(anchor.sentence, anchor.start + before, anchor.end - after)
    sidecar(accepting("f" * 16, anchor=f'"{wider}"'))

    assert judged({draft: BLAME})[0][0].suppressed is not None


def test_other_words_of_the_sentence_are_not_accepted_with_them(sidecar, judged, found, tmp_path):
    draft = tmp_path / "review.md"
    text = "She is streetwise and puts herself at risk."
    first, second = found(text, draft)
    gone = Anchor.of(first)
    sidecar(accepting("f" * 16, anchor=f'"{gone}"'))

    findings, _ = judged({draft: text})

    assert [f.suppressed is not None for f in findings] == [True, False]
    assert findings[1] == second


def test_a_second_copy_is_not_accepted_with_the_first(sidecar, judged, found, tmp_path):
    draft = tmp_path / "review.md"
    [finding] = found(BLAME, draft)
    sidecar(accepting(finding.finding_id, anchor=f'"{Anchor.of(finding)}"'))

    findings, _ = judged({draft: f"{BLAME}\n\n{BLAME}"})

    assert [f.suppressed is not None for f in findings] == [True, False]
