"""Tables of namespaces: a private one is read strictly, since every id is tried on it."""

from pathlib import Path

import pytest

from exporter.errors import InputError
from exporter.model.identifiers import namespaces_with

HEAD = "prefix,pattern,iri,example,decoy,category,aliases,styles\n"
GOOD = r"LAB,\d+,https://lab.example/,1,x,Gene,,"
BAD = {
    "empty": ("", "E123", None, "has no column 'prefix'"),
    "column": ("prefix,iri\nLAB,https://lab.example/\n", "E123", None, "no column 'pattern'"),
    "short-row": (f"{HEAD}LAB\n", "E123", 2, "not as many cells"),
    "long-row": (f"{HEAD}{GOOD},more\n", "E123", 2, "not as many cells"),
    "open-quote": (f'{HEAD}{GOOD}\n"LAB2,1\n', "E123", 3, "not a CSV table"),
    "prefix": (f"{HEAD}{GOOD.replace('LAB', 'L <B')}\n", "E123", 2, "'L <B' cannot be a prefix"),
    "no-prefix": (f"{HEAD}{GOOD.replace('LAB', '')}\n", "E123", 2, "'' cannot be a prefix"),
    "script": (
        f"{HEAD}{GOOD.replace('https://', 'javascript:')}\n",
        "E123",
        2,
        "beginning of IRIs",
    ),
    "blank-iri": (f"{HEAD}{GOOD.replace('lab.', 'my lab.')}\n", "E123", 2, "beginning of"),
    "no-pattern": (f"{HEAD}{GOOD.replace(chr(92) + 'd+', '(')}\n", "E123", 2, "pattern of LAB"),
    "decoy": (f"{HEAD}{GOOD.replace(',x,', ',2,')}\n", "E123", 2, "contradicts its example"),
    "taken-prefix": (f"{HEAD}{GOOD.replace('LAB', 'mesh')}\n", "E124", None, "taken by MESH"),
    "taken-alias": (f"{HEAD}{GOOD[:-1]}MESH,\n", "E124", None, "taken by MESH"),
    "taken-stem": (
        f"{HEAD}{GOOD.replace('https://lab.example/', 'https://purl.obolibrary.org/obo/MONDO_')}\n",
        "E124",
        None,
        "taken by MONDO",
    ),
    "twice": (f"{HEAD}{GOOD}\n{GOOD}\n", "E124", None, "taken by LAB"),
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "lab.csv"


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_ids_of_a_private_namespace_are_known(table: Path, start: str) -> None:
    table.write_text(f"{start}{HEAD}{GOOD}\n", "utf-8")
    assert namespaces_with([table]).parse("lab:7").iri == "https://lab.example/7"
    assert namespaces_with([table]).parse("MESH:D003882").prefix == "MESH"


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_does_not_fit_is_refused_with_its_place(table: Path, name: str) -> None:
    text, code, line, problem = BAD[name]
    table.write_text(text, "utf-8")
    with pytest.raises(InputError, match=problem) as refusal:
        namespaces_with([table])
    where = refusal.value.where
    assert where is not None
    assert (refusal.value.code, where.file, where.line) == (code, str(table), line)
    assert refusal.value.hint


@pytest.mark.parametrize("pattern", ["(a+)+", "((a*)b)*$", "(?:a{2,}|b){3,}", "([(]a+)+"])
def test_a_pattern_that_may_never_end_is_refused_and_not_tried(table: Path, pattern: str) -> None:
    row = f'LAB,"{pattern}",https://lab.example/,aa,{"a" * 60}!,Gene,,'
    table.write_text(f"{HEAD}{row}\n", "utf-8")
    with pytest.raises(InputError, match="repeats a repetition"):
        namespaces_with([table])


@pytest.mark.parametrize("pattern", ["(a|b)+", r"(a{2}){1,3}", "[(a+)+]+", r"\(?a+\)?", "(a+)b*"])
def test_a_pattern_that_ends_is_taken(table: Path, pattern: str) -> None:
    row = f'LAB,"{pattern}",https://lab.example/,aa,{"a" * 60}!,Gene,,'
    table.write_text(f"{HEAD}{row}\n", "utf-8")
    assert namespaces_with([table]).parse("LAB:aa").local == "aa"


def test_what_is_not_there_or_not_utf8_or_a_folder_is_refused(tmp_path: Path, table: Path) -> None:
    table.write_bytes(b"caf\xe9")
    for path in (table, tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(InputError) as refusal:
            namespaces_with([path])
        assert str(refusal.value).startswith(f"{path}: E123 ")
