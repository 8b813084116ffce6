"""DataFrames and Arrow tables. Each library is loaded when it is asked for, and missed by name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    import polars  # type: ignore[import-not-found,unused-ignore]
    import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]

#: Names of columns, and what they hold: `str`, `int` or `bool`, with `?` where None may stand.
Columns = Mapping[str, str]
#: The columns themselves, in the same order.
Values = list[list[Any]]

# Text columns are `object`: it means the same in every version of pandas.
_PANDAS = {"str": object, "str?": object, "int": "int64", "int?": "Int64", "bool": "bool"}
_POLARS = {"str": "String", "int": "Int64", "bool": "Boolean"}
_ARROW = {"str": "string", "int": "int64", "bool": "bool_"}


def to_pandas(asker: str, columns: Columns, values: Values) -> pandas.DataFrame:
    """A DataFrame of the columns. `asker` is who is missing the library."""
    library = _load("pandas", f"{asker}.to_pandas")
    frame: pandas.DataFrame = library.DataFrame(
        {
            name: library.Series(column, dtype=_PANDAS[kind])
            for (name, kind), column in zip(columns.items(), values)
        }
    )
    return frame


def to_polars(asker: str, columns: Columns, values: Values) -> polars.DataFrame:
    """The same for polars."""
    library = _load("polars", f"{asker}.to_polars")
    schema = {name: getattr(library, _POLARS[kind.rstrip("?")]) for name, kind in columns.items()}
    frame: polars.DataFrame = library.DataFrame(dict(zip(columns, values)), schema=schema)
    return frame


def to_arrow(asker: str, columns: Columns, values: Values) -> pyarrow.Table:
    """The same for Arrow."""
    library = _load("pyarrow", f"{asker}.to_arrow")
    kinds = {name: getattr(library, _ARROW[kind.rstrip("?")])() for name, kind in columns.items()}
    table: pyarrow.Table = library.table(
        dict(zip(columns, values)), schema=library.schema(list(kinds.items()))
    )
    return table


def _load(library: str, asker: str) -> Any:
    try:
        return importlib.import_module(library)
    except ImportError as error:
        extra = "iamcheck[frames]" if library == "pandas" else library
        raise ImportError(f"{asker} needs {library}; pip install '{extra}'") from error
