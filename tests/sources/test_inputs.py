"""Files, folders and standard input: what is read, what is left out, what is refused."""

import gzip
import io
import os
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from exporter.errors import ExporterError, InputError, LimitError, UsageError, Where
from exporter.model.document import Document, TextKind
from exporter.model.findings import Finding
from exporter.model.identifiers import bundled_namespaces
from exporter.sources import (
    Parsed,
    Record,
    Settings,
    choose,
    inputs,
    parse,
    read,
    readers,
    records,
)

SETTINGS = Settings(namespaces=bundled_namespaces())
DIGEST = "# T\n\nPMC · 2020\n\n## Abstract\n\nWords.\n\n---\nSource: https://example.org/a\n"
PLAIN = "T\n\nPMC · 2020\n\nAbstract\nWords.\n\nSource: https://example.org/a\n"
READ_ME = (
    "# A method\n\n**Authors:** A B, C D\n\nDOI: 10.5281/zenodo.7\n\n## TL;DR\n\nFast.\n\n"
    "## Installation\n\n## Usage\n\n## Licence\n\n## Contributing\n"
)
OWN_MANUAL = "# Formats\n\n## Digest\n\n```\n## TL;DR\n\n## Abstract\n\n## Linked entities\n```\n"


def digest(folder: Path, name: str, content: str = DIGEST) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def documents(found: Iterable[Parsed | Finding]) -> list[Document]:
    return [item for item in found if isinstance(item, Document)]


def everything(*paths: Path) -> list[Parsed | Finding]:
    return list(read(map(str, paths), SETTINGS))


def test_a_folder_is_read_in_sorted_order_and_a_file_counts_once(tmp_path: Path) -> None:
    last = digest(tmp_path, "z.md")
    digest(tmp_path, "a/b.md")
    digest(tmp_path, ".hidden/c.md")
    digest(tmp_path, ".d.md")
    found = documents(everything(last, tmp_path, tmp_path / "a"))
    assert [document.id for document in found] == ["z", "b"]


