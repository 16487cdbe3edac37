"""Case files: each fault gives its own message at its own line, and good files give none."""

import pickle
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.errors import ExporterError, InputError, ProblemsError, Where
from exporter.model.case import Case
from exporter.model.facts import About
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import bundled_namespaces
from exporter.ontologies.measures import Measure
from exporter.ontologies.pack_tables import measures
from exporter.ontologies.packs import bundled_packs
from exporter.sources import Settings, check_case, duplicate_case_ids
from exporter.sources.case_yaml import READER

CASES = sorted((Path(__file__).parent / "cases" / "case").glob("*.yaml"))
GOOD = {path.stem: path for path in CASES if path.stem.startswith("good")}
SETTINGS = Settings(namespaces=bundled_namespaces())
NAMES_OF_CODE = re.compile(
    r"\b(Decimal|tuple|dict|NoneType|bool|str|int|dataclass|[A-Z]\w+Error)\b"
)


@pytest.fixture(scope="module")
def known() -> Mapping[str, Measure]:
    return measures(bundled_packs())


def parse(text: str, file: str = "case.yaml") -> Case:
    (record,) = READER.split(text.encode(), Where(file=file))
    parsed = READER.parse(record, SETTINGS)
    assert isinstance(parsed, Case)
    return parsed


def read(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    return parse(text, f"lindgren-2021-{'g1' if 'unit: group' in text else 'p1'}.yaml")


def found(path: Path, known: Mapping[str, Measure]) -> list[Finding]:
    """Return all errors and warnings of a file, whichever way they come out."""
    try:
        case = read(path)
    except ProblemsError as error:
        return [as_finding(problem) for problem in error.problems]
    except InputError as error:
        return [as_finding(error)]
    every = (*case.findings, *check_case(case, SETTINGS.namespaces, known))
    return [finding for finding in every if finding.level is not Level.NOTE]


def as_finding(error: InputError) -> Finding:
    return Finding(
        level=Level.ERROR,
        code=error.code,
        message=error.problem,
        where=error.where or Where(),
        hint=error.hint,
    )


def expected(path: Path) -> list[str]:
    first_line = path.read_text(encoding="utf-8").partition("\n")[0]
    wanted = first_line.removeprefix("# expects: ")
    return [] if wanted == "nothing" else sorted(wanted.split(", "))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_file_gives_what_its_first_line_expects(
    path: Path, known: Mapping[str, Measure]
) -> None:
    told = found(path, known)
    shown = sorted(f"{finding.level} {finding.code} line {finding.where.line}" for finding in told)
    assert shown == expected(path), [f"{finding} | {finding.hint}" for finding in told]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_message_is_for_a_curator(path: Path, known: Mapping[str, Measure]) -> None:
    for finding in found(path, known):
        words = f"{finding.message} {finding.hint}"
        assert not NAMES_OF_CODE.search(words.replace("MONDO", "")), words
        assert finding.where.file
        assert "None" not in finding.message


def test_a_fault_differs_from_a_good_case_by_a_few_lines() -> None:
    bodies = [set(GOOD[name].read_text(encoding="utf-8").splitlines()[1:]) for name in GOOD]
    for path in CASES:
        lines = set(path.read_text(encoding="utf-8").splitlines()[1:])
        assert min(len(lines - body) for body in bodies) <= 7, path


@pytest.mark.shared
def test_the_corpus_has_no_finding_at_all(shared: Path, known: Mapping[str, Measure]) -> None:
    for path in sorted((shared / "corpus" / "cases").glob("*.yaml")):
        case = parse(path.read_text(encoding="utf-8"), str(path))
        assert [str(f) for f in case.findings] == []
        assert [str(f) for f in check_case(case, SETTINGS.namespaces, known)] == []


def plain(value: Any) -> Any:
    """Return a case as the YAML that it came from, by way of the model only."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        about: About = getattr(value, "about")  # noqa: B009 - not every record says so
        keys = [name for name, _ in about.lines]
        names = {field.name.rstrip("_"): field.name for field in fields(value)}
        given = {key: plain(getattr(value, names[key])) for key in keys if key in names}
        anywhere = {"note": about.note, "inferred": about.inferred}
        return given | {key: anywhere[key] for key in keys if key in anywhere}
    return value


def texts(value: Any) -> Any:
    """Return YAML with numbers and dates as the text that stands in the file."""
    if isinstance(value, dict):
        return {key: texts(item) for key, item in value.items()}
    if isinstance(value, list):
        return [texts(item) for item in value]
    return value if value is None else str(value).lower()


class TextLoader(yaml.SafeLoader):
    """Loads nothing but text and null: an independent reading of the same file."""


TextLoader.yaml_implicit_resolvers = {
    letter: [rule for rule in rules if rule[0] == "tag:yaml.org,2002:null"]
    for letter, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_texts(text: str) -> Any:
    return yaml.load(text, Loader=TextLoader)  # noqa: S506 - a safe loader of our own


@pytest.mark.shared
def test_no_field_of_the_corpus_is_lost(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "cases").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert texts(plain(parse(text, str(path)))) == texts(as_texts(text)), path


def test_numbers_keep_their_digits() -> None:
    case = read(GOOD["good-individual"])
    assert case.biomarkers is not None
    assert case.biomarkers[0].series is not None
    assert str(case.biomarkers[0].series[0].value) == "12.50"
    assert case.outcomes is not None
    assert case.outcomes[0].value == Decimal("48.0")


def test_null_and_an_empty_list_and_a_missing_key_are_told_apart() -> None:
    case = read(GOOD["good-group"])
    assert (case.serology, case.genotype) == (None, ())
    assert "serology" in case.about.not_reported
    assert "genotype" not in case.about.not_reported
    shorter = GOOD["good-group"].read_text(encoding="utf-8").replace("serology: null\n", "")
    less = parse(shorter, "lindgren-2021-g1.yaml")
    assert "serology" not in less.about.not_reported
    assert [(f.level, f.code) for f in less.findings] == [(Level.NOTE, "missing-key")]


def test_an_unknown_key_is_kept_with_its_value() -> None:
    text = GOOD["good-individual"].read_text(encoding="utf-8")
    case = parse(text.replace("n: 1\n", "n: 1\nward: [3, {bed: 1.50, free: true}]\n"), "p.yaml")
    assert case.about.unknown == (("ward", '[3, {"bed": 1.50, "free": true}]'),)
    assert "unknown-key" in [finding.code for finding in case.findings]


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        (
            "unit: individual",
            "unit: Individual",
            "did you mean individual? write one of individual",
        ),
        ("  seen: abstract", "  seeen: abstract", "did you mean seen?"),
        ('id: "HP:0000988"', 'id: "HPP:0000988"', "did you mean HP?"),
        ("under: baricitinib,", "under: baricitnib,", "did you mean baricitinib?"),
        ("measure: cmas", "measure: CMAS", "did you mean cmas?"),
    ],
)
def test_a_hint_names_what_was_meant(
    old: str, new: str, hint: str, tmp_path: Path, known: Mapping[str, Measure]
) -> None:
    text = GOOD["good-individual"].read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "case.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert [finding.hint for finding in found(path, known) if hint in finding.hint]


def test_all_problems_are_told_at_once_and_survive_pickling() -> None:
    text = GOOD["good-individual"].read_text(encoding="utf-8")
    broken = text.replace("sex: female", "sex: girl").replace("iso8601: P6Y", "iso8601: -P6Y")
    with pytest.raises(ProblemsError) as caught:
        parse(broken, "a.yaml")
    error = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(error) == str(caught.value)
    assert [problem.code for problem in error.problems] == ["unknown-value", "negative-age"]
    assert str(error).splitlines()[0].startswith("a.yaml:18 (subject.sex): unknown-value ")
    assert error.exit_status == 3
    assert error.at(Where(file="b.yaml")).problems == error.problems


def test_a_case_survives_pickling() -> None:
    case = read(GOOD["good-individual"])
    assert pickle.loads(pickle.dumps(case)) == case  # noqa: S301 - our own bytes


def test_a_file_may_hold_several_cases_with_their_own_lines() -> None:
    first = GOOD["good-individual"].read_text(encoding="utf-8")
    second = GOOD["good-group"].read_text(encoding="utf-8").replace("sex: {", "sex: !x {")
    content = f"%YAML 1.2\n---\n{first}---\n# nothing here\n--- \n{second}...\n".encode()
    one, two = READER.split(content, Where(file="cases.yaml"))
    case = READER.parse(one, SETTINGS)
    assert isinstance(case, Case)
    assert (case.case_id, case.findings) == ("lindgren-2021-p1", ())
    with pytest.raises(InputError) as caught:
        READER.parse(two, SETTINGS)
    assert caught.value.where is not None
    line = content.decode().splitlines()[(caught.value.where.line or 0) - 1]
    assert "sex: !x {" in line


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "empty-file", 1),
        (b"# nothing\n\n", "empty-file", 1),
        (b"schema: linked-case/1\nlabel: caf\xe9\n", "E110", 2),
        ("schema: linked-case/1".encode("utf-16"), "E110", 1),
        (b"a: 1\n" * 300_000, "too-large", 1),
        (b"[" * 200_000, "too-deep", 1),
        (b"- a\n" * 10, "wrong-form", 1),
        (b"just words", "wrong-form", 1),
        (b"a: &x [1]\nb: [*x, *x]\n", "yaml-alias", 1),
        (b"? [a, b]\n: c\n", "yaml-key", 1),
    ],
)
def test_what_is_no_case_is_refused_with_its_line(content: bytes, code: str, line: int) -> None:
    (record,) = READER.split(content, Where(file="a.yaml"))
    with pytest.raises(InputError) as caught:
        READER.parse(record, SETTINGS)
    error = caught.value.problems[0] if isinstance(caught.value, ProblemsError) else caught.value
    assert (error.code, error.where and error.where.line) == (code, line)


@pytest.mark.parametrize(
    "flood",
    [
        ("role: prior, evidence: [e1]", "role: prior, stop_reason: [{}], evidence: [e1]"),
        ("same_patient_as: []", "same_patient_as: [{}]"),
    ],
)
def test_a_flood_of_problems_ends(flood: tuple[str, str], tmp_path: Path) -> None:
    text = GOOD["good-individual"].read_text(encoding="utf-8")
    words = ", ".join(f"-{number}-" for number in range(2_000))
    path = tmp_path / "case.yaml"
    path.write_text(text.replace(flood[0], flood[1].format(words)), encoding="utf-8")
    told = found(path, {})
    assert len(told) == 501
    assert "too-many" in {finding.code for finding in told}


@pytest.mark.parametrize(
    ("content", "is_case"),
    [
        (b"schema: linked-case/1\n", True),
        (b"# a remark\n\"schema\": 'linked-case/2'\n", True),
        (b'{"schema": "linked-case/1"}', True),
        (b"schema: other/1\n", False),
        (b" \n" * 30_000, False),
        (b" " * 60_000, False),
        (b"# Title\n\n## Abstract\n\nlinked-case/1\n", False),
        (b"", False),
    ],
)
def test_a_case_file_is_recognised_by_its_schema(content: bytes, is_case: bool) -> None:
    assert READER.recognises(content) is is_case


def test_two_cases_of_one_id_are_both_named() -> None:
    one, other = read(GOOD["good-individual"]), read(GOOD["good-individual"])
    findings = duplicate_case_ids([one, other, read(GOOD["good-group"])])
    assert [(f.level, f.code, f.where.line) for f in findings] == [
        (Level.ERROR, "duplicate-case", 3)
    ] * 2
    assert duplicate_case_ids([one, read(GOOD["good-group"])]) == ()


YAML_WORDS = st.sampled_from(
    ["schema", "linked-case/1", "n", "evidence", "null", "1", "-1", "e1", "outcomes", "P4Y"]
)
NESTED = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), YAML_WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(sorted(field.name for field in fields(Case))) | YAML_WORDS,
            inner,
            max_size=6,
        ),
    ),
    max_leaves=20,
)


def survives(text: str) -> None:
    """Read and check whatever stands in a text; only an expected error may come out."""
    for record in READER.split(text.encode("utf-8", "surrogatepass"), Where(file="a.yaml")):
        with suppress(ExporterError):
            case = READER.parse(record, SETTINGS)
            assert isinstance(case, Case)
            check_case(case, SETTINGS.namespaces, {})


@settings(deadline=None)
@given(st.one_of(st.text(), NESTED.map(lambda value: yaml.safe_dump(value, allow_unicode=True))))
def test_any_text_is_a_case_or_an_expected_error(text: str) -> None:
    survives(text)


GOOD_VALUES = as_texts(GOOD["good-individual"].read_text(encoding="utf-8"))


@settings(deadline=None, max_examples=50)
@given(st.sampled_from(sorted(GOOD_VALUES)), NESTED)
def test_any_value_in_a_good_case_is_read_or_an_expected_error(key: str, value: Any) -> None:
    survives(yaml.safe_dump({**GOOD_VALUES, key: value}, allow_unicode=True))
