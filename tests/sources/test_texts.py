"""``texts.csv`` is read strictly, and only if it is a file."""

import os
from pathlib import Path

import pytest

from exporter.errors import InputError, Where
from exporter.sources._texts import read_texts

HEAD = "file,text_kind,licence\n"
BAD = {
    "columns": ("a,b\n", "E112", 1),
    "kind": (f"{HEAD}a.md,summary,\n", "E111", 2),
    "twice": (f"{HEAD}a.md,verbatim,\nb.md,,\na.md,restatement,\n", "E113", 4),
    "cells": (f"{HEAD}a.md,verbatim,CC0-1.0,more\n", "E112", 2),
    "quote": (f'{HEAD}"a.md,verbatim,\n', "E112", 2),
}


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_does_not_fit_is_refused_with_place_and_hint(
    tmp_path: Path, name: str
) -> None:
    text, code, line = BAD[name]
    table = tmp_path / "texts.csv"
    table.write_text(text, "utf-8")
    with pytest.raises(InputError) as refusal:
        read_texts(table)
    where = refusal.value.where
    assert where is not None
    assert (refusal.value.code, where.file, where.line) == (code, str(table), line)
    assert refusal.value.hint


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "texts.csv"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="not a regular file") as refusal:
        read_texts(pipe)
    assert refusal.value.where == Where(file=str(pipe))


def test_no_table_says_nothing(tmp_path: Path) -> None:
    assert read_texts(tmp_path / "texts.csv") == {}
    (tmp_path / "file").touch()
    assert read_texts(tmp_path / "file" / "texts.csv") == {}
