"""From what people pass to what the extension takes. Every refusal names the argument."""

from __future__ import annotations

import os
import stat
from typing import Union

from . import _core
from .errors import InputError, PolicyError

PathLike = Union[str, "os.PathLike[str]", "os.PathLike[bytes]"]


def text(name: str, value: object, *, empty: bool = False) -> str:
    """`value` when it is a text that can be written as UTF-8."""
    if not isinstance(value, str):
        raise TypeError(f"{name}: a str is expected, not {type(value).__name__}")
    if not value and not empty:
        raise ValueError(f"{name}: it is empty")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError(
                f"{name}: it holds a lone surrogate at position {error.start}"
            ) from None
    return value


def optional_text(name: str, value: object) -> str:
    """The same, where None stands for "not given"; that is the empty text below."""
    return "" if value is None else text(name, value)


def label(value: object) -> bytes:
    """A name that is only shown: whatever it holds, it becomes bytes."""
    if not isinstance(value, str):
        raise TypeError(f"name: a str is expected, not {type(value).__name__}")
    return value.encode("utf-8", "backslashreplace")


def source(name: str, value: object) -> bytes:
    """The bytes of a text. A lone surrogate stays in, and the reader refuses it as `not-utf8`."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    raise TypeError(f"{name}: a str or bytes is expected, not {type(value).__name__}")


# Not blocking: opening a FIFO without a writer would wait for ever.
_FLAGS = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY")
)


def _bytes_of(path: PathLike, name: bytes) -> bytes:
    with open(path, "rb", opener=lambda given, _: os.open(given, _FLAGS)) as file:
        # The kind is asked of the open file, so nobody can exchange it in between.
        mode = os.fstat(file.fileno()).st_mode
        if name == b"/dev/stdin" or name.startswith(b"/dev/fd/"):
            os.set_blocking(file.fileno(), True)  # what the shell makes of `<(command)`
        elif not stat.S_ISREG(mode):
            kind = "FIFO" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device"
            raise OSError(f"it is a {kind}, not a file")
        return file.read(_core.MAX_BYTES + 1)


def read_file(path: PathLike) -> tuple[bytes, bytes]:
    """Name and content of a file."""
    name = os.fsencode(path)
    shown = os.fsdecode(name).encode("utf-8", "backslashreplace").decode()
    try:
        content = _bytes_of(path, name)
    except ValueError:
        raise ValueError(f"path: `{_core.escape_controls(shown)}` holds a NUL character") from None
    except OSError as error:
        raise InputError(
            f"cannot read `{_core.escape_controls(shown)}`: {error.strerror or error}",
            code="unreadable",
            help="give single files, as in lint(*folder.rglob('*.json'))"
            if isinstance(error, IsADirectoryError)
            else "check the path and its permissions",
        ) from error
    if len(content) > _core.MAX_BYTES:
        raise PolicyError(
            f"`{_core.escape_controls(shown)}` is larger than {_core.MAX_BYTES} bytes",
            code="limit-exceeded",
            help="split the file",
        )
    return name, content
