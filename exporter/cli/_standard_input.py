"""What is piped into a command."""

import sys

from exporter.errors import InputError

NAME = "standard input"


def standard_input() -> bytes:
    """Return all that stands on standard input; a closed one is an error, not an empty file."""
    if sys.stdin is None:
        raise InputError(
            "standard input is closed",
            code="E103",
            hint="pipe the data in, or name a file",
        )
    return sys.stdin.buffer.read()
