"""Rich display in notebooks.

What is shown comes from policies that nobody vouches for: every text is escaped, control characters
are written out, credentials are masked, and nothing is loaded from anywhere.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Optional

from . import _core

if TYPE_CHECKING:
    from .decision import Decision
    from .findings import Findings

#: Rows of a table and lines of a policy that are shown; the rest is counted.
MOST_ROWS = 200
_AROUND = 8
_WIDEST = 400

_CELL = 'style="text-align:left;vertical-align:top"'
_COLOURS = {
    "Allowed": "#1a7f37",
    "ExplicitlyDenied": "#cf222e",
    "ImplicitlyDenied": "#cf222e",
    "Undecided": "#9a6700",
    "error": "#cf222e",
    "warning": "#9a6700",
    "note": "#57606a",
}


def one_line(text: str) -> str:
    """`text` with control characters written as escapes."""
    return _core.escape_controls(text)


def decision_html(decision: Decision) -> str:
    """The verdict, its reason, and the policy with the deciding statement marked."""
    handle = decision._handle
    sentence, cause, decided_by, also, _ = handle.explained(False)
    reason = cause
    if decision.kind == "Undecided":
        reason = "it hangs on: " + ", ".join(decision.missing_context)
    parts = [
        f'<div><strong style="color:{_COLOURS[decision.kind]}">{_escape(decision.kind)}</strong> '
        f"{_escape(sentence)}<br>{_escape(reason)}</div>"
    ]
    for note in (decided_by, also):
        if note is None:
            continue
        layer, policy, statement, sid, text, line, _, where = note
        masked = decision.policies._policy_at(where[0])._handle.masked_text
        # A Sid that the mask touched is not named.
        named = sid is not None and sid.encode() in masked
        title = f'statement "{sid}"' if named else f"statement {statement}"
        parts.append(
            f"<div>{_escape(text)} in {_escape(policy)}:{line}, {_escape(layer)} policy, "
            f"{_escape(title)}</div>"
        )
        parts.append(_excerpt(masked, where[1:3], where[3:5]))
    for warning in decision.warnings:
        parts.append(f"<div>warning: {_escape(warning.message)}</div>")
    return "".join(parts)


def findings_html(findings: Findings) -> str:
    """A table, and a line that counts."""
    summary = _escape(str(findings).splitlines()[-1])
    if not findings:
        return f"<div>{summary}</div>"
    rows = [
        "<tr>"
        f'<td {_CELL}><span style="color:{_COLOURS[one.severity]}">{_escape(one.severity)}</span></td>'
        f"<td {_CELL}><code>{_escape(one.rule)}</code></td>"
        f"<td {_CELL}>{_escape(one.path)}:{one.line}:{one.column}</td>"
        f"<td {_CELL}>{_escape(one.message)}</td>"
        f"<td {_CELL}>{_escape(one.help)}</td></tr>"
        for one in findings[:MOST_ROWS]
    ]
    head = "".join(f"<th {_CELL}>{title}</th>" for title in ("", "rule", "place", "message", "help"))
    if len(findings) > MOST_ROWS:
        summary += f"; the first {MOST_ROWS} are shown"
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"<div>{summary}</div>"
    )


def _escape(text: str, widest: Optional[int] = _WIDEST) -> str:
    if widest is not None and len(text) > widest:
        text = text[:widest] + "…"
    return html.escape(one_line(text))


def _excerpt(text: bytes, statement: tuple[int, int], focus: tuple[int, int]) -> str:
    """The lines around a statement: the statement marked, the deciding element in bold."""
    begin = text.count(b"\n", 0, statement[0])
    end = text.count(b"\n", 0, statement[1])
    first, last = max(0, begin - _AROUND), min(end + _AROUND, begin + MOST_ROWS)
    shown, offset = [], 0
    all_lines = text.rstrip(b"\n").split(b"\n")
    for number, line in enumerate(all_lines):
        if first <= number <= last:
            shown.append(f"{number + 1:5} | {_line(line, offset, statement, focus)}")
        offset += len(line) + 1
    if first > 0:
        shown.insert(0, "      | …")
    if last < len(all_lines) - 1:
        shown.append("      | …")
    return f'<pre style="line-height:1.25">{chr(10).join(shown)}</pre>'


def _line(line: bytes, offset: int, statement: tuple[int, int], focus: tuple[int, int]) -> str:
    # Cut at every border inside the line, then dress each piece. A piece begins and ends between
    # characters, because spans do.
    size = len(line)
    cuts = {0, size}
    cuts.update(min(max(place - offset, 0), size) for place in (*statement, *focus))
    pieces = []
    borders = sorted(cuts)
    for begin, end in zip(borders, borders[1:]):
        piece = line[begin:end].decode("utf-8", "replace").replace("\t", " ").replace("\r", "")
        shown = _escape(piece)
        if focus[0] <= offset + begin < focus[1]:
            shown = f"<strong>{shown}</strong>"
        if statement[0] <= offset + begin < statement[1]:
            shown = f'<mark style="background:#fff8c5;color:#24292f">{shown}</mark>'
        pieces.append(shown)
    return "".join(pieces)
