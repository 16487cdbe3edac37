"""``exporter case``: a case to fill in, its check and its schema."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import Result

from exporter.model.case import Case
from exporter.sources._case_fields import keys_of

Run = Callable[..., Result]
GOOD = Path(__file__).parents[1] / "sources" / "cases" / "case" / "good-individual.yaml"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "lindgren-2021-p1.yaml"
    path.write_bytes(GOOD.read_bytes())
    return path


def spoil(path: Path, old: str, new: str) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_good_case_has_nothing_to_tell(run: Run, good: Path) -> None:
    result = run("case", "check", good)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 case checked: 0 errors, 0 warnings, 0 notes\n"


def test_the_examples_have_notes_on_labels_at_most(run: Run, examples: Path) -> None:
    result = run("case", "check", "--json", examples / "cases", "--documents", examples / "digests")
    kinds = {(row["level"], row["code"]) for row in json.loads(result.stdout)}
    assert (result.exit_code, kinds) == (0, {("note", "label-against-id")})


def test_the_label_of_another_drug_is_an_error(run: Run, good: Path) -> None:
    result = run("case", "check", spoil(good, "CHEBI:95341", "CHEBI:66919"))
    assert result.exit_code == 1
    assert "(treatments[0].drug.id): label-against-id" in result.stdout
    assert "hint:  'baricitinib' is CHEBI:95341" in result.stdout


def test_an_error_is_two_lines_with_place_and_hint_and_exits_with_one(run: Run, good: Path) -> None:
    result = run("case", "check", spoil(good, "iso8601: P6Y", "iso8601: -P6Y"))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"error: {good}:22 (subject.ages[0].iso8601): negative-age the age -P6Y is negative",
        "hint:  leave out the minus",
    ]


def test_a_warning_exits_with_zero(run: Run, good: Path) -> None:
    result = run("case", "check", spoil(good, "seen: abstract", "seem: abstract"))
    assert result.exit_code == 0
    assert "warning: " in result.stdout


@pytest.mark.parametrize("content", [b"a: [1\n", b"\xff\xfe\x00", b"", b"a: !x 1\n"])
def test_what_is_no_yaml_exits_with_three(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(content)
    result = run("case", "check", path)
    assert result.exit_code == 3
    assert result.stdout.startswith(f"error: {path}:")


def test_a_missing_file_exits_with_three(run: Run, tmp_path: Path) -> None:
    assert run("case", "check", tmp_path / "none.yaml").exit_code == 3


def test_one_unreadable_file_does_not_hide_the_others(run: Run, good: Path) -> None:
    (good.parent / "broken.yaml").write_text("schema: linked-case/1\na: [\n", encoding="utf-8")
    result = run("case", "check", good.parent, spoil(good, "P6Y", "-P6Y"))
    assert result.exit_code == 3
    assert "negative-age" in result.stdout
    assert "yaml-syntax" in result.stdout


def test_standard_input_is_read(run: Run) -> None:
    result = run("case", "check", "-", stdin=GOOD.read_bytes())
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_folder_may_hold_other_things(run: Run, good: Path) -> None:
    (good.parent / "notes.md").write_text("# Notes\n", encoding="utf-8")
    (good.parent / "other.json").write_text("{}", encoding="utf-8")
    result = run("case", "check", good.parent)
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_same_id_twice_is_told_at_both(run: Run, good: Path) -> None:
    (good.parent / "copy.yaml").write_bytes(good.read_bytes())
    result = run("case", "check", good.parent)
    assert result.exit_code == 1
    assert result.stdout.count("duplicate-case") == 2


def test_quotes_are_looked_up_in_the_documents(run: Run, good: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "PMC9000001.md").write_text(
        "# A girl with a rash\n\nPMC · DOI: 10.1234/example.2021.01 · 2021\n\n"
        "## Abstract\n\nAn eight-year-old girl with a rash since birth.\n",
        encoding="utf-8",
    )
    result = run("case", "check", good, "--documents", papers)
    assert result.exit_code == 1
    assert "quote-not-found" in result.stdout
    assert run("case", "check", good).exit_code == 0


def test_json_holds_every_finding(run: Run, good: Path) -> None:
    result = run("case", "check", "--json", spoil(good, "value: 48.0", "value: 84.0"))
    (finding,) = json.loads(result.stdout)
    assert finding["code"] == "out-of-range"
    assert (finding["file"], finding["line"]) == (str(good), 63)
    assert (finding["field"], finding["value"]) == ("outcomes[0].value", "84.0")
    assert result.exit_code == 1


def test_a_text_cannot_command_the_terminal(run: Run, good: Path) -> None:
    result = run("case", "check", spoil(good, "CMAS", r'"\x9b31m"'))
    assert "\x9b" not in result.stdout
    assert result.exit_code == 3


@pytest.mark.parametrize("unit", ["individual", "group"])
def test_the_template_names_every_key_and_tells_what_is_missing(
    run: Run, tmp_path: Path, unit: str
) -> None:
    path = tmp_path / "miller-2020.yaml"
    assert run("case", "new", "--unit", unit, "-o", path).exit_code == 0
    text = path.read_text(encoding="utf-8")
    keys = set(keys_of(Case)) - (set() if unit == "group" else {"arms", "subgroups"})
    assert keys == set(yaml.safe_load(text))
    result = run("case", "check", path)
    assert result.exit_code == 1
    given = ["text_kind", "source.document", "source.level", "curation.curator", "curation.date"]
    missing = {*given, "n"} if unit == "group" else {*given}
    assert set(re.findall(r"error: \S+ \((\S+)\): missing-value", result.stdout)) == missing


def filled(text: str) -> str:
    """Fill the template in as its remarks say, with every example row in use."""
    text = re.sub(r"^(\w+): (?:null|\[\]) *#[^\n]*\n(?=#)", r"\1:\n", text, flags=re.MULTILINE)
    text = re.sub(r"^(  ages): null\n", r"\1:\n", text, flags=re.MULTILINE)
    text = re.sub(r"^(\w+): (?:null|\[\])\n(?=#)", r"\1:\n", text, flags=re.MULTILINE)
    text = re.sub(r"^( *)# ( *)(?=\S)", r"\1 \2", text, flags=re.MULTILINE)
    head = re.search(r"^schema:", text, flags=re.MULTILINE)
    text = text[head.start() if head else 0 :]
    for key, value in {
        "text_kind": "restatement",
        "document": "PMC1",
        "level": "primary",
        "curator": "me",
        "date": "2026-01-31",
        "n": "10",
    }.items():
        text = re.sub(rf"^( *{key}): *(?=#|\n)", rf"\1: {value}  ", text, flags=re.MULTILINE)
    text = text.replace('"MONDO:..."', '"MONDO:0008054"').replace('"HP:..."', '"HP:0000988"')
    text = text.replace('"NCBIGene:..."', '"NCBIGene:3716"').replace('"CHEBI:..."', '"CHEBI:95341"')
    return text.replace("...", "words")


@pytest.mark.parametrize("unit", ["individual", "group"])
def test_the_template_passes_its_check_once_it_is_filled_in(
    run: Run, tmp_path: Path, unit: str
) -> None:
    path = tmp_path / "miller-2020.yaml"
    run("case", "new", "--unit", unit, "-o", path)
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    result = run("case", "check", path)
    lines = result.stdout.splitlines()
    assert [line for line in lines if " label-against-id 'words' is no name of " not in line] == []
    assert result.exit_code == 0


def test_a_template_never_replaces_a_file(run: Run, good: Path) -> None:
    before = good.read_bytes()
    result = run("case", "new", "-o", good)
    assert result.exit_code == 2
    assert good.read_bytes() == before


JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def fits(value: Any, schema: dict[str, Any], top: dict[str, Any]) -> bool:
    """Tell whether a value fits a schema: as much of JSON Schema as is used here."""
    known = {"$schema", "title", "description", "$defs", "type", "properties", "required"}
    assert set(schema) <= known | {"additionalProperties", "anyOf", "enum", "items", "$ref"}
    if "$ref" in schema:
        return fits(value, top["$defs"][schema["$ref"].removeprefix("#/$defs/")], top)
    if "anyOf" in schema:
        return any(fits(value, option, top) for option in schema["anyOf"])
    if "enum" in schema:
        return value in schema["enum"]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return any(isinstance(value, JSON_TYPES[name]) for name in types) and parts_fit(
        value, schema, top
    )


def parts_fit(value: Any, schema: dict[str, Any], top: dict[str, Any]) -> bool:
    if isinstance(value, list):
        return all(fits(item, schema["items"], top) for item in value)
    if isinstance(value, dict):
        keys = schema["properties"]
        complete = set(schema["required"]) <= set(value) <= set(keys)
        return complete and all(fits(item, keys[key], top) for key, item in value.items())
    return True


def test_the_schema_fits_the_examples_and_refuses_a_broken_one(run: Run, examples: Path) -> None:
    schema = json.loads(run("case", "schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert all(record["description"] for record in schema["$defs"].values())
    for path in sorted((examples / "cases").glob("*.yaml")):
        value = json.loads(json.dumps(yaml.safe_load(path.read_bytes()), default=str))
        assert fits(value, schema, schema), path
        assert not fits({**value, "unit": "pair"}, schema, schema)
        assert not fits({**value, "unitt": "group"}, schema, schema)
        assert not fits({**value, "n": "one"}, schema, schema)
        assert not fits({key: value[key] for key in value if key != "unit"}, schema, schema)
