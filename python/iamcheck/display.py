"""Rich display in notebooks.

What is shown comes from policies that nobody vouches for: every text is escaped, control characters
are written out, credentials are masked, and nothing is loaded from anywhere.
"""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any, Optional

from . import _core

if TYPE_CHECKING:
    from .decision import Decision
    from .findings import Findings

#: Rows of a table and lines of a policy that are shown; the rest is counted.
MOST_ROWS = 200
_AROUND = 8
_AROUND_NEAREST = 2
_WIDEST = 400

CELL = 'style="text-align:left;vertical-align:top"'
COLOURS = {
    "Allowed": "#1a7f37",
    "ExplicitlyDenied": "#cf222e",
    "ImplicitlyDenied": "#cf222e",
    "Undecided": "#9a6700",
    "PASS": "#1a7f37",
    "FAIL": "#cf222e",
    "UNKNOWN": "#9a6700",
    "error": "#cf222e",
    "warning": "#9a6700",
    "note": "#57606a",
}
# `scp` is `service control policy` in sentences.
_TITLES = {name: title for name, title, _ in _core.policy_kinds()}
_DECIDED = "background:#fff8c5;color:#24292f"
_NEAREST = "background:#ddf4ff;color:#24292f"
# By how the text of a layer begins.
_SAYS = {
    "allows": "#1a7f37",
    "denies": "#cf222e",
    "does not allow": "#cf222e",
    "may": "#9a6700",
    "has no say": "#57606a",
}


def one_line(text: str) -> str:
    """`text` with control characters written as escapes."""
    return _core.escape_controls(text)


def decision_html(decision: Decision) -> str:
    """The verdict, its reason, the policies that decided or nearly did, and what each layer says."""
    handle = decision._handle
    sentence, cause, decided_by, also, nearest, layers, _ = handle.explained(True)
    report = json.loads(handle.json(True))  # its texts are redacted, those of `explained` are not
    reason = cause
    if decision.kind == "Undecided":
        reason = "it hangs on: " + ", ".join(decision.missing_context)
    parts = [
        f'<div><strong style="color:{COLOURS[decision.kind]}">{escape(decision.kind)}</strong> '
        f"{escape(sentence)}<br>{escape(reason)}</div>"
    ]
    for note in (decided_by, also):
        if note is not None:
            parts.append(_note(decision, note, escape(note[4]), _DECIDED, mark_all=True))
    for note, redacted in zip(nearest, report.get("nearest", ())):
        hint = f'<span style="{_NEAREST}">{escape(redacted["note"])}</span>'
        parts.append(_note(decision, note, hint, _NEAREST, mark_all=False))
    # One layer has nothing to say that the verdict did not.
    if len(layers) > 1:
        parts.append(_layer_table(decision, layers, decided_by))
    for warning in report["warnings"]:
        parts.append(f"<div>warning: {escape(warning['message'])}</div>")
    return "".join(parts)


def _note(
    decision: Decision, note: tuple[Any, ...], text: str, style: str, *, mark_all: bool
) -> str:
    layer, where = note[0], note[7]
    masked = decision.policies._policy_at(where[0])._handle.masked_text
    focus = where[3:5]
    marked = where[1:3] if mark_all else focus
    return (
        f"<div>{text} in {escape(note[1])}:{note[5]}, {_TITLES[layer]}, "
        f"{escape(_title(masked, note))}</div>"
        + _excerpt(masked, marked, focus, style, _AROUND if mark_all else _AROUND_NEAREST)
    )


def _title(masked: bytes, note: tuple[Any, ...]) -> str:
    sid = note[3]
    # A Sid that the mask touched is not named.
    return f'statement "{sid}"' if sid is not None and sid.encode() in masked else f"statement {note[2]}"


