"""ORC (.orc): only the needed columns, a stripe at a time, as Hive and Spark write them.

Values become text by the same rules as in Parquet. There are rows, but no lines.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from polars.exceptions import PolarsError

from copydesk.errors import InputError
from copydesk.model.chunk import Chunk
from copydesk.readers.fields.columns import Wanted
from copydesk.readers.fields.row_chunks import with_all_bytes
from copydesk.readers.files.compression import Stream, with_places
from copydesk.readers.tables.arrow import chunks_of_batches
from copydesk.readers.tables.parquet import sample_of

__all__ = ["read"]


def read(stream: Stream, wanted: Wanted, chunk_bytes: int) -> Iterator[Chunk]:
    """Read an ORC file in chunks that hold about chunk_bytes of the needed columns.

    Raises:
        NoArticlesError: the file holds no rows.
        InputError: the file is cut short, damaged, or not ORC.
        MappingError: no column holds the body, or a mapped or extra one is not there.
    """
    from pyarrow import orc  # not in every build of pyarrow

    with with_places(stream) as place:
        try:
            file = orc.ORCFile(place)
            sample = sample_of(file.schema, wanted, lambda names: file.read_stripe(0, names) if file.nstripes else None)
            columns = wanted.find(file.schema.names, stream.name, sample)
            stripes = (file.read_stripe(number, columns.keys) for number in range(file.nstripes))
            chunks = chunks_of_batches(_counted(stripes, file.nrows), columns, stream, chunk_bytes)
            yield from with_all_bytes(chunks, stream)
        except (pa.ArrowException, PolarsError, OSError, OverflowError, ValueError, KeyError, MemoryError) as error:
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise InputError(
                f"{stream.name}: expected an ORC file, got one that is damaged, cut short or not ORC"
                f" ({reason}). Fetch or write the file again."
            ) from error


def _counted(stripes: Iterator[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """Yield the stripes, and see that they have as many rows as the file says."""
    read = 0
    for stripe in stripes:
        read += stripe.num_rows
        yield stripe
    if read != rows:
        raise ValueError(f"it says that it has {rows} rows, and its stripes have {read}")
