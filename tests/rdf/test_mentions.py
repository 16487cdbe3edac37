import hashlib
from typing import Any

import pytest
from rdflib.namespace import RDF

from exporter.errors import Where
from exporter.model.document import PositionSource
from exporter.model.grounding import Grounding, Mapping, Status
from exporter.model.identifiers import Namespaces
from exporter.rdf.iris import Iris
from exporter.rdf.mentions import confirmed_concepts, mention_quads
from exporter.rdf.quoting import TextMode
from exporter.rdf.vocabulary import LC, OA

MONDO = "http://purl.obolibrary.org/obo/MONDO_0008054"
TRUSTED = {Status.CLEAN, Status.ACCEPTED}


def grounding(status: Status, ids: Namespaces, **more: Any) -> Grounding:
    concept = ids.parse("MONDO:0008054")
    fields = {"rule": "some-rule", "reason": "because", "concept": concept}
    return Grounding(status=status, **{**fields, **more})


@pytest.fixture
def written(paper: Any, facts: Any, ids: Namespaces, iris: Iris) -> Any:
    """Write one annotation of the test paper with a grounding of some status."""

    def write(status: Status = Status.CLEAN, mode: TextMode = TextMode.FULL, **more: Any) -> Any:
        label = more.pop("label", "JDM")
        text = paper.text(paper.annotation(label, "MESH:D003882", **more))
        statements = mention_quads(paper.document(text), text, [grounding(status, ids)], iris, mode)
        return facts(statements)

    return write


@pytest.mark.parametrize("status", Status)
def test_a_query_without_a_filter_meets_only_what_may_be_relied_on(
    status: Status, written: Any
) -> None:
    found = written(status)
    bodies = [str(each) for each in found.values(None, OA.hasBody)]
    groundings = found.subjects(RDF.type, LC.Grounding)
    concepts = [str(each) for each in found.values(None, LC.concept)]
    expected = [MONDO] if status in TRUSTED else []
    assert bodies == concepts == expected
    assert len(groundings) == len(expected)
    assert found.value(None, LC.status) == LC[status]


@pytest.mark.parametrize("status", Status)
def test_what_the_annotator_said_is_always_kept(status: Status, written: Any) -> None:
    found = written(status, gloss="juvenile dermatomyositis", aliases=("JDMS", "jDM"), line=12)
    assert str(found.value(None, LC.statedId)) == "http://id.nlm.nih.gov/mesh/D003882"
    assert str(found.value(None, LC.statedAs)) == "MESH:D003882"
    assert str(found.value(None, LC.statedLabel)) == "JDM"
    assert str(found.value(None, LC.statedGloss)) == "juvenile dermatomyositis"
    assert [str(each) for each in found.values(None, LC.statedAlias)] == ["JDMS", "jDM"]
    assert int(found.value(None, LC.sourceLine)) == 12


def test_a_rejected_concept_is_named_as_such(written: Any) -> None:
    found = written(Status.REJECTED)
    assert str(found.value(None, LC.rejectedConcept)) == MONDO
    assert len(found.subjects(RDF.type, LC.RejectedGrounding)) == 1


def test_positions_count_code_points_of_the_text(paper: Any, written: Any) -> None:
    found = written(label="baricitinib")
    start, end = int(found.value(None, OA.start)), int(found.value(None, OA.end))
    assert paper.content[start:end] == str(found.value(None, OA.exact)) == "baricitinib"
    assert str(found.value(None, OA.prefix)) == paper.content[start - 20 : start]
    assert str(found.value(None, OA.suffix)) == paper.content[end : end + 20]


def test_a_place_has_the_kind_of_its_passage_and_says_how_it_is_known(
    paper: Any, written: Any
) -> None:
    place = paper.mention("JDM", PositionSource.ALIAS_SEARCH)
    found = written(mentions=(place,))
    assert found.value(None, LC.textKind) == LC.machineSummary
    assert found.value(None, LC.positionFrom) == LC.AliasSearch


def test_an_annotation_without_a_place_gets_none_invented(written: Any) -> None:
    found = written(mentions=())
    assert found.value(None, LC.position) == LC.positionUnknown
    assert found.values(None, OA.hasSelector) == []
    assert len(found.values(None, OA.hasSource)) == 1


