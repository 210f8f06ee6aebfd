"""Parquet, column by column and a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from index.formats.extract import Unreadable

_LARGEST_GROUP = 1_000_000_000
"""Bytes of the columns of one row group, unpacked."""
_ROWS_AT_ONCE = 16
"""Rows at a time: a small file can unpack to rows of 10 MB each."""


def parquet_rows(file: BinaryIO, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The rows by these columns, all where none are named. Raises Unreadable for a damaged file."""
    from index.formats.archive import Allowance

    table = _opened(file)
    wanted = {name for name in table.schema_arrow.names if not columns or name in columns}
    try:
        for index in range(table.metadata.num_row_groups):
            group = table.metadata.row_group(index)
            parts = [group.column(i) for i in range(group.num_columns)]
            size = sum(p.total_uncompressed_size for p in parts if p.path_in_schema.split(".")[0] in wanted)
            if size > _LARGEST_GROUP:
                raise Unreadable(f"rows of it unpack to {size / 1e9:.0f} GB at once; export it in smaller row groups")
        # A dictionary holds a text of a megabyte once and gives it in every row.
        allowance = Allowance.of(file)
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE, columns=sorted(wanted), use_threads=False):
            allowance.take(0, batch.nbytes)
            yield from _in_microseconds(batch).to_pylist()
    except _parquet_errors() as error:
        raise _damaged(error) from None


def parquet_columns(file: BinaryIO) -> tuple[str, ...]:
    """The columns, dotted where one steps inside an object. Raises Unreadable for a damaged file."""
    return tuple(column for field in _opened(file).schema_arrow for column in _inside(field))


def _opened(file: BinaryIO) -> Any:
    """The Parquet file. Raises Unreadable for a damaged one."""
    from pyarrow import parquet

    file.seek(0)
    try:
        return parquet.ParquetFile(file, pre_buffer=False)
    except _parquet_errors() as error:
        raise _damaged(error) from None


def _parquet_errors() -> tuple[type[Exception], ...]:
    """What broken Parquet has been seen to raise, on opening and on reading."""
    import pyarrow as pa

    return (pa.ArrowException, OSError, ValueError, TypeError, LookupError, ArithmeticError, MemoryError)


def _damaged(error: Exception) -> Unreadable:
    reason = str(error).partition("\n")[0][:120]
    return Unreadable(f"its Parquet is damaged or of a kind not read here ({reason}); export it again")


def _inside(field: Any, depth: int = 3) -> Iterator[str]:
    """The column and, where it is an object, the dotted names of what it holds."""
    import pyarrow as pa

    yield field.name
    if depth and pa.types.is_struct(field.type):
        for inner in field.type:
            yield from (f"{field.name}.{name}" for name in _inside(inner, depth - 1))


def _in_microseconds(batch: Any) -> Any:
    """The rows with the times that Python can hold: nanoseconds would need pandas."""
    import pyarrow as pa

    for index, column in enumerate(batch.schema):
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            finer = batch.column(index).cast(pa.timestamp("us", column.type.tz), safe=False)
            batch = batch.set_column(index, column.name, finer)
    return batch
