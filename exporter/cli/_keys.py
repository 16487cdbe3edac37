"""Single keys from a terminal, without losing what was typed ahead."""

import os
import select
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager

_ESCAPE = b"\x1b"
_REST_OF_A_KEY = 0.05
_LONGEST_KEY = 32


@contextmanager
def single_keys(terminal: int) -> Iterator[None]:
    """Let a terminal pass on each key at once; it is as before afterwards, whatever happens."""
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


@contextmanager
def whole_lines(terminal: int) -> Iterator[None]:
    """Let a terminal that passes on single keys take a line, with its usual editing, for once."""
    before = termios.tcgetattr(terminal)
    usual = list(before)
    usual[3] |= termios.ICANON | termios.ECHO
    try:
        termios.tcsetattr(terminal, termios.TCSADRAIN, usual)
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def pressed(terminal: int) -> str:
    """Return the next key; nothing if the terminal is gone.

    What an arrow or a function key sends is one key: its last letter is none.
    """
    key = _read(terminal, 1)
    if key == _ESCAPE:
        while len(key) < _LONGEST_KEY and select.select([terminal], [], [], _REST_OF_A_KEY)[0]:
            more = _read(terminal, 1)
            if not more:
                break
            key += more
    return key.decode("ascii", "replace")


def _read(terminal: int, count: int) -> bytes:
    try:
        return os.read(terminal, count)
    except OSError:
        return b""
