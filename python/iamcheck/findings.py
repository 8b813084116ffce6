"""What lint and scan found."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
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
    def notes(self) -> tuple[str, ...]:
        """Why it matters here, one line each."""
        return tuple(self._json.get("notes", ()))

    @property
    def related(self) -> tuple[dict[str, Any], ...]:
        """Further places, each with `span` and `message`."""
        return tuple(_copied(self._json.get("related", [])))

    @property
    def fix(self) -> Optional[dict[str, Any]]:
        """`safe`, `description` and `edits`, each with `span` and `replacement`; None: no fix."""
        found: Optional[dict[str, Any]] = _copied(self._json.get("fix"))
        return found

    @property
    def suppression(self) -> Optional[dict[str, str]]:
        """Of one of `Findings.suppressed`: `by` (`source` or `baseline`) and `reason`; else None."""
        found = self._json.get("suppression")
        return None if found is None else dict(found)

    @property
    def credential(self) -> Optional[dict[str, Any]]:
        """`kind`, `provider`, `redacted`, `validated`, `accountId` of a credential, else None."""
        found = self._json.get("credential")
        return None if found is None else dict(found)

    def to_dict(self) -> dict[str, Any]:
        """A copy of everything that is known."""
        copied: dict[str, Any] = _copied(self._json)
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

    __slots__ = ("_chosen", "_handle", "_items", "_rendered", "_report")
    _items: tuple[Finding, ...]
    _report: dict[str, Any]
    _handle: Optional[_core.LintReport]  # what renders; None after pickling
    _chosen: Optional[tuple[int, ...]]  # the findings of it that this is; None: all
    _rendered: Mapping[str, str]  # what was pickled in its place, by format

    def __init__(
        self,
        report: dict[str, Any],
        handle: Optional[_core.LintReport] = None,
        chosen: Optional[Sequence[int]] = None,
        rendered: Optional[Mapping[str, str]] = None,
    ) -> None:
        self._set(
            _items=tuple(map(Finding, report["findings"])),
            _report=report,
            _handle=handle,
            _chosen=None if chosen is None else tuple(chosen),
            _rendered=rendered or {},
        )

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
    def suppressed(self) -> tuple[Finding, ...]:
        """Findings that a comment or the baseline silences, each with its `suppression`."""
        return tuple(map(Finding, self._report.get("suppressed", ())))

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said about suppressions: not needed, expired, unreadable; one line each."""
        return tuple(self._report.get("notes", ()))

    @property
    def errors(self) -> tuple[dict[str, str], ...]:
        """Rules of the caller's own that raised, each with `path`, `code`, `message` and `help`."""
        return tuple(_copied(self._report["errors"]))

    @property
    def catalogue(self) -> str:
        """The date of the service data the rules looked at."""
        return str(self._report["catalogue"])

    def to_dict(self) -> dict[str, Any]:
        """The whole report, `iamcheck/lint/v1`."""
        copied: dict[str, Any] = _copied(self._report)
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

    def render(self, format: str = "text") -> str:
        """What `iamcheck lint --format` prints.

        format: `text`, `json`, `sarif`, `junit`, `github`, `gitlab`, `markdown` or
                `access-analyzer`

        A part of findings that were pickled raises ValueError: render before, or the whole.
        """
        if format not in _core.REPORT_FORMATS:
            raise ValueError(
                f"format: there is no {format!r}; there are {', '.join(_core.REPORT_FORMATS)}"
            )
        if self._handle is not None:
            return self._handle.render(format, self._chosen)
        if format not in self._rendered:
            raise ValueError("render: a part of findings that were pickled can be rendered no more")
        return self._rendered[format]

    def text(self) -> str:
        """The report of `iamcheck lint`, with excerpts; without a handle to the texts, a line each."""
        return self.render() if self._handle is not None or self._rendered else str(self)

    def baseline(self) -> str:
        """What `iamcheck baseline` writes: these findings, to be given to `lint(baseline=...)`.

        It holds no secret, and its key is random. Raises ValueError after pickling, and of a part.
        """
        if self._handle is None or self._chosen is not None:
            raise ValueError("baseline: only all findings of a `lint` make one, before pickling")
        return self._handle.baseline(os.urandom(32))

    def __str__(self) -> str:
        counts = [
            f"{count} {severity}{'' if count == 1 else 's'}"
            for severity in ("error", "warning", "note")
            if (count := sum(finding.severity == severity for finding in self))
        ]
        silent = len(self.suppressed)
        summary = (", ".join(counts) or "no findings") + (f", {silent} suppressed" if silent else "")
        return "\n".join([*map(str, self), summary])

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
            numbers = range(len(self))[index] if self._chosen is None else self._chosen[index]
            report = {**self._report, "findings": self._report["findings"][index]}
            report.pop("suppressed", None)
            return Findings(report, self._handle, numbers)
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        return self._items == other._items if isinstance(other, Findings) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __reduce__(self) -> Any:
        # The handle holds the texts, and with them their secrets; what is rendered holds none.
        rendered = self._rendered
        if self._handle is not None:
            rendered = {format: self.render(format) for format in _core.REPORT_FORMATS}
        return Findings, (self._report, None, self._chosen, dict(rendered))


def _copied(value: Any) -> Any:
    return json.loads(json.dumps(value))


def of_run(run: _core.LintRun) -> Findings:
    """The findings of a finished run."""
    report = run.report()
    return Findings(json.loads(report.render("json")), report)
