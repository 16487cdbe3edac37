"""What comes out of the shapes: which results, in which order, with which words and places."""

from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from exporter.errors import InputError, LimitError, Where
from exporter.validation.engine import validate, validate_quads
from exporter.validation.limited import validate_all
from exporter.validation.results import Report, Severity
from exporter.validation.shapes import NAMESPACE, Shape, shapes

EX = "http://example.org/"
BASE = "https://w3id.org/linked-case/id/"
DATA = f"""
    @prefix ex: <{EX}> .
    @prefix lc: <https://w3id.org/linked-case/vocab#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    <{BASE}case/k-1/treatments/0> a ex:Treatment ; lc:sourceLine 30 ; rdfs:label "baricitinib" .
    <{BASE}case/k-1/treatments/0/dose/0> a ex:Dose ; ex:unit "mg" .
    <{BASE}case/k-1/treatments/0/dose/1> a ex:Dose ; lc:sourceLine 32 .
    ex:else a ex:Dose ; ex:unit "mg" ; ex:amount 5 .
"""
PREFIXES = f"""
    @prefix ex: <{EX}> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix : <{NAMESPACE}> .
"""
AMOUNT = """
    :amount a sh:PropertyShape ; sh:message "There is no amount. Give one." ;
        sh:targetClass ex:Dose ; sh:path ex:amount ; sh:minCount 1 .
"""
UNIT = """
    :unit a sh:PropertyShape ; sh:message "There is no unit. Give one." ; sh:severity sh:Warning ;
        sh:targetClass ex:Dose ; sh:path ex:unit ; sh:minCount 1 .
"""


def graph(text: str = DATA) -> Graph:
    return Graph(bind_namespaces="none").parse(data=text, format="turtle")


