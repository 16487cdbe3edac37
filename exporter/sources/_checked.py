"""Bytes on their way from a file: counted, and every failure a clear error with the file's name."""

import zlib
from collections.abc import Callable
from gzip import BadGzipFile
from io import RawIOBase
from typing import Any

from exporter.errors import InputError, LimitError, Where
from exporter.sources._decode import unreadable


class Checked(RawIOBase):
    """A stream that ends in an error where more than ``max_bytes`` come or a read fails."""

    def __init__(self, read: Callable[[int], bytes], where: Where, max_bytes: int) -> None:
        self._read, self._where, self._max_bytes, self._count = read, where, max_bytes, 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there is something, and return how far."""
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view) and (piece := self._piece(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled

    def _piece(self, size: int) -> bytes:
        try:
            piece = self._read(size)
        except (BadGzipFile, EOFError, zlib.error) as error:
            raise _damaged(self._where) from error
        except OSError as error:
            raise unreadable(error, self._where) from error
        self._count += len(piece)
        if self._count > self._max_bytes:
            raise LimitError(
                f"the file is larger than {self._max_bytes} bytes",
                code="E501",
                where=self._where,
                hint="split it; exporter export takes larger ones with --max-bytes",
            )
        return piece


def _damaged(where: Where) -> InputError:
    return InputError(
        "the packed file is damaged or cut off",
        code="E118",
        where=where,
        hint="fetch or pack it again",
    )
