"""What lint and scan found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Optional, Union, overload

from . import _core, display, frames
from .frozen import Frozen

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import polars  # type: ignore[import-not-found,unused-ignore]
    import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]

_COLUMNS = {
    "rule": "str",
    "severity": "str",
    "confidence": "str",
    "security_severity": "str?",
    "message": "str",
    "help": "str",
    "path": "str",
    "line": "int",
    "column": "int",
    "end_line": "int",
    "end_column": "int",
    "document_path": "str",
    "fingerprint": "str",
}


class Finding(Frozen):
    """One finding. `to_dict` holds all of it, in the form of `iamcheck lint --format json`."""

    __slots__ = ("_json",)
    _json: dict[str, Any]

    def __init__(self, json: dict[str, Any]) -> None:
        self._set(_json=json)

    @property
    def rule(self) -> str:
        """The slug of the rule; `iamcheck.rule(slug)` is its page."""
        return str(self._json["rule"])

    @property
    def severity(self) -> str:
        """`error`, `warning` or `note`."""
        return str(self._json["severity"])

    @property
    def confidence(self) -> str:
        """`high`, `medium` or `low`."""
        return str(self._json["confidence"])

    @property
    def security_severity(self) -> Optional[str]:
        """`critical`, `high`, `medium` or `low`; None when the rule has none."""
        return self._json.get("securitySeverity")

    @property
    def message(self) -> str:
        """What is wrong."""
        return str(self._json["message"])

    @property
    def help(self) -> str:
        """What to do; may be empty."""
        return str(self._json.get("help", ""))

    @property
    def path(self) -> str:
        """The file, or what the text was called."""
        return str(self._json["path"])

    @property
    def line(self) -> int:
        """From 1."""
        return int(self._json["span"]["begin"]["line"])

    @property
    def column(self) -> int:
        """From 1, in code points."""
        return int(self._json["span"]["begin"]["column"])

    @property
    def end_line(self) -> int:
        """The line of the first character behind the place."""
        return int(self._json["span"]["end"]["line"])

    @property
    def end_column(self) -> int:
        """The column of the first character behind the place."""
        return int(self._json["span"]["end"]["column"])

    @property
    def document_path(self) -> str:
        """`Statement[1].Condition.StringLike.aws:PrincipalArn`; may be empty."""
        return str(self._json.get("documentPath", ""))

    @property
    def fingerprint(self) -> str:
        """Stable when lines shift; may be empty."""
        return str(self._json.get("fingerprint", ""))

    @property
    def credential(self) -> Optional[dict[str, Any]]:
        """`kind`, `provider`, `redacted`, `validated`, `accountId` of a credential, else None."""
        found = self._json.get("credential")
        return None if found is None else dict(found)

    def to_dict(self) -> dict[str, Any]:
        """A copy of everything that is known."""
        copied: dict[str, Any] = json.loads(json.dumps(self._json))
        return copied

    def __str__(self) -> str:
        return (
            f"{display.one_line(self.path)}:{self.line}:{self.column}: {self.severity}: "
            f"{display.one_line(self.message)} [{self.rule}]"
        )

    def __repr__(self) -> str:
        return f"<Finding {self}>"

    def __eq__(self, other: object) -> bool:
        return self._json == other._json if isinstance(other, Finding) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.rule, self.path, self.line, self.column, self.message))

    def __reduce__(self) -> Any:
        return Finding, (self._json,)


class Findings(Frozen, Sequence[Finding]):
    """Findings in the order of the inputs, each input sorted by place. A slice is one too."""

    __slots__ = ("_items", "_report", "_text")
    _items: tuple[Finding, ...]
    _report: dict[str, Any]
    _text: Optional[str]

    def __init__(self, report: dict[str, Any], text: Optional[str] = None) -> None:
        self._set(_items=tuple(map(Finding, report["findings"])), _report=report, _text=text)

    @property
    def files(self) -> int:
        """How many inputs were read; a binary one is not."""
        return int(self._report["summary"]["files"])

    @property
    def policies(self) -> int:
        """How many policies were read in them."""
        return int(self._report["summary"]["policies"])

    @property
    def skipped(self) -> int:
        """How many inputs were left out as binary."""
        return int(self._report["summary"]["skipped"])

    @property
    def catalogue(self) -> str:
        """The date of the service data the rules looked at."""
        return str(self._report["catalogue"])

    def to_dict(self) -> dict[str, Any]:
        """The whole report, `iamcheck/lint/v1`."""
        copied: dict[str, Any] = json.loads(json.dumps(self._report))
        return copied

    def to_dicts(self) -> list[dict[str, Any]]:
        """`Finding.to_dict` of each."""
        return [finding.to_dict() for finding in self]

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame with one row a finding. Needs pandas: `pip install 'iamcheck[frames]'`."""
        return frames.to_pandas("Findings", _COLUMNS, self._columns())

    def to_polars(self) -> polars.DataFrame:
        """The same for polars, which must be installed."""
        return frames.to_polars("Findings", _COLUMNS, self._columns())

    def to_arrow(self) -> pyarrow.Table:
        """The same as an Arrow table; pyarrow must be installed."""
        return frames.to_arrow("Findings", _COLUMNS, self._columns())

    def _columns(self) -> list[list[Any]]:
        return [[getattr(finding, name) for finding in self] for name in _COLUMNS]

    def text(self) -> str:
        """The report of `iamcheck lint`, with excerpts; of a slice a line each."""
        return str(self) if self._text is None else self._text

    def __str__(self) -> str:
        counts = [
            f"{count} {severity}{'' if count == 1 else 's'}"
            for severity in ("error", "warning", "note")
            if (count := sum(finding.severity == severity for finding in self))
        ]
        lines = [str(finding) for finding in self]
        return "\n".join([*lines, ", ".join(counts) or "no findings"])

    def __repr__(self) -> str:
        return f"<Findings: {str(self).splitlines()[-1]}>"

    def _repr_html_(self) -> str:
        return display.findings_html(self)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Findings: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Finding, Findings]:
        if isinstance(index, slice):
            return Findings({**self._report, "findings": self._report["findings"][index]})
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, Findings) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __reduce__(self) -> Any:
        return Findings, (self._report, self._text)


def of_run(run: _core.LintRun) -> Findings:
    """The findings of a finished run."""
    return Findings(json.loads(run.json()), run.text())