def _layer_table(
    decision: Decision, layers: list[Any], decided_by: Optional[tuple[Any, ...]]
) -> str:
    rows = []
    for layer, level, says, by in layers:
        place = ""
        if by is not None:
            masked = decision.policies._policy_at(by[7][0])._handle.masked_text
            place = f"{escape(by[1])}:{by[5]}, {escape(_title(masked, by))}"
        colour = next((colour for start, colour in _SAYS.items() if says.startswith(start)), "inherit")
        cells = [
            escape(layer if level is None else f"{layer} at {level}"),
            f'<span style="color:{colour}">{escape(says)}</span>',
            place,
        ]
        if by is not None and decided_by is not None and by[7][0] == decided_by[7][0] and by[2] == decided_by[2]:
            cells = [f"<strong>{cell}</strong>" for cell in cells]
        rows.append("<tr>" + "".join(f"<td {CELL}>{cell}</td>" for cell in cells) + "</tr>")
    head = "".join(f"<th {CELL}>{title}</th>" for title in ("layer", "says", "by"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def report_html(text: str) -> str:
    """A text of ours that begins with a verdict: the sentence, then the lines of evidence."""
    first, *evidence = text.rstrip("\n").split("\n")
    verdict, _, sentence = first.partition("  ")
    shown = f'<strong style="color:{COLOURS[verdict]}">{escape(verdict)}</strong> {escape(sentence)}'
    lines = "\n".join(escape(line, None) for line in evidence)
    return f"<div>{shown}</div>" + (f"<pre>{lines}</pre>" if evidence else "")


def findings_html(findings: Findings) -> str:
    """A table, and a line that counts."""
    summary = escape(str(findings).splitlines()[-1])
    if not findings:
        return f"<div>{summary}</div>"
    rows = [
        "<tr>"
        f'<td {CELL}><span style="color:{COLOURS[one.severity]}">{escape(one.severity)}</span></td>'
        f"<td {CELL}><code>{escape(one.rule)}</code></td>"
        f"<td {CELL}>{escape(one.path)}:{one.line}:{one.column}</td>"
        f"<td {CELL}>{escape(one.message)}</td>"
        f"<td {CELL}>{escape(one.help)}</td></tr>"
        for one in findings[:MOST_ROWS]
    ]
    head = "".join(f"<th {CELL}>{title}</th>" for title in ("", "rule", "place", "message", "help"))
    if len(findings) > MOST_ROWS:
        summary += f"; the first {MOST_ROWS} are shown"
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"<div>{summary}</div>"
    )


def escape(text: str, widest: Optional[int] = _WIDEST) -> str:
    """`text` as HTML, cut when it is very long."""
    if widest is not None and len(text) > widest:
        text = text[:widest] + "…"
    return html.escape(one_line(text))


def _excerpt(
    text: bytes, marked: tuple[int, int], focus: tuple[int, int], style: str, around: int
) -> str:
    """The lines around what is marked, with the element to look at in bold."""
    begin = text.count(b"\n", 0, marked[0])
    end = text.count(b"\n", 0, marked[1])
    first, last = max(0, begin - around), min(end + around, begin + MOST_ROWS)
    shown, offset = [], 0
    all_lines = text.rstrip(b"\n").split(b"\n")
    for number, line in enumerate(all_lines):
        if first <= number <= last:
            shown.append(f"{number + 1:5} | {_line(line, offset, marked, focus, style)}")
        offset += len(line) + 1
    if first > 0:
        shown.insert(0, "      | …")
    if last < len(all_lines) - 1:
        shown.append("      | …")
    return f'<pre style="line-height:1.25">{chr(10).join(shown)}</pre>'


def _line(
    line: bytes, offset: int, marked: tuple[int, int], focus: tuple[int, int], style: str
) -> str:
    # Cut at every border inside the line, then dress each piece. A piece begins and ends between
    # characters, because spans do.
    size = len(line)
    cuts = {0, size}
    cuts.update(min(max(place - offset, 0), size) for place in (*marked, *focus))
    pieces = []
    borders = sorted(cuts)
    for begin, end in zip(borders, borders[1:]):
        piece = line[begin:end].decode("utf-8", "replace").replace("\t", " ").replace("\r", "")
        shown = escape(piece)
        if focus[0] <= offset + begin < focus[1]:
            shown = f"<strong>{shown}</strong>"
        if marked[0] <= offset + begin < marked[1]:
            shown = f'<mark style="{style}">{shown}</mark>'
        pieces.append(shown)
    return "".join(pieces)
