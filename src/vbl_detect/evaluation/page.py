"""The figures of an evaluation as one page: it asks for nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from vbl_detect.evaluation.levels import LEVELS, Agreement
from vbl_detect.evaluation.lines import headline
from vbl_detect.evaluation.plots import draw
from vbl_detect.evaluation.summary import Evaluation

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #111827; background: #fff; margin: 0 auto;
  max-width: 60rem; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding: 1rem 0 .3rem; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #d1d5db; }
thead th { border-bottom: 2px solid #6b7280; }
th { font-weight: 500; } svg { width: 100%; max-width: 44rem; height: auto; }
figure { margin: 1rem 0; } figcaption, .aside { color: #4b5563; }
.wide { overflow-x: auto; }
"""
_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>"""
_AGREEMENT = ("Precision", "Recall", "F1")


def as_page(figures: Evaluation) -> str:
    """Return the figures as an HTML page with plots; it holds no note's text.

    Parameters
    ----------
    figures : Evaluation
        The figures.
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = escape(f"Evaluation of {figures.model}")
    body = "\n".join(_body(figures))
    return _PAGE.format(policy=policy, title=title, style=_STYLE, body=body)


def _body(figures: Evaluation) -> Iterator[str]:
    name, chosen = figures.chosen
    yield f"<h1>Evaluation of {escape(figures.model)}</h1>"
    yield (
        f"<p>{figures.notes:,} labelled notes with {figures.sentences:,} sentences, "
        f"{chosen.sentence.n_gold:,} of which hold blaming wording that counts. Intervals are "
        "95 %, from a bootstrap over notes.</p>"
    )
    yield _table("The chosen model", ("Figure", "Value"), headline(figures))
    yield "<h2>Beside simpler ways to do it</h2>"
    yield _plot("systems", figures, "F1 by sentence of each system; the figures are in the table.")
    for level in LEVELS:
        rows = [
            (system, *_told(getattr(of, level)), str(getattr(of, level).n_marked))
            for system, of in figures.systems.items()
        ]
        yield _table(f"By {level}", ("System", *_AGREEMENT, "Marked"), rows)
    yield _table(
        "Category and context",
        ("System", "Category right, of matched findings", "Uncounted spans left silent"),
        [
            (system, str(of.category_accuracy), str(of.uncounted_spans_silent))
            for system, of in figures.systems.items()
        ],
    )
    yield f"<h2>Where the {escape(name)} is strong and weak</h2>"
    yield from _breakdown(figures)
    yield "<h2>Thresholds</h2>"
    average = figures.curve.average_precision
    yield _plot(
        "curve",
        figures,
        f"Precision against recall by sentence over all thresholds; average precision {average}. "
        "Each point is a system as it counts by default.",
    )
    yield _table(
        "Counting from a score on",
        ("Score", "Precision", "Recall"),
        [
            (f"{point.threshold:.2f}", f"{point.precision:.2f}", f"{point.recall:.2f}")
            for step in range(1, 20)
            if (point := figures.curve.at(step / 20)) is not None
        ],
    )
    yield "<h2>Scores as probabilities</h2>"
    calibration = figures.calibration
    yield _plot(
        "reliability",
        figures,
        f"Scores against the share that counts; expected calibration error {calibration.error:.3f} "
        f"over {calibration.n:,} findings. On the broken line a score is a probability.",
    )
    yield _table(
        "Scores by tenths",
        ("Score", "Findings", "Mean score", "Share that counts"),
        [
            (f"{b.low:.1f} to {b.high:.1f}", str(b.n), _number(b.mean_score), _number(b.share))
            for b in calibration.bins
        ],
    )


def _breakdown(figures: Evaluation) -> Iterator[str]:
    yield _table(
        "By category, spans",
        ("Category", *_AGREEMENT, "Category right, of spans found"),
        [(name, *_told(of.spans), str(of.named)) for name, of in figures.categories.items()],
    )
    yield _table(
        "By context: asserted spans that count, others that do not",
        ("Context", "All spans", "In the lexicon", "The same, by the rules alone"),
        [
            (name, str(of.all_spans), str(of.matched_spans), str(of.rules))
            for name, of in figures.contexts.items()
        ],
    )
    for title, groups in (("Note type", figures.note_types), ("Part", figures.parts)):
        yield _table(
            f"By {title.lower()}, sentences",
            (title, *_AGREEMENT, "Positive"),
            [(name, *_told(found), str(found.n_gold)) for name, found in groups.items()],
        )


def _plot(name: str, figures: Evaluation, alternative: str) -> str:
    caption = escape(alternative)
    return f"<figure>{draw(name, figures, alternative)}<figcaption>{caption}</figcaption></figure>"


def _table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide"><table><caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>"
    )


def _told(found: Agreement) -> tuple[str, str, str]:
    return str(found.precision), str(found.recall), str(found.f1)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