def test_what_a_folder_holds_besides_is_left_out_with_a_note(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    digest(tmp_path, "b.txt", PLAIN)
    digest(tmp_path, "README.md", READ_ME)
    digest(tmp_path, "formats.md", OWN_MANUAL)
    digest(tmp_path, "paper.txt", "A paper\n\nAbstract\n\nIt is about something.\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\xff")
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    os.mkfifo(tmp_path / "pipe.md")
    found = everything(tmp_path)
    left_out = [item for item in found if isinstance(item, Finding)]
    assert {document.id for document in documents(found)} == {"a", "b"}
    assert {Path(str(note.where.file)).name for note in left_out} == {
        "README.md",
        "formats.md",
        "paper.txt",
        "picture.png",
        "gone.md",
        "pipe.md",
    }


@pytest.mark.parametrize("name", ["a.md", "b.txt", "c.unknown"])
def test_a_digest_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    (found,) = everything(digest(tmp_path, name))
    assert isinstance(found, Document)


def test_the_wanted_format_is_used_even_if_the_content_does_not_look_like_it(
    tmp_path: Path,
) -> None:
    path = digest(tmp_path, "a.data", "T\n\nAbstract\nWords.\n")
    with pytest.raises(InputError, match="no known format"):
        everything(path)
    (found,) = read([str(path)], SETTINGS, wanted="digest")
    assert isinstance(found, Document)


def test_an_unknown_format_names_those_that_are_known() -> None:
    with pytest.raises(UsageError, match="no reader is named 'x'") as error:
        choose(b"", "a.md", "x")
    assert all(name in error.value.hint for name in readers())


@pytest.mark.parametrize(
    ("content", "problem", "line", "column"),
    [
        (b"# T\xe9\n", "0xE9", 1, 4),
        ("# Té\r\n\r\nPMC ".encode() + b"\xff\n", "0xFF", 3, 5),
        (b"\xef\xbb\xbf# T\n\nPMC\0\n", "NUL", 3, 4),
        (DIGEST.encode("utf-16"), "UTF-16", 1, 1),
        (DIGEST.encode("latin-1"), "0xB7", 3, 5),
    ],
)
def test_other_encodings_are_refused_with_their_place(
    tmp_path: Path, content: bytes, problem: str, line: int, column: int
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem) as error:
        everything(path)
    where = error.value.where
    assert where is not None
    assert (where.file, where.line, where.column) == (str(path), line, column)
    assert "UTF-8" in error.value.hint


def test_the_offset_of_a_byte_that_is_not_utf8_counts_from_the_start_of_the_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbf\r\nab\xff")
    with pytest.raises(InputError, match="offset 7 "):
        everything(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        everything(tmp_path / "none.md")


def test_a_file_used_as_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        everything(digest(tmp_path, "a.md") / "b.md")


def test_a_table_of_texts_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    (tmp_path / "texts.csv").mkdir()
    with pytest.raises(InputError, match=r"texts\.csv.*folder"):
        everything(tmp_path)


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    path = digest(tmp_path, "a.md")
    size = path.stat().st_size
    (source,) = inputs([str(path)])
    assert len(list(records(source, max_bytes=size))) == 1
    with pytest.raises(LimitError, match=str(size - 1)) as error:
        list(records(source, max_bytes=size - 1))
    assert "--max-bytes" in error.value.hint


def test_standard_input_is_read_and_named_by_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    class Standard(io.StringIO):
        buffer = io.BytesIO(DIGEST.encode())

    monkeypatch.setattr(sys, "stdin", Standard())
    (found,) = read(["-"], Settings(namespaces=bundled_namespaces(), document_id="mine"))
    assert isinstance(found, Document)
    assert found.id == "mine"
    assert found.texts[0].where.file == "<stdin>"


def test_a_record_and_its_error_survive_the_way_to_another_process(tmp_path: Path) -> None:
    (source,) = inputs([str(digest(tmp_path, "a.md"))])
    (record,) = records(source)
    assert isinstance(record, Record)
    copy = pickle.loads(pickle.dumps(record))  # noqa: S301
    assert parse(copy, SETTINGS) == parse(record, SETTINGS)
    broken = Record(reader="digest", where=Where(file="b.md"), content=b"x", name="b")
    with pytest.raises(ExporterError) as error:
        parse(broken, SETTINGS)
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)  # noqa: S301


def test_the_caller_overrules_the_table_and_the_table_the_form(tmp_path: Path) -> None:
    digest(tmp_path, "a.md")
    (tmp_path / "texts.csv").write_text(
        "file,text_kind,licence\na.md,restatement,CC0-1.0\ngone.md,verbatim,\n", encoding="utf-8"
    )
    (by_table,) = documents(everything(tmp_path / "a.md"))
    caller = Settings(
        namespaces=bundled_namespaces(), text_kind=TextKind.VERBATIM, licence="CC-BY-4.0"
    )
    (by_caller,) = documents(read([str(tmp_path)], caller))
    assert (by_table.texts[0].kind, by_table.texts[0].licence) == ("restatement", "CC0-1.0")
    assert (by_caller.texts[0].kind, by_caller.texts[0].licence) == ("verbatim", "CC-BY-4.0")


@pytest.mark.parametrize(
    ("table", "problem", "line"),
    [
        ("file,text_kind\n\na.md,summary\n", "'summary' is not a kind", 3),
        ("file,text_kind\na.md,verbatim\na.md,restatement\n", "two rows", 3),
        ("file,text_kind,licence\na.md,verbatim,FOO\n", "'FOO' is not a licence", 2),
        ("name,text_kind\na.md,verbatim\n", "the columns are", 1),
        ("", "the columns are", 1),
        ("file,text_kind\na.md,verbatim,x,y\n", "4 cells", 2),
        ('file,text_kind\n"a.md,verbatim\n', "not a CSV table", 2),
    ],
)
def test_a_table_of_texts_that_cannot_be_meant_is_refused_with_its_line(
    tmp_path: Path, table: str, problem: str, line: int
) -> None:
    digest(tmp_path, "a.md")
    (tmp_path / "texts.csv").write_text(table, encoding="utf-8")
    with pytest.raises(InputError, match=problem) as error:
        everything(tmp_path)
    where = error.value.where
    assert where is not None
    assert (Path(str(where.file)).name, where.line) == ("texts.csv", line)


def test_a_table_of_texts_says_nothing_of_files_elsewhere(tmp_path: Path) -> None:
    digest(tmp_path, "below/a.md")
    (tmp_path / "texts.csv").write_text("file,text_kind\na.md,verbatim\n", encoding="utf-8")
    (found,) = documents(everything(tmp_path))
    assert not found.texts[0].kind_declared


def packed(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(content))
    return path


@pytest.mark.parametrize("name", ["a.md.gz", "a.md", "a"])
def test_a_packed_file_is_read_like_a_plain_one_whatever_its_name(
    tmp_path: Path, name: str
) -> None:
    (found,) = documents(everything(packed(tmp_path, name, DIGEST.encode())))
    assert (found.id, found.texts[0].content) == ("a", DIGEST)


def test_several_packed_parts_one_after_another_are_one_file(tmp_path: Path) -> None:
    path = tmp_path / "a.md.gz"
    half = len(DIGEST) // 2
    path.write_bytes(
        b"".join(gzip.compress(part.encode()) for part in (DIGEST[:half], DIGEST[half:]))
    )
    (found,) = documents(everything(path))
    assert found.texts[0].content == DIGEST


@pytest.mark.parametrize("damage", ["cut", "changed", "followed by other bytes"])
def test_a_damaged_packed_file_is_refused(tmp_path: Path, damage: str) -> None:
    path = packed(tmp_path, "a.md.gz", DIGEST.encode() * 50)
    content = path.read_bytes()
    path.write_bytes(
        {
            "cut": content[:-12],
            "changed": content[:30] + b"\0\0\0\0" + content[34:],
            "followed by other bytes": content + b"and more",
        }[damage]
    )
    with pytest.raises(InputError, match="damaged") as error:
        everything(path)
    assert error.value.where == Where(file=str(path))


def test_what_a_small_file_unpacks_to_is_limited_too(tmp_path: Path) -> None:
    path = packed(tmp_path, "a.md.gz", DIGEST.encode() + b"\n" * 5_000_000)
    assert path.stat().st_size < 100_000
    (source,) = inputs([str(path)])
    with pytest.raises(LimitError):
        list(records(source, max_bytes=1_000_000))


def test_papers_come_out_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    paper = b"%d|t|T\n%d|a|A\n\n"
    many = b"".join(paper % (number, number) for number in range(1, 400_000))
    (source,) = inputs([str(packed(tmp_path, "a.pubtator.gz", many))])
    found = records(source, max_bytes=4_000_000)
    first = next(found)
    assert isinstance(first, Record)
    assert first.where.line == 1
    with pytest.raises(LimitError):
        list(found)


def test_a_table_of_texts_names_the_annotator(tmp_path: Path) -> None:
    digest(tmp_path, "a.pubtator", "7|t|JAK1\n7|a|A\n7\t0\t4\tJAK1\tGene\t3716\n")
    (tmp_path / "texts.csv").write_text(
        "file,text_kind,annotator\na.pubtator,,The Group\n", "utf-8"
    )
    (found,) = documents(everything(tmp_path))
    assert found.texts[0].annotations[0].annotator == "The Group"