def private(folder: Path, **files: str) -> tuple[Shape, ...]:
    for name, text in files.items():
        (folder / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return shapes(private=[folder], only_private=True)


def told(report: Report) -> list[tuple[str, str, str | None]]:
    return [(r.shape, str(r.focus).removeprefix(BASE), str(r.where)) for r in report.results]


def test_results_are_sorted_gravest_first_then_by_place(tmp_path: Path) -> None:
    report = validate(graph(), private(tmp_path, unit=UNIT, amount=AMOUNT))
    assert told(report) == [
        ("amount", "case/k-1/treatments/0/dose/0", "k-1:30 (treatments[0].dose[0])"),
        ("amount", "case/k-1/treatments/0/dose/1", "k-1:32 (treatments[0].dose[1])"),
        ("unit", "case/k-1/treatments/0/dose/1", "k-1:32 (treatments[0].dose[1])"),
    ]
    assert [r.severity for r in report.results] == ["violation", "violation", "warning"]
    assert report.counts() == {"violation": 2, "warning": 1, "info": 0}
    assert not report.conforms


def test_data_without_fault_conforms_and_is_left_as_it_was(tmp_path: Path) -> None:
    sound = graph(f"<{EX}a> a <{EX}Dose> ; <{EX}unit> 'mg' ; <{EX}amount> 5 .")
    before = set(sound)
    report = validate(sound, private(tmp_path, unit=UNIT, amount=AMOUNT))
    assert report.conforms
    assert report.shapes == ("amount", "unit")
    assert set(sound) == before


@pytest.mark.parametrize(
    ("at", "fails"), [(Severity.VIOLATION, False), (Severity.WARNING, True), (Severity.INFO, True)]
)
def test_warning_fails_only_where_warnings_are_to_fail(
    tmp_path: Path, at: Severity, fails: bool
) -> None:
    report = validate(graph(), private(tmp_path, unit=UNIT))
    assert report.fails(at) is fails
    assert not report.conforms


def test_quads_of_all_graphs_are_checked_as_one(tmp_path: Path) -> None:
    whole = sorted(graph())
    quads = [(*triple, URIRef(f"{EX}g{n}")) for n, triple in enumerate(whole)]
    checked = private(tmp_path, unit=UNIT, amount=AMOUNT)
    assert validate_quads(quads, checked) == validate(graph(), checked)


def test_report_leads_to_the_file_of_the_case_if_the_caller_knows_it(tmp_path: Path) -> None:
    report = validate(graph(), private(tmp_path, unit=UNIT))
    (known,) = report.located({"k-1": Where(file="k.yaml")}).results
    (unknown,) = report.located({"k-2": Where(file="k.yaml")}).results
    assert str(known.where) == "k.yaml:32 (k-1, treatments[0].dose[1])"
    assert str(unknown.where) == "k-1:32 (treatments[0].dose[1])"


def test_message_of_a_part_goes_before_that_of_its_file_and_else_the_file_speaks(
    tmp_path: Path,
) -> None:
    text = """
        :parts a sh:NodeShape ; sh:targetClass ex:Treatment ; sh:message "The file speaks." ;
            sh:property [ sh:path ex:a ; sh:minCount 1 ],
                [ sh:path ex:b ; sh:minCount 1 ; sh:message "The part speaks." ] .
    """
    report = validate(graph(), private(tmp_path, parts=text))
    said = {r.path: r.message for r in report.results}
    assert said == {f"<{EX}a>": "The file speaks.", f"<{EX}b>": "The part speaks."}


def test_message_of_a_query_names_the_value_that_it_found(tmp_path: Path) -> None:
    text = """
        :asked a sh:NodeShape ; sh:targetClass ex:Dose ; sh:message "The shape speaks." ;
            sh:sparql [ sh:message "the amount {?value} is odd" ;
                sh:select "SELECT $this ?value { $this <http://example.org/amount> ?value }" ] .
    """
    (result,) = validate(graph(), private(tmp_path, asked=text)).results
    assert result.message == "the amount 5 is odd"
    assert result.component == "SPARQL"


@pytest.mark.parametrize(
    ("path", "sparql", "turtle"),
    [
        ("ex:p", f"<{EX}p>", f"<{EX}p>"),
        ("[ sh:inversePath ex:p ]", f"^<{EX}p>", f"[ sh:inversePath <{EX}p> ]"),
        ("( ex:p ex:q )", f"<{EX}p>/<{EX}q>", f"( <{EX}p> <{EX}q> )"),
        (
            "[ sh:alternativePath ( ex:p ex:q ) ]",
            f"(<{EX}p>|<{EX}q>)",
            f"[ sh:alternativePath ( <{EX}p> <{EX}q> ) ]",
        ),
        (
            "[ sh:inversePath ( ex:p [ sh:oneOrMorePath ex:q ] ) ]",
            f"^(<{EX}p>/<{EX}q>+)",
            f"[ sh:inversePath ( <{EX}p> [ sh:oneOrMorePath <{EX}q> ] ) ]",
        ),
    ],
)
def test_path_is_told_as_sparql_and_turtle_write_it(
    tmp_path: Path, path: str, sparql: str, turtle: str
) -> None:
    text = f":p a sh:PropertyShape ; sh:targetNode ex:else ; sh:path {path} ; sh:minCount 1 ."
    (result,) = validate(graph(), private(tmp_path, p=text)).results
    assert (result.path, result.turtle_path) == (sparql, turtle)


def test_of_several_properties_to_choose_from_the_one_that_was_taken_is_told(
    tmp_path: Path,
) -> None:
    text = """
        :p a sh:PropertyShape ; sh:targetNode ex:else ; sh:in ( "mg" ) ;
            sh:path [ sh:alternativePath ( ex:amount ex:unit ) ] .
    """
    (result,) = validate(graph(), private(tmp_path, p=text)).results
    assert result.path == f"<{EX}amount>"


@pytest.mark.parametrize(
    "text",
    [
        ':p sh:targetClass ex:Dose ; sh:path ex:unit ; sh:pattern "(a" .',
        ':p sh:targetClass ex:Dose ; sh:path ex:unit ; sh:minCount "x" .',
        ':p a sh:PropertyShape ; sh:targetClass ex:Dose ; sh:path "x" ; sh:minCount 1 .',
        ":p a sh:NodeShape ; sh:targetClass ex:Dose ; sh:node :p .",
        ":p a sh:NodeShape ; sh:targetClass ex:Dose ; sh:or () .",
        ':p sh:targetClass ex:Dose ; sh:sparql [ sh:select "SELECT $this { $this" ] .',
        ':p sh:targetClass ex:Dose ; sh:sparql [ sh:select "SELECT $this { $this no:p ?o }" ] .',
        ':p sh:targetClass ex:Dose ; sh:sparql [ sh:select "SELECT $this { ?o a ?c MINUS {} }" ] .',
    ],
)
def test_malformed_shape_is_refused_with_its_name(
    tmp_path: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match="cannot be run: bad: ") as refusal:
        validate(graph(), private(tmp_path, bad=text))
    assert refusal.value.code == "E172"
    assert capfd.readouterr() == ("", "")


def test_endless_pattern_of_a_private_shape_is_ended_and_the_shape_named(tmp_path: Path) -> None:
    endless = ':slow sh:targetClass ex:Dose ; sh:path ex:unit ; sh:pattern "^(a+)+$" .'
    text = f"<{EX}x> a <{EX}Dose> ; <{EX}unit> '{'a' * 40}!' ; <{EX}amount> 5 ."
    chosen = private(tmp_path, amount=AMOUNT, slow=endless)
    with pytest.raises(LimitError, match="the shape 'slow' took longer than 1 s"):
        validate_all(graph(text), chosen, 1.0)


def test_private_shapes_in_their_own_process_find_what_they_find_in_ours(tmp_path: Path) -> None:
    whole = ":whole a sh:NodeShape ; sh:property [ sh:path ex:amount ; sh:minCount 1 ] ."
    uses = ":uses a sh:NodeShape ; sh:targetClass ex:Treatment ; sh:node :whole ."
    chosen = private(tmp_path, unit=UNIT, amount=AMOUNT, uses=uses, whole=whole)
    apart = validate_all(graph(), chosen)
    assert told(apart) == told(validate(graph(), chosen))
    assert "uses" in {r.shape for r in apart.results}


def test_malformed_private_shape_is_refused_from_its_own_process_too(tmp_path: Path) -> None:
    chosen = private(tmp_path, bad=':p sh:targetClass ex:Dose ; sh:path ex:unit ; sh:pattern "(" .')
    with pytest.raises(InputError, match="cannot be run: bad"):
        validate_all(graph(), chosen)


def test_lines_of_a_part_become_those_of_the_file_that_holds_it(tmp_path: Path) -> None:
    report = validate(graph(), private(tmp_path, unit=UNIT))
    (found,) = report.located({"k-1": Where(file="many.yaml", line=101)}).results
    assert str(found.where) == "many.yaml:132 (k-1, treatments[0].dose[1])"
