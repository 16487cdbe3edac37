"""Nothing of a case is lost: the file comes back from its statements, by SPARQL alone."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from rdflib import Dataset, Literal, URIRef

from exporter.errors import Where
from exporter.model.case import Case
from exporter.model.identifiers import bundled_namespaces
from exporter.rdf._case_terms import IN_NOBODY, INFERRED, Row, Standing, rows, standings
from exporter.rdf.cases import CaseSources, case_quads
from exporter.rdf.iris import Iris
from exporter.rdf.vocabulary import LC, RDF, RDFS
from exporter.sources import Settings
from exporter.sources.case_yaml import READER

HERE = Path(__file__).parent / "cases"
FULL = sorted(HERE.glob("full-*.yaml"))
NUMBER = re.compile(r"-?\d+(\.\d+)?")
WORDS = {"null": None, "true": True, "false": False}
QUOTES = (LC.authorsWords, LC.restatedWords, LC.summaryWords, LC.uncheckedWords)
SEX = {"PATO_0000383": "female", "PATO_0000384": "male"}


def as_written(path: Path) -> Any:
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert root is not None
    return plain(root)


def plain(node: yaml.Node) -> Any:
    """The tree of a file; numbers keep their digits, dates stay text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    assert isinstance(node, yaml.ScalarNode)
    if node.style is None and node.value in WORDS:
        return WORDS[node.value]
    return number(node.value) if node.style is None and NUMBER.fullmatch(node.value) else node.value


def number(text: object) -> tuple[str, str]:
    return "number", str(text)


def read_case(path: Path) -> Case:
    (record,) = READER.split(path.read_bytes(), Where(file=path.name))
    case = READER.parse(record, Settings(namespaces=bundled_namespaces()))
    assert isinstance(case, Case)
    return case


