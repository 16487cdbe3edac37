"""What an output may not be: a file that it is made from, or a folder."""

import os
from collections.abc import Iterable
from pathlib import Path

from exporter.errors import OutputError, UsageError, Where
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


def refuse_folder(output: Path) -> None:
    """Refuse a folder as the name of one file to write."""
    if output != STDOUT and output.is_dir():
        raise OutputError(
            "this is a folder, and one file is to be written",
            code="E302",
            where=Where(file=str(output)),
            hint="give the name of a file inside the folder",
        )
