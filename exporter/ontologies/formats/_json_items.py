"""The parts of a JSON file one after the other, however large the file."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

_PIECE = 1 << 20
_LONGEST_ITEM = 64 << 20
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


class NoJsonError(ValueError):
    """The text is no JSON; ``line`` is where that shows."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def parts(file: TextIO, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield key and value of every entry of the objects at a path, one by one.

    The path goes down by keys; on the way, each item of an array is entered. The items of an array
    that is such an entry are yielded singly, under its key.
    """
    cursor = _Cursor(file)
    yield from _entries(cursor, path)
    if cursor.peek():
        raise cursor.broken("something follows the end")


class _Cursor:
    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._place = 0
        self._lines_gone = 0

    def broken(self, problem: str) -> NoJsonError:
        """Return the error of what stands here."""
        lines = self._text.count("\n", 0, self._place)
        return NoJsonError(problem, self._lines_gone + lines + 1)

    def _more(self) -> bool:
        piece = self._file.read(_PIECE)
        self._lines_gone += self._text.count("\n", 0, self._place)
        self._text = self._text[self._place :] + piece
        self._place = 0
        if len(self._text) > _LONGEST_ITEM:
            raise self.broken("one item is too long")
        return bool(piece)

    def peek(self) -> str:
        """Return the next character that is no space, or nothing at the end."""
        while True:
            text, place = self._text, self._place
            while place < len(text):
                if text[place] not in _SPACE:
                    self._place = place
                    return text[place]
                place += 1
            self._place = place
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Go over a character that must stand here."""
        found = self.peek()
        if found != expected or not found:
            raise self.broken(f"{expected} is expected, and there is {found or 'the end'}")
        self._place += 1

    def value(self) -> Any:
        """Return the whole value that begins here."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._place)
            except ValueError as problem:
                if not self._more():
                    raise self.broken(str(problem).partition(":")[0].lower()) from None
                continue
            # A number or word at the end of what was read may go on.
            if end == len(self._text) and self._more():
                continue
            self._place = end
            return value

    def key(self) -> str:
        key = self.value()
        if not isinstance(key, str):
            raise self.broken("a key is no text")
        self.take(":")
        return key


def _entries(cursor: _Cursor, path: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for key in _keys(cursor):
        if path and key == path[0]:
            if cursor.peek() == "[":
                for _ in _items(cursor):
                    yield from _entries(cursor, path[1:])
            else:
                yield from _entries(cursor, path[1:])
        elif path:
            cursor.value()
        elif cursor.peek() == "[":
            for _ in _items(cursor):
                yield key, cursor.value()
        else:
            yield key, cursor.value()


def _keys(cursor: _Cursor) -> Iterator[str]:
    cursor.take("{")
    if cursor.peek() == "}":
        cursor.take("}")
        return
    while True:
        yield cursor.key()
        if cursor.peek() == "}":
            cursor.take("}")
            return
        cursor.take(",")


def _items(cursor: _Cursor) -> Iterator[None]:
    """Stop at every item of an array; whoever is stopped there must read it."""
    cursor.take("[")
    if cursor.peek() == "]":
        cursor.take("]")
        return
    while True:
        yield None
        if cursor.peek() == "]":
            cursor.take("]")
            return
        cursor.take(",")
