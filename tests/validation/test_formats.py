"""A report in each of its forms: complete, honest about what is cut, the same bytes each time."""

import json

import pytest
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import SH

from exporter.errors import Where
from exporter.validation.formats import FORMATS, as_json, as_sarif, as_turtle, human, listing
from exporter.validation.results import Report, Result, Severity
from exporter.validation.shapes import NAMESPACE, Shape

EX = "https://example.org/"
NODE = URIRef(f"{EX}case/k-1/treatments/0")


def shape(name: str, severity: Severity) -> Shape:
    return Shape(
        name=name,
        title=f"{name} in short",
        description=f"what {name} is for",
        message="What is wrong. What to do.",
        severity=severity,
        graph=Graph(),
        trusted=True,
    )


SHAPES = (shape("amount", Severity.VIOLATION), shape("unit", Severity.WARNING))
AMOUNT = Result(
    shape="amount",
    severity=Severity.VIOLATION,
    focus=NODE,
    message='There is no "amount". Give one.',
    component="MinCount",
    source=URIRef(f"{NAMESPACE}amount"),
    path=f"<{EX}p>/<{EX}q>",
    turtle_path=f"( <{EX}p> <{EX}q> )",
    label="baricitinib",
    where=Where(file="a b/k.yaml", line=30, document="k-1", field="treatments[0]"),
)
UNIT = Result(
    shape="unit",
    severity=Severity.WARNING,
    focus=URIRef(f"{EX}else"),
    message="This is no unit. Write another.",
    component="In",
    source=BNode(),
    path=f"<{EX}unit>",
    turtle_path=f"<{EX}unit>",
    value=Literal("mgs\n", lang="en"),
)
REPORT = Report.of([UNIT, AMOUNT, UNIT], ["unit", "amount"])
NOTHING = Report.of([], ["unit", "amount"])


def test_a_person_reads_place_message_node_and_value() -> None:
    assert human(REPORT, SHAPES) == (
        "a b/k.yaml:30 (k-1, treatments[0]): violation amount:"
        ' There is no "amount". Give one.\n'
        f"    node   baricitinib <{NODE}>\n"
        f"    path   <{EX}p>/<{EX}q>\n"
        "warning unit: This is no unit. Write another.\n"
        f"    node   <{EX}else>\n"
        f"    path   <{EX}unit>\n"
        "    value  mgs\n\n"
        "1 violation, 1 warning, 0 infos (2 shapes)\n"
    )


def test_a_person_reads_that_nothing_was_found() -> None:
    assert human(NOTHING, SHAPES) == "conforms: 2 shapes found nothing\n"
    assert human(NOTHING, SHAPES[:1]) == "conforms: 1 shape found nothing\n"


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_says_how_many_results_it_leaves_out(name: str) -> None:
    cut, whole = FORMATS[name](REPORT, SHAPES, 1), FORMATS[name](REPORT, SHAPES, None)
    assert "This is no unit" in whole
    assert "This is no unit" not in cut
    assert '"amount\\". Give one.' in cut or '"amount". Give one.' in cut
    told = {
        "human": "... and 1 more\n1 violation, 1 warning",
        "json": '"left_out": 1',
        "turtle": "lc:resultsLeftOut 1 ",
        "sarif": '"leftOut": 1',
    }
    assert told[name] in cut
    assert told[name] not in whole


def test_json_holds_every_field() -> None:
    content = json.loads(as_json(REPORT, SHAPES))
    results = content.pop("results")
    assert content == {
        "conforms": False,
        "counts": {"violation": 1, "warning": 1, "info": 0},
        "shapes": ["amount", "unit"],
        "left_out": 0,
    }
    assert results[0] == {
        "shape": "amount",
        "severity": "violation",
        "message": 'There is no "amount". Give one.',
        "where": {
            "file": "a b/k.yaml",
            "line": 30,
            "document": "k-1",
            "field": "treatments[0]",
        },
        "focus": {"type": "uri", "value": str(NODE)},
        "label": "baricitinib",
        "path": f"<{EX}p>/<{EX}q>",
        "value": None,
        "component": "MinCount",
    }
    assert results[1]["value"] == {"type": "literal", "value": "mgs\n", "xml:lang": "en"}
    assert results[1]["where"] == {}


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Literal("5"), {"type": "literal", "value": "5"}),
        (
            Literal(5),
            {
                "type": "literal",
                "value": "5",
                "datatype": "http://www.w3.org/2001/XMLSchema#integer",
            },
        ),
        (BNode("x"), {"type": "bnode", "value": ""}),
    ],
)
def test_json_writes_terms_as_sparql_does(term: Literal | BNode, written: dict[str, str]) -> None:
    result = Result(
        shape="unit",
        severity=Severity.INFO,
        focus=NODE,
        message="m",
        component="In",
        source=NODE,
        value=term,
    )
    content = json.loads(as_json(Report.of([result], ["unit"]), SHAPES))
    assert content["results"][0]["value"] == written


def test_turtle_is_a_report_of_shacl() -> None:
    graph = Graph().parse(data=as_turtle(REPORT, SHAPES), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    results = set(graph.objects(report, SH.result))
    assert all(isinstance(node, URIRef) for node in (report, *results))
    by_focus = {graph.value(node, SH.focusNode): node for node in results}
    assert set(by_focus) == {NODE, UNIT.focus}
    amount, unit = by_focus[NODE], by_focus[UNIT.focus]
    path = graph.value(amount, SH.resultPath)
    assert path is not None
    assert list(graph.items(path)) == [URIRef(f"{EX}p"), URIRef(f"{EX}q")]
    assert graph.value(amount, SH.sourceConstraintComponent) == SH.MinCountConstraintComponent
    assert graph.value(amount, SH.sourceShape) == URIRef(f"{NAMESPACE}amount")
    assert graph.value(unit, SH.sourceShape) == URIRef(f"{NAMESPACE}unit")
    assert graph.value(unit, SH.value) == UNIT.value
    assert graph.value(unit, SH.resultSeverity) == SH.Warning


def test_turtle_of_sound_data_conforms() -> None:
    graph = Graph().parse(data=as_turtle(NOTHING, SHAPES), format="turtle")
    assert list(graph.objects(None, SH.conforms)) == [Literal(True)]
    assert not list(graph.objects(None, SH.result))


def test_sarif_has_the_parts_that_its_standard_asks_for() -> None:
    log = json.loads(as_sarif(REPORT, SHAPES))
    assert log["version"] == "2.1.0"
    assert "sarif-schema-2.1.0" in log["$schema"]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["amount", "unit"]
    levels = [rule["defaultConfiguration"]["level"] for rule in rules]
    assert levels == ["error", "warning"]
    for result in run["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"]
        assert result["message"]["text"]
        assert result["level"] in {"error", "warning", "note"}
    amount, unit = (result["locations"][0] for result in run["results"])
    assert amount["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b/k.yaml"},
        "region": {"startLine": 30},
    }
    assert amount["logicalLocations"] == [{"name": "baricitinib", "fullyQualifiedName": str(NODE)}]
    assert "physicalLocation" not in unit


@pytest.mark.parametrize("name", FORMATS)
def test_order_of_results_makes_no_difference(name: str) -> None:
    reordered = Report.of([AMOUNT, UNIT], ["amount", "unit"])
    assert FORMATS[name](reordered, SHAPES, None) == FORMATS[name](REPORT, SHAPES, None)


def test_list_of_shapes_tells_severity_and_sense() -> None:
    assert listing(SHAPES) == (
        "amount (violation)\n    what amount is for\nunit (warning)\n    what unit is for\n"
    )