def test_every_occurrence_is_a_target(paper: Any, written: Any) -> None:
    first = paper.mention("JDM")
    again = paper.content.rindex("JDM")
    second = type(first)(start=again, end=again + 3, exact="JDM", source=first.source)
    found = written(mentions=(first, second))
    assert len(found.values(None, OA.hasTarget)) == 2
    assert len({str(each) for each in found.values(None, OA.start)}) == 2


def test_without_words_a_quote_is_a_length_and_a_hash(written: Any) -> None:
    found = written(mode=TextMode.NONE)
    assert found.values(None, OA.exact) == found.values(None, OA.prefix) == []
    assert int(found.value(None, LC.exactLength)) == 3
    assert str(found.value(None, LC.exactSha256)) == hashlib.sha256(b"JDM").hexdigest()


def test_equal_annotations_stay_two(paper: Any, facts: Any, ids: Namespaces, iris: Iris) -> None:
    twins = [paper.annotation("JDM", "MESH:D003882", ordinal=n) for n in (0, 1)]
    text = paper.text(*twins)
    groundings = [grounding(Status.CLEAN, ids)] * 2
    found = facts(mention_quads(paper.document(text), text, groundings, iris, TextMode.FULL))
    assert len(found.subjects(RDF.type, OA.Annotation)) == 2
    assert len(found.subjects(RDF.type, LC.Grounding)) == 2


def test_a_grounding_names_the_mapping_and_the_release_it_rests_on(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    used = Mapping(
        subject=ids.parse("MESH:D003882"),
        predicate="skos:exactMatch",
        object=ids.parse("MONDO:0016367"),
        justification="semapv:ManualMappingCuration",
    )
    text = paper.text(paper.annotation("JDM", "MESH:D003882"))
    proposal = grounding(
        Status.NARROWED,
        ids,
        concept=used.object,
        proposed=ids.parse("MONDO:0008054"),
        mappings=(used,),
        version="mondo 2026-05-05",
    )
    found = facts(mention_quads(paper.document(text), text, [proposal], iris, TextMode.FULL))
    assert found.value(None, LC.mappingUsed) == iris.mapping(used)
    assert str(found.value(None, LC.ontologyVersion)) == "mondo 2026-05-05"
    assert str(found.value(None, LC.proposedConcept)) == MONDO
    assert str(found.value(None, LC.unconfirmedConcept)) == used.object.iri


def test_a_missing_grounding_is_a_bug_and_not_passed_over(paper: Any, iris: Iris) -> None:
    text = paper.text(paper.annotation("JDM", "MESH:D003882"))
    with pytest.raises(ValueError, match="zip"):
        list(mention_quads(paper.document(text), text, [], iris, TextMode.FULL))


def test_confirmed_concepts_are_those_of_clean_and_accepted_groundings(ids: Namespaces) -> None:
    every = [grounding(status, ids) for status in Status if status not in TRUSTED]
    assert confirmed_concepts(every) == []
    every += [grounding(status, ids) for status in TRUSTED]
    assert [concept.iri for concept in confirmed_concepts(every)] == [MONDO]


def test_ids_that_were_given_together_are_named_and_a_single_id_is_not(
    paper: Any, facts: Any, ids: Namespaces, iris: Iris
) -> None:
    both = (ids.parse("MESH:D001943"), ids.parse("MESH:D010051"))
    annotations = [
        paper.annotation("JDM", "MESH:D001943", together=both),
        paper.annotation("JDM", "MESH:D003882", ordinal=1),
    ]
    text = paper.text(*annotations)
    groundings = [grounding(Status.CLEAN, ids)] * 2
    found = facts(mention_quads(paper.document(text), text, groundings, iris, TextMode.FULL))
    assert [str(each) for each in found.values(None, LC.statedTogether)] == [
        each.iri for each in both
    ]
    assert len({s for s, p, _, _ in found.quads if p == LC.statedTogether}) == 1


@pytest.mark.parametrize(("first", "line"), [(None, 12), (1, 12), (10, 3)])
def test_lines_count_from_where_the_paper_begins_in_its_file(
    paper: Any, facts: Any, ids: Namespaces, first: int | None, line: int
) -> None:
    annotation = paper.annotation("JDM", "MESH:D003882", line=12)
    text = paper.text(annotation, where=Where(file="many.pubtator", line=first))
    clean = [grounding(Status.CLEAN, ids)]
    found = facts(mention_quads(paper.document(text), text, clean, Iris(), TextMode.FULL))
    assert int(found.value(None, LC.sourceLine)) == line
