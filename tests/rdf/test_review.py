"""Verdicts as a graph of their own; what was not applied is told apart by every name it has."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rdflib import Literal
from rdflib.namespace import DCTERMS, PROV, RDF, XSD

from exporter.model.grounding import Grounding, Status
from exporter.model.identifiers import Namespaces
from exporter.model.review import Decision, Reviewed, Ruling, Verdict
from exporter.rdf.iris import Iris
from exporter.rdf.mentions import confirmed_concepts, mention_quads
from exporter.rdf.quoting import TextMode
from exporter.rdf.review import review_quads
from exporter.rdf.vocabulary import LC, OA
from exporter.resources import data

JDM, DM = "MONDO:0008054", "MONDO:0016367"
STEM = "http://purl.obolibrary.org/obo/MONDO_"


@pytest.fixture
def verdict(ids: Namespaces) -> Callable[..., Verdict]:
    def make(
        decision: Decision = Decision.ACCEPT, target: str | None = JDM, **more: Any
    ) -> Verdict:
        about = Reviewed(document="PMC1", kind="Diseases", label="JDM", stated_as="MESH:D003882")
        fields: dict[str, Any] = {
            "key": "r1",
            "decision": decision,
            "target": ids.parse(target) if target else None,
            "reason": "the text says so",
            "curator": "A. Curator",
            "date": "2026-01-15",
            "about": about,
        }
        return Verdict(**{**fields, **more})

    return make


@pytest.fixture
def written(paper: Any, facts: Any, ids: Namespaces, iris: Iris) -> Any:
    """Write rulings on a paper with one annotation, which has the numbers 0 and 0."""

    def write(*rulings: Ruling) -> Any:
        document = paper.document(paper.text(paper.annotation("JDM", "MESH:D003882")))
        return facts(review_quads(document, rulings, iris, ids))

    return write


def applied(given: Verdict) -> Ruling:
    return Ruling(verdict=given, applied=True, text=0, annotation=0)


def unapplied(given: Verdict) -> Ruling:
    return Ruling(verdict=given, applied=False, remark="it is gone")


def test_a_verdict_says_who_decided_what_when_and_why(verdict: Any, written: Any) -> None:
    found = written(applied(verdict()))
    (node,) = found.subjects(RDF.type, LC.Verdict)
    assert found.value(str(node), LC.decision) == LC.accept
    assert str(found.value(str(node), LC.verdictTarget)) == f"{STEM}0008054"
    assert str(found.value(str(node), LC.curator)) == "A. Curator"
    assert found.value(str(node), DCTERMS.date) == Literal("2026-01-15", datatype=XSD.date)
    assert str(found.value(str(node), LC.verdictReason)) == "the text says so"
    assert str(found.value(str(node), LC.reviewKey)) == "r1"
    assert str(found.value(str(node), LC.aboutPaper)) == "https://doi.org/10.1000/a"
    assert str(found.value(str(node), LC.reviewedLabel)) == "JDM"


def test_it_stands_in_the_graph_of_reviews(verdict: Any, written: Any, iris: Iris) -> None:
    assert written(applied(verdict())).graphs() == {f"{iris.base}graph/review"}


def test_it_leads_to_the_annotation_that_the_mentions_speak_of(
    verdict: Any, written: Any, mentioned: Any
) -> None:
    given = verdict()
    mentions, _ = mentioned(Status.NARROWED, given)
    (annotation,) = mentions.subjects(RDF.type, OA.Annotation)
    assert written(applied(given)).value(None, LC.aboutAnnotation) == annotation


def test_one_that_was_not_applied_shares_neither_class_nor_links(
    verdict: Any, written: Any
) -> None:
    found = written(unapplied(verdict()))
    assert found.subjects(RDF.type, LC.Verdict) == []
    (node,) = found.subjects(RDF.type, LC.UnappliedVerdict)
    for link in (LC.verdictTarget, LC.aboutAnnotation, LC.concept, OA.hasBody):
        assert found.values(None, link) == []
    assert str(found.value(str(node), LC.unappliedTarget)) == f"{STEM}0008054"
    assert str(found.value(str(node), LC.notAppliedBecause)) == "it is gone"
    assert found.value(str(node), LC.decision) == LC.accept


def test_one_that_was_applied_in_one_place_only_says_in_which(verdict: Any, written: Any) -> None:
    other = Ruling(verdict=verdict(), applied=False, text=0, annotation=0, remark="other proposal")
    found = written(other, applied(verdict()))
    (node,) = found.subjects(RDF.type, LC.Verdict)
    assert len(found.values(str(node), LC.aboutAnnotation)) == 1
    assert len(found.values(str(node), LC.notAppliedTo)) == 1


@pytest.mark.parametrize(
    "written_as",
    [
        "0000-0002-1825-0097",
        "ORCID:0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
    ],
)
def test_a_curator_with_an_orcid_id_is_attributed_by_it(
    written_as: str, verdict: Any, written: Any
) -> None:
    found = written(applied(verdict(curator=written_as)))
    assert str(found.value(None, PROV.wasAttributedTo)) == "https://orcid.org/0000-0002-1825-0097"


def test_any_other_curator_is_a_name_and_no_iri(verdict: Any, written: Any) -> None:
    for name in ("A. Curator", "MONDO:0008054", "0000-0002-1825-009"):
        found = written(applied(verdict(curator=name)))
        assert found.values(None, PROV.wasAttributedTo) == []
        assert str(found.value(None, LC.curator)) == name


def test_what_is_not_said_is_left_out(verdict: Any, written: Any) -> None:
    bare = verdict(Decision.REJECT, None, reason="", curator="", date="")
    found = written(applied(bare))
    for link in (LC.curator, LC.verdictReason, LC.verdictTarget, DCTERMS.date):
        assert found.values(None, link) == []


def test_the_iri_is_that_of_the_decision_and_not_of_its_place(verdict: Any, iris: Iris) -> None:
    one = verdict()
    assert iris.verdict(one) == iris.verdict(replace(one, where=replace(one.where, line=90)))
    for other in (verdict(Decision.KEEP, None), verdict(reason="x"), verdict(curator="B")):
        assert iris.verdict(other) != iris.verdict(one)


@pytest.fixture
def mentioned(paper: Any, facts: Any, ids: Namespaces, iris: Iris) -> Any:
    """Write one annotation of dermatomyositis with a grounding that a curator decided."""

    def write(status: Status, given: Verdict) -> tuple[Any, list[str]]:
        grounding = Grounding(
            status=status,
            concept=ids.parse(DM),
            proposed=given.target,
            rule="broader-id",
            reason="because",
            verdict=given,
        )
        text = paper.text(paper.annotation("JDM", "MESH:D003882"))
        quads = mention_quads(paper.document(text), text, [grounding], iris, TextMode.FULL)
        return facts(quads), [str(each) for each in confirmed_concepts([grounding])]

    return write


@pytest.mark.parametrize("status", [Status.REPLACED, Status.NARROWED])
def test_the_concept_of_the_curator_is_the_only_one_that_an_unfiltered_query_meets(
    status: Status, mentioned: Any, verdict: Any, iris: Iris
) -> None:
    given = verdict(Decision.NARROW_TO)
    found, confirmed = mentioned(status, given)
    assert confirmed == [JDM]
    assert str(found.value(None, OA.hasBody)) == f"{STEM}0008054"
    assert str(found.value(None, LC.concept)) == f"{STEM}0008054"
    assert str(found.value(None, LC.replacedConcept)) == f"{STEM}0016367"
    assert found.values(None, LC.proposedConcept) == []
    (node,) = found.subjects(RDF.type, LC.Grounding)
    assert found.value(str(node), LC.byVerdict) == iris.verdict(given)


def test_without_a_verdict_a_narrowed_concept_stays_open(mentioned: Any, verdict: Any) -> None:
    given = verdict(Decision.REJECT, None)
    found, confirmed = mentioned(Status.REJECTED, given)
    assert confirmed == []
    assert found.values(None, OA.hasBody) == found.values(None, LC.concept) == []
    assert str(found.value(None, LC.rejectedConcept)) == f"{STEM}0016367"
    assert len(found.subjects(RDF.type, LC.RejectedGrounding)) == 1


def test_every_term_of_a_review_is_declared(verdict: Any, written: Any) -> None:
    vocabulary = (data("ontology") / "linked-case.ttl").read_text("utf-8")
    decisions = [verdict(each, JDM if each.takes_target else None) for each in Decision]
    found = written(*map(applied, decisions), *(map(unapplied, [verdict(key="r2")])))
    used = {str(term) for quad in found.quads for term in quad[:3] if str(term).startswith(LC)}
    assert len(used) > 15
    for term in used:
        assert f"\nlc:{term.removeprefix(str(LC))} a " in vocabulary, term
