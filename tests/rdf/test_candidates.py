"""What was weighed for a grounding is written, ranked, and never as what the annotation means."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from rdflib.namespace import RDF, SKOS

from exporter.model.grounding import Candidate, Grounding, Ranked, Status
from exporter.model.identifiers import EntityId, bundled_namespaces
from exporter.rdf.formats import Format, write
from exporter.rdf.iris import Iris
from exporter.rdf.mentions import mention_quads
from exporter.rdf.quoting import TextMode
from exporter.rdf.terms import Quad
from exporter.rdf.vocabulary import LC, OA, SCHEMA

STATED, CHOSEN = "MONDO:0016367", "MONDO:0008054"
OF_FACTS = {LC.concept, OA.hasBody, SCHEMA.mentions, LC.proposedConcept, SKOS.exactMatch}
NUMBER = 12


def entity(text: str) -> EntityId:
    return bundled_namespaces().parse(text)


def candidate(concept: EntityId, score: float = 1.0, **more: Any) -> Candidate:
    fields = {"name": "JDM", "scope": "exact", "version": "mondo 2026-05-05"}
    return Candidate(concept=concept, score=score, **{**fields, **more})


@pytest.fixture
def weighed() -> tuple[Candidate, ...]:
    """More candidates than are written, best first; none of them is chosen."""
    scores = [1.0, 1.0, 0.95, 0.8, 0.75, *[0.6] * (NUMBER - 5)]
    return tuple(
        candidate(entity(f"MONDO:{number:07}"), score)
        for number, score in enumerate(scores, start=1)
    )


@pytest.fixture
def ground() -> Callable[..., Grounding]:
    """Make a grounding of the test annotation."""

    def make(status: Status = Status.PROPOSED, **more: Any) -> Grounding:
        fields = {"rule": "some-rule", "reason": "because", "concept": entity(STATED)}
        return Grounding(status=status, **{**fields, **more})

    return make


@pytest.fixture
def statements(paper: Any, iris: Iris) -> Callable[[Grounding], list[Quad]]:
    def written(grounding: Grounding) -> list[Quad]:
        text = paper.text(paper.annotation("JDM", "MESH:D003882"))
        return list(mention_quads(paper.document(text), text, [grounding], iris, TextMode.FULL))

    return written


@pytest.fixture
def told(statements: Any, facts: Any) -> Callable[[Grounding], Any]:
    """Make the statements about a grounding, to be asked for by what is known of them."""
    return lambda grounding: facts(statements(grounding))


def read_back(facts: Any) -> list[Ranked]:
    """What a reader of the statements can tell of the candidates, by rank."""
    nodes = [str(node) for node in facts.subjects(RDF.type, LC.GroundingCandidate)]
    found = [
        Ranked(
            int(facts.value(node, LC.candidateRank)),
            candidate(
                entity(str(facts.value(node, LC.candidateConcept))),
                float(facts.value(node, LC.candidateScore)),
                version=str(facts.value(node, LC.ontologyVersion)),
            ),
        )
        for node in nodes
    ]
    return sorted(found, key=lambda each: each.rank)


def test_the_best_are_read_back_as_they_were_and_all_are_counted(
    weighed: Any, ground: Any, told: Any
) -> None:
    found = told(ground(candidates=weighed))
    assert read_back(found) == [Ranked(n + 1, weighed[n]) for n in range(5)]
    assert int(found.value(None, LC.candidateCount)) == NUMBER
    assert len(found.values(None, LC.hasCandidate)) == 5


@pytest.mark.parametrize("part", ["concept", "proposed"])
@pytest.mark.parametrize("rank", [1, 5, 6, NUMBER])
def test_what_the_grounding_names_is_ranked_too_however_far_down(
    part: str, rank: int, weighed: Any, ground: Any, told: Any
) -> None:
    chosen = candidate(entity(CHOSEN), 0.6)
    every = (*weighed[: rank - 1], chosen, *weighed[rank:])
    found = read_back(told(ground(candidates=every, **{part: chosen.concept})))
    assert Ranked(rank, chosen) in found
    assert len(found) == (5 if rank <= 5 else 6)


def test_statements_come_in_the_order_of_ranks(weighed: Any, ground: Any, statements: Any) -> None:
    ranks = [
        int(o) for _, p, o, _ in statements(ground(candidates=weighed)) if p == LC.candidateRank
    ]
    assert ranks == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("status", Status)
def test_no_candidate_is_written_where_nothing_was_weighed(
    status: Status, ground: Any, told: Any
) -> None:
    found = told(ground(status))
    assert found.subjects(RDF.type, LC.GroundingCandidate) == []
    for link in (LC.hasCandidate, LC.candidateConcept, LC.candidateCount):
        assert found.values(None, link) == []


@pytest.mark.parametrize("status", Status)
def test_a_candidate_is_met_by_names_only_that_say_so(
    status: Status, weighed: Any, ground: Any, statements: Any
) -> None:
    iris = {each.concept.iri for each in weighed}
    links = {p for _, p, o, _ in statements(ground(status, candidates=weighed)) if str(o) in iris}
    assert links == {LC.candidateConcept}


@pytest.mark.parametrize("status", Status)
def test_candidates_change_nothing_else_that_is_written(
    status: Status, weighed: Any, ground: Any, statements: Any
) -> None:
    without = statements(ground(status))
    more = [each for each in statements(ground(status, candidates=weighed)) if each not in without]
    assert {predicate for _, predicate, _, _ in more} == {
        RDF.type,
        LC.hasCandidate,
        LC.candidateCount,
        LC.candidateConcept,
        LC.candidateRank,
        LC.candidateScore,
        LC.candidateReason,
        LC.ontologyVersion,
    }
    assert not {predicate for _, predicate, _, _ in more} & OF_FACTS
    assert {o for _, p, o, _ in more if p == RDF.type} == {LC.GroundingCandidate}


def test_a_candidate_says_why_it_was_weighed(ground: Any, told: Any) -> None:
    plain = candidate(ground().concept)
    reasons = []
    for each in (plain, replace(plain, scope="related", name="ILD"), replace(plain, scope="alias")):
        found = told(ground(candidates=(each,)))
        reasons.append(str(found.value(None, LC.candidateReason)))
    assert reasons == [
        "'JDM' is an exact name of it",
        "'ILD' is a related name of it",
        "'JDM' is an alias name of it",
    ]


@pytest.mark.parametrize(("score", "written"), [(1.0, "1"), (0.95, "0.95"), (0.0, "0")])
def test_scores_are_decimals_as_they_were_given(
    score: float, written: str, ground: Any, told: Any
) -> None:
    each = candidate(ground().concept, score)
    found = told(ground(score=score, candidates=(each,)))
    for link in (LC.groundingScore, LC.candidateScore):
        literal = found.value(None, link)
        assert str(literal) == written
        assert literal.toPython() == Decimal(written)


def test_a_score_that_nobody_gave_is_not_written(ground: Any, told: Any) -> None:
    assert told(ground()).values(None, LC.groundingScore) == []


def in_bytes(quads: Iterable[Quad], form: Format) -> bytes:
    return b"".join(write(quads, form, Iris().base))


@pytest.mark.parametrize("form", [Format.TURTLE, Format.TRIG, Format.NQUADS, Format.JSONLD])
def test_the_same_candidates_give_the_same_bytes(
    form: Format, weighed: Any, ground: Any, statements: Any
) -> None:
    once, again = (statements(ground(candidates=weighed)) for _ in range(2))
    assert in_bytes(once, form) == in_bytes(reversed(again), form)