class Reading:
    """Puts the tree of a case together again from what SPARQL returns."""

    def __init__(self, case: Case) -> None:
        dataset = Dataset()
        for s, p, o, graph in case_quads(case, CaseSources(), Iris(), bundled_namespaces()):
            dataset.graph(graph).add((s, p, o))
        asked: Any = dataset.query("SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
        self.said: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for row in asked:
            self.said[row.s][row.p].append(row.o)

    def of(self, node: URIRef, *properties: URIRef) -> list[Any]:
        return [value for each in properties for value in self.said[node][each]]

    def record(self, node: URIRef, name: str, around: URIRef, around_name: str) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for row in rows()[name]:
            subject = around if row.on_parent else node
            known = self.properties(row, around_name if row.on_parent else name)
            found = self.value(row, subject, known, name)
            key = row.field.rstrip("_")
            if found not in (None, []):
                tree[key] = found
            elif any(each in self.of(subject, LC.notReported) for each in known):
                tree[key] = None
            elif any(each in self.of(subject, LC.statedNone) for each in known):
                tree[key] = []
        return tree | self.remarks(node)

    def remarks(self, node: URIRef) -> dict[str, Any]:
        tree: dict[str, Any] = {}
        for text in self.of(node, RDFS.comment):
            tree["note"] = str(text)
        for text in self.of(node, LC.inferredByCurator):
            tree["inferred"] = text.toPython()
        for unknown in self.of(node, LC.unknownKey):
            (key,), (text,) = self.of(unknown, RDFS.label), self.of(unknown, LC.jsonValue)
            tree[str(key)] = json.loads(text, parse_float=number, parse_int=number)
        return tree

    def properties(self, row: Row, record: str) -> list[URIRef]:
        if row.property is not None:
            endings = ("", IN_NOBODY, INFERRED, IN_NOBODY + INFERRED)
            return [URIRef(row.property + ending) for ending in endings]
        if row.kind == "quote":
            return [*QUOTES, LC.quote]
        return [each.concept for each in every_standing(record) if each.concept is not None]

    def value(self, row: Row, subject: URIRef, known: list[URIRef], record: str) -> Any:
        if row.kind == "status":
            return self.status(subject, record)
        if row.kind in {"node", "nodes"}:
            return self.nested(row, subject, known, record)
        if row.kind in {"concept", "concepts"}:
            listed = self.concepts(row, subject, known)
        elif row.kind in {"sex", "ever-positive"}:
            return self.either(row, subject, known, record)
        else:
            words = [URIRef(f"{each}Words") for each in known] * (row.kind == "part-or-words")
            listed = [self.scalar(row, value) for value in self.of(subject, *known, *words)]
        return self.in_order(row, subject, listed)

    def in_order(self, row: Row, subject: URIRef, values: list[Any]) -> Any:
        if row.kind not in {"texts", "terms", "times", "arms", "cases", "evidence", "concepts"}:
            assert len(values) <= 1
            return values[0] if values else None
        for text in self.of(subject, LC.listedAs):
            listed = json.loads(text).get(row.field)
            if listed is not None:
                assert set(listed) == set(values)
                return listed
        return sorted(values)

    def scalar(self, row: Row, value: Any) -> Any:
        if row.kind in {"decimal", "integer"}:
            return number(value)
        if row.kind == "boolean":
            return value.toPython()
        if row.kind in {"time", "times"}:
            (value,) = self.of(value, LC.reported)
        if isinstance(value, Literal):
            return str(value)
        if str(value).startswith(str(LC)):
            return word(value).removeprefix(f"{row.argument}-")
        return unquote(str(value).rpartition("/")[2])

    def concepts(self, row: Row, subject: URIRef, known: list[URIRef]) -> list[str]:
        read = {
            value: value_as_id(value, local=bool(row.argument))
            for value in self.of(subject, *known)
        }
        stated = []
        for node in self.stated(subject, row):
            (text,) = self.of(node, LC.statedAs)
            stated.append(str(text))
            for concept in self.of(node, LC.readAs):
                read.pop(concept, None)
        return [*read.values(), *stated]

    def stated(self, subject: URIRef, row: Row) -> Iterator[URIRef]:
        """The ids of one field; a field on the node around stands with its own record."""
        for owner in [*self.said]:
            for node in self.of(owner, LC.hasStatedId):
                place = str(node).removeprefix(str(subject)).split("/")
                if str(node).startswith(f"{subject}/") and place[-3:-1] == ["stated", row.field]:
                    yield from [node] * (len(place) - 3 == bool(row.on_parent) + 1)

    def status(self, node: URIRef, record: str) -> str:
        for value in self.of(
            node, LC.statedStatus, LC.comparisonResult, LC.comparisonResultInferred
        ):
            return str(value) if isinstance(value, Literal) else word(value)
        (standing,) = (s for s in every_standing(record) if s.kind in self.of(node, RDF.type))
        (status,) = standing.statuses
        return status

    def nested(self, row: Row, subject: URIRef, known: list[URIRef], record: str) -> Any:
        of_standing = record in {"Case", "Subject"} or row.kind == "node"
        links = [each.link for each in every_standing(row.argument)] if of_standing else []
        children = self.of(subject, *(links or known))
        if row.kind == "node":
            trees = [self.record(child, row.argument, subject, record) for child in children]
            return trees[0] if trees else None
        children.sort(key=lambda child: int(self.of(child, LC.ordinal)[0]))
        return [self.record(child, row.argument, subject, record) for child in children]

    def either(self, row: Row, subject: URIRef, known: list[URIRef], record: str) -> Any:
        for node in self.of(subject, LC.sexCount if row.kind == "sex" else LC.everPositiveCount):
            kind = "SexCount" if row.kind == "sex" else "Count"
            return self.record(node, kind, subject, record)
        of_everyone = [LC.sexOfEveryone, LC.sexOfEveryoneInferred] * (row.kind == "sex")
        for value in self.of(subject, *known, *of_everyone):
            return SEX[value.rpartition("/")[2]] if row.kind == "sex" else value.toPython()
        return None


def every_standing(record: str) -> list[Standing]:
    known = list(standings().get(record, {}).values())
    return [variant for standing in known for variant in standing.variants()]


def word(value: URIRef) -> str:
    name = value.removeprefix(str(LC))
    return re.sub(r"(?<!^)([A-Z])", lambda match: f"-{match[1].lower()}", name)


def value_as_id(value: URIRef, *, local: bool) -> str:
    entity = bundled_namespaces().parse(str(value))
    return entity.local if local else entity.curie


def comes_back(path: Path) -> None:
    case = read_case(path)
    root = Iris().case(case.case_id)
    assert Reading(case).record(root, "Case", root, "Case") == as_written(path)


@pytest.mark.parametrize("path", FULL, ids=lambda path: path.stem)
def test_a_case_with_every_field_comes_back_whole(path: Path) -> None:
    comes_back(path)


@pytest.mark.parametrize("path", FULL, ids=lambda path: path.stem)
def test_a_case_that_a_curator_concludes_comes_back_whole(path: Path, tmp_path: Path) -> None:
    root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    assert root is not None
    conclude(root)
    concluded = tmp_path / path.name
    concluded.write_text(yaml.serialize(root, allow_unicode=True), encoding="utf-8")
    comes_back(concluded)


def conclude(node: yaml.Node) -> None:
    """Mark every item of every list as what the curator concludes."""
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            conclude(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            conclude(item)
            if isinstance(item, yaml.MappingNode):
                written = [pair for pair in item.value if pair[0].value != "inferred"]
                item.value = [*written, (scalar("str", "inferred"), scalar("bool", "true"))]


def scalar(kind: str, text: str) -> yaml.ScalarNode:
    return yaml.ScalarNode(f"tag:yaml.org,2002:{kind}", text)


@pytest.mark.shared
def test_every_case_of_the_corpus_comes_back_whole(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "cases").glob("*.yaml"))
    assert paths
    for path in paths:
        comes_back(path)


def test_the_cases_with_every_field_fill_every_row_of_the_table() -> None:
    filled: set[tuple[str, str]] = set()
    for path in FULL:
        note_filled("Case", read_case(path), filled)
    every = {(name, row.field) for name, listed in rows().items() for row in listed}
    assert {pair for pair in every - filled if pair[0] != "*" and pair[1] != "*"} == set()


def note_filled(record: str, value: Any, filled: set[tuple[str, str]]) -> None:
    for row in rows()[record]:
        held = getattr(value, row.field, None)
        if held not in (None, ()):
            filled.add((record, row.field))
        kind = {"sex": "SexCount", "ever-positive": "Count"}.get(row.kind, row.argument)
        if kind in rows():
            for item in held if isinstance(held, tuple) else [held]:
                if not isinstance(item, str | bool | Decimal | None):
                    note_filled(kind, item, filled)
