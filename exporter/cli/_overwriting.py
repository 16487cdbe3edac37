"""No output may take the place of what it is made from."""

import os
from collections.abc import Iterable
from pathlib import Path

from exporter.errors import UsageError, Where
from exporter.writers.files import STDOUT


def refuse_overwriting(output: Path, inputs: Iterable[Path | str]) -> None:
    """Refuse to write to a file that is read, by whatever name; devices may be both."""
    if output == STDOUT or not output.is_file():
        return
    target = os.path.realpath(output)
    if any(os.path.realpath(each) == target for each in inputs):
        raise UsageError(
            "this file is read, and would be replaced by what is made from it",
            code="E222",
            where=Where(file=str(output)),
            hint="write to another file",
        )
