"""Arrays of whole numbers and of texts from a file of NumPy's: whatever stands in it, nothing of it is executed."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection

import numpy as np

MOST_BYTES = 100_000_000  # of the arrays, unpacked


class DamagedArraysError(ValueError):
    """A file that does not hold the arrays."""


UNREADABLE = (
    *(
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        EOFError,
        OSError,
        RecursionError,
        OverflowError,
        MemoryError,
    ),
    *(NotImplementedError, zipfile.BadZipFile, zlib.error, struct.error),
)
"""What reading a damaged file may end in."""


def arrays_of(content: bytes, names: Collection[str]) -> dict[str, np.ndarray]:
    """The arrays of these names that a `.npz` file holds.

    Raises
    ------
    DamagedArraysError
        It is no such file, lacks one of them, or holds more than 100 MB.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                raise DamagedArraysError
        with np.load(io.BytesIO(content), allow_pickle=False) as read:
            return {name: read[name] for name in names}
    except UNREADABLE as error:
        raise DamagedArraysError from error
