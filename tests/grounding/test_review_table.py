"""The review file survives spreadsheets: what they do to a table is undone or refused."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.errors import ExporterError, InputError
from exporter.grounding.review_lines import Line
from exporter.grounding.review_table import COLUMNS, read_table, table

LINE = Line(
    key="r0123456789ab",
    document="PMC1",
    place="line 27, characters 5 to 9",
    kind="Genes",
    label="CS",
    stated="NCBI Gene 1431",
    proposal="CHEBI:50858",
    verdict="reject",
    state="decided",
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))


def written(path: Path, *lines: Line) -> Path:
    path.write_bytes(b"".join(table(lines)))
    return path


def cells(lines: tuple[Line, ...]) -> list[tuple[str, ...]]:
    return [tuple(getattr(line, column) for column in COLUMNS) for line in lines]


@pytest.mark.parametrize(
    "label",
    [
        "=1+1",
        "+dP/dt",
        "-1",
        "@home",
        "'=x",
        "''-x",
        "'plain",
        "\tindented",
        "two\nlines",
        'a "word"',
        "Mi-2\u03b1 😀",
        " blank ",
        "\uff1d1",
    ],
)
def test_any_label_comes_back_as_it_was(label: str, tmp_path: Path) -> None:
    (line,) = read_table(written(tmp_path / "r.tsv", replace(LINE, label=label, reason=label)))
    assert (line.label, line.reason) == (label, label)


@given(label=TEXT, reason=TEXT)
def test_any_text_comes_back_as_it_was(
    label: str, reason: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("tables") / "r.tsv"
    (line,) = read_table(written(path, replace(LINE, label=label, reason=reason)))
    assert (line.label, line.reason) == (label, reason)


def test_no_cell_begins_as_a_formula_does(tmp_path: Path) -> None:
    labels = ["=1+1", "+1", "-1", "@x", "\t=1", "'=1", "\r=1"]
    path = written(tmp_path / "r.tsv", *(replace(LINE, label=label) for label in labels))
    with path.open(encoding="utf-8", newline="") as file:
        shown = [cell for row in csv.reader(file, delimiter="\t") for cell in row]
    assert len(shown) == len(COLUMNS) * (len(labels) + 1)
    assert [cell for cell in shown if cell[:1] in {*"=+-@\t\r"}] == []


def test_the_first_line_names_the_columns_of_the_document_and_the_curator(tmp_path: Path) -> None:
    head = written(tmp_path / "r.tsv", LINE).read_text(encoding="utf-8").splitlines()[0]
    assert head.split("\t") == list(COLUMNS)
    assert {"key", "document", "verdict", "reason", "curator", "date"} <= set(COLUMNS)


def test_the_order_of_the_lines_is_that_of_the_papers_whatever_it_was(tmp_path: Path) -> None:
    lines = [
        replace(LINE, document=paper, place=f"line {line}", key=f"r{paper}{line}")
        for paper in ("PMC2", "PMC1")
        for line in (10, 9)
    ]
    one = written(tmp_path / "a.tsv", *lines).read_bytes()
    assert written(tmp_path / "b.tsv", *reversed(lines)).read_bytes() == one
    places = [(line.document, line.place) for line in read_table(tmp_path / "a.tsv")]
    assert places == [
        ("PMC1", "line 9"),
        ("PMC1", "line 10"),
        ("PMC2", "line 9"),
        ("PMC2", "line 10"),
    ]


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [("\t", "utf-8"), ("\t", "utf-8-sig"), (";", "utf-8"), (",", "utf-8-sig"), ("\t", "utf-16")],
)
def test_what_a_spreadsheet_saved_in_its_own_way_is_read(
    separator: str, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    rows = [["key", "label", "verdict"], ["r1", "Mi-2\u03b1", "reject"], ["", "", ""]]
    text = "\r\n".join(separator.join(row) for row in rows) + "\r\n"
    path.write_bytes(text.encode(encoding))
    (line,) = read_table(path)
    assert (line.key, line.label, line.verdict) == ("r1", "Mi-2\u03b1", "reject")


def test_a_line_knows_where_it_stands_even_behind_a_cell_of_two_lines(tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_text('key\treason\tverdict\nr1\t"a\nb"\tkeep\nr2\t\tkeep\n', encoding="utf-8")
    assert [line.where.line for line in read_table(path)] == [2, 4]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "no column 'key'"),
        (b"# A title\n\nProse.\n", "no column 'key'"),
        (b"key\tverdict\tmine\n", "an unknown column 'mine'"),
        (b"key\tverdict\tverdict\n", "two columns 'verdict'"),
        (b"key\tverdict\n\tkeep\n", "the line has no key"),
        (b"key\tverdict\nr1\tkeep\tmore\n", "more cells than there are columns"),
        (b'key\tverdict\nr1\t"keep\n', "not a table"),
        (b"key\tverdict\nr1\t\xe4\n", "is not UTF-8"),
        (b"\xff\xfek", "not whole UTF-16"),
    ],
)
def test_what_is_no_review_file_is_refused(content: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_table(path)
    assert problem in refused.value.problem
    assert refused.value.hint
    assert refused.value.where is not None
    assert refused.value.where.file == str(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExporterError, match=r"none\.tsv.*E191 .*no such file"):
        read_table(tmp_path / "none.tsv")
