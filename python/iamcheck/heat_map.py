"""The answers of `what_if` as a table of colours, for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .display import CELL, MOST_ROWS, escape

if TYPE_CHECKING:
    from .access_matrix import AccessMatrix

#: Columns that are shown; the rest is counted.
MOST_COLUMNS = 40
_WIDEST = 80

# The words tell what the colours tell: not everybody sees both.
_ANSWERS = {
    "Allowed": ("allowed", "#aceebb"),
    "ExplicitlyDenied": ("denied", "#ff8182"),
    "ImplicitlyDenied": ("not allowed", "#ffcecb"),
    "Undecided": ("undecided", "#fae17d"),
}


def matrix_html(matrix: AccessMatrix) -> str:
    """Actions (or resources, when there is one action) as columns, everything else as rows.

    What is the same in all rows stands above them.
    """
    axes = matrix.axes
    across = "resource" if len(axes["action"]) == 1 and len(axes["resource"]) > 1 else "action"
    down = [name for name, values in axes.items() if name != across and len(values) > 1]
    same = {
        name: values[0]
        for name, values in axes.items()
        if name != across and len(values) == 1 and values[0]
    }
    columns = axes[across][:MOST_COLUMNS]
    total = len(matrix) // len(axes[across])
    body = []
    for row in range(min(total, MOST_ROWS)):
        # Actions and resources are the two innermost axes.
        if across == "resource":
            begin, step = row * len(axes["resource"]), 1
        else:
            outer, inner = divmod(row, len(axes["resource"]))
            begin = outer * len(axes["action"]) * len(axes["resource"]) + inner
            step = len(axes["resource"])
        answers = [matrix[begin + step * i] for i in range(len(columns))]
        titles = "".join(f"<td {CELL}>{escape(getattr(answers[0], name), _WIDEST)}</td>" for name in down)
        body.append(f"<tr>{titles}{''.join(_cell(answer.kind) for answer in answers)}</tr>")
    head = "".join(f"<th {CELL}>{title}</th>" for title in down)
    head += "".join(f"<th {CELL}>{escape(title, _WIDEST)}</th>" for title in columns)
    return (
        "".join(f"<div>{name}: {escape(value, None)}</div>" for name, value in same.items())
        + f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
        + f"<div>{_summary(matrix, total, len(axes[across]))}</div>"
    )


def _cell(kind: str) -> str:
    word, colour = _ANSWERS[kind]
    return f'<td style="text-align:center;background:{colour};color:#24292f">{word}</td>'


def _summary(matrix: AccessMatrix, rows: int, columns: int) -> str:
    counts = matrix.counts
    text = ", ".join(f"{counts[kind]} {word}" for kind, (word, _) in _ANSWERS.items() if kind in counts)
    if rows > MOST_ROWS:
        text += f"; the first {MOST_ROWS} of {rows} rows are shown"
    if columns > MOST_COLUMNS:
        text += f"; the first {MOST_COLUMNS} of {columns} columns are shown"
    return text
