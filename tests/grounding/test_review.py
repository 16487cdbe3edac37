"""Verdicts stand above the rules, follow the content of an annotation, and never apply wrongly."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import InputError, ProblemsError, Where
from exporter.grounding import findings
from exporter.grounding._verdict_fits import MAPPING_IN_DOUBT
from exporter.grounding.review import (
    Verdicts,
    read_verdicts,
    review,
    reviewed,
    stale,
    verdicts_of,
)
from exporter.grounding.review_lines import Line
from exporter.grounding.review_table import table
from exporter.grounding.rules import rules
from exporter.model.document import Annotation, Document, Text, TextKind
from exporter.model.findings import Level
from exporter.model.grounding import Grounding, Mapping, Status
from exporter.model.identifiers import EntityId, bundled_namespaces
from exporter.model.review import Decision, Reviewed, Verdict, review_key
from exporter.ontologies.index import Ontologies

DM, JDM, JIIM = "MONDO:0016367", "MONDO:0008054", "MONDO:0018010"
CORTICOSTEROID, PRAAS, CANDLE = "CHEBI:50858", "MONDO:0009726", "MONDO:0017960"
UNKNOWN = "MONDO:9999999"
Make = Callable[..., Verdict]


def entity(curie: str) -> EntityId:
    return bundled_namespaces().parse(curie)


SAID = Annotation(
    annotator="full-text entities",
    kind="Diseases",
    ordinal=0,
    label="JDM",
    stated_as="MESH:D003882",
    stated=entity("MESH:D003882"),
    line=7,
)
MAPPED = Mapping(
    subject=entity("MESH:D003882"),
    predicate="skos:exactMatch",
    object=entity(DM),
    justification="semapv:ManualMappingCuration",
)
NARROWED = Grounding(
    status=Status.NARROWED,
    concept=entity(JDM),
    rule="broader-id",
    reason="it is the narrower one",
    proposed=entity(JDM),
    mappings=(MAPPED,),
)
CLEAN = Grounding(
    status=Status.CLEAN, concept=entity(DM), rule="exact-mapping", reason="fits", mappings=(MAPPED,)
)


def text_with(*annotations: Annotation, form: str = "digest", name: str = "a.md") -> Text:
    return Text(
        content="JDM.",
        kind=TextKind.RESTATEMENT,
        passages=(),
        annotations=annotations,
        format=form,
        where=Where(file=name),
    )


def paper(*annotations: Annotation, **more: Any) -> Document:
    fields: dict[str, Any] = {
        "id": "PMC1",
        "identifiers": (entity("PMC:PMC1"), entity("PMID:7"), entity("DOI:10.1000/a")),
        "texts": (text_with(*annotations),),
    }
    return Document(**{**fields, **more})


def verdict(decision: Decision, target: str = "", document: str = "PMC1", **more: Any) -> Verdict:
    about = Reviewed(
        document=document,
        format="digest",
        kind=SAID.kind,
        label=SAID.label,
        stated_as=SAID.stated_as,
        stated=SAID.stated,
        concept=entity(DM),
        rule="broader-id",
        doubted=True,
        proposal=entity(JDM),
    )
    fields: dict[str, Any] = {
        "key": review_key(document, SAID.kind, SAID.label, SAID.stated_as),
        "decision": decision,
        "target": entity(target) if target else None,
        "where": Where(file="review.tsv", line=2),
        "curator": "A. Curator",
        "date": "2026-01-15",
        "about": replace(about, **more.pop("about", {})),
    }
    return Verdict(**{**fields, **more})


@pytest.fixture
def after(ontologies: Ontologies) -> Callable[..., Grounding]:
    """The grounding of the one annotation after a verdict."""

    def apply(given: Verdict, before: Grounding = NARROWED, said: Annotation = SAID) -> Grounding:
        document = paper(said)
        found = verdicts_of([given], ontologies)
        (only,) = reviewed(document, document.texts[0], [before], found)
        return only

    return apply


@pytest.fixture
def told(ontologies: Ontologies) -> Callable[..., list[tuple[Level, str, str]]]:
    """What is said of a verdict: level, code and message."""

    def ask(
        given: Verdict, before: Grounding = NARROWED, document: Document | None = None
    ) -> list[tuple[Level, str, str]]:
        about = document or paper(SAID)
        rows = [[before] * len(text.annotations) for text in about.texts]
        found = stale(about, rows, verdicts_of([given], ontologies))
        return [(each.level, each.code, each.message) for each in found]

    return ask


# --- what a verdict makes of an annotation ---


@pytest.mark.parametrize(
    ("given", "status", "body"),
    [
        (verdict(Decision.ACCEPT, JDM), Status.NARROWED, JDM),
        (verdict(Decision.KEEP), Status.ACCEPTED, DM),
        (verdict(Decision.REJECT), Status.REJECTED, None),
        (verdict(Decision.REPLACE_WITH, CORTICOSTEROID), Status.REPLACED, CORTICOSTEROID),
        (verdict(Decision.REPLACE_WITH, DM), Status.ACCEPTED, DM),
        (verdict(Decision.NARROW_TO, JDM), Status.NARROWED, JDM),
    ],
    ids=lambda value: str(getattr(value, "decision", value)),
)
def test_a_verdict_decides_what_the_annotation_means(
    given: Verdict, status: Status, body: str | None, after: Any, told: Any
) -> None:
    found = after(given)
    assert (found.status, found.body) == (status, entity(body) if body else None)
    assert found.verdict == given
    assert found.rule == "broader-id"
    assert "a curator decided" in found.reason
    assert NARROWED.reason in found.reason
    assert told(given) == []


def test_what_is_decided_is_no_longer_doubtful(after: Any) -> None:
    text = text_with(SAID)
    assert [each.code for each in findings(text, [NARROWED])] == ["broader-id"]
    for given in (verdict(Decision.KEEP), verdict(Decision.REJECT)):
        assert findings(text, [after(given)]) == ()


def test_a_proposal_that_is_no_narrower_concept_replaces(after: Any) -> None:
    antigen = replace(NARROWED, status=Status.REJECTED, proposed=entity("HP:0033033"))
    found = after(verdict(Decision.ACCEPT, "HP:0033033"), antigen)
    assert (found.status, found.body) == (Status.REPLACED, entity("HP:0033033"))


def test_accepting_without_a_proposal_takes_the_annotation_as_stated(after: Any) -> None:
    bare = replace(NARROWED, status=Status.UNRESOLVED, concept=entity(DM), proposed=None)
    found = after(verdict(Decision.ACCEPT), bare)
    assert (found.status, found.body) == (Status.ACCEPTED, entity(DM))


def test_keeping_an_id_whose_mapping_is_in_doubt_keeps_the_id_itself(after: Any) -> None:
    assert {rule.code for rule in rules()} >= MAPPING_IN_DOUBT
    unsafe = replace(NARROWED, status=Status.UNRESOLVED, rule="unsafe-mapping", proposed=None)
    given = verdict(Decision.KEEP, about={"concept": SAID.stated})
    assert after(given, unsafe).body == entity("MESH:D003882")


def test_keeping_a_label_that_names_no_concept_shows_none_and_settles_it(after: Any) -> None:
    nameless = replace(SAID, stated=None, stated_as="")
    open_ = Grounding(status=Status.UNRESOLVED, concept=None, rule="unresolved", reason="no name")
    given = verdict(
        Decision.KEEP,
        key=review_key("PMC1", "Diseases", "JDM", ""),
        about={"stated_as": "", "stated": None, "concept": None},
    )
    found = after(given, open_, nameless)
    assert (found.status, found.body, found.verdict) == (Status.UNRESOLVED, None, given)


def test_a_curator_may_reject_what_no_rule_doubts(after: Any, told: Any) -> None:
    seen = {"rule": "exact-mapping", "doubted": False, "proposal": None}
    given = verdict(Decision.REJECT, about=seen)
    assert after(given, CLEAN).body is None
    assert told(given, CLEAN) == []
    replaced = verdict(Decision.REPLACE_WITH, CORTICOSTEROID, about=seen)
    assert after(replaced, CLEAN).body == entity(CORTICOSTEROID)
    assert told(replaced, CLEAN) == []


# --- what no longer applies ---


def test_another_proposal_than_the_accepted_one_is_not_accepted(after: Any, told: Any) -> None:
    given = verdict(Decision.ACCEPT, JDM)
    other = replace(NARROWED, proposed=entity(JIIM))
    found = after(given, other)
    assert found == other
    assert found.body is None
    ((level, code, message),) = told(given, other)
    assert (level, code) == (Level.WARNING, "stale-verdict")
    assert JDM in message
    assert JIIM in message


def test_a_proposal_that_came_after_accepting_none_is_not_accepted(after: Any, told: Any) -> None:
    given = verdict(Decision.ACCEPT)
    assert after(given) == NARROWED
    assert [code for _, code, _ in told(given)] == ["stale-verdict"]


def test_what_the_rules_have_come_to_say_themselves_needs_no_verdict(after: Any, told: Any) -> None:
    for given in (verdict(Decision.KEEP), verdict(Decision.ACCEPT, DM)):
        assert after(given, CLEAN) == CLEAN
        assert [(level, code) for level, code, _ in told(given, CLEAN)] == [
            (Level.NOTE, "stale-verdict")
        ]


def test_a_concept_that_the_curator_did_not_want_is_not_shown_because_a_rule_is_gone(
    after: Any, told: Any
) -> None:
    accepted = verdict(Decision.ACCEPT, JDM)
    assert after(accepted, CLEAN).body is None
    assert [code for _, code, _ in told(accepted, CLEAN)] == ["stale-verdict"]
    rejected = verdict(Decision.REJECT)
    assert after(rejected, CLEAN).status is Status.REJECTED
    assert [level for level, _, _ in told(rejected, CLEAN)] == [Level.NOTE]
    replaced = verdict(Decision.REPLACE_WITH, CORTICOSTEROID)
    assert after(replaced, CLEAN).body is None
    assert [code for _, code, _ in told(replaced, CLEAN)] == ["stale-verdict"]


def test_what_was_kept_is_not_kept_when_its_id_leads_elsewhere(after: Any, told: Any) -> None:
    given = verdict(Decision.KEEP, about={"concept": entity(JIIM)})
    assert after(given) == NARROWED
    ((_, code, message),) = told(given)
    assert code == "stale-verdict"
    assert JIIM in message


@pytest.mark.parametrize("decision", [Decision.REPLACE_WITH, Decision.NARROW_TO])
@pytest.mark.parametrize("before", [NARROWED, CLEAN])
@pytest.mark.parametrize("target", [CANDLE, UNKNOWN])
def test_a_target_that_a_new_release_does_not_have_is_not_shown(
    decision: Decision, before: Grounding, target: str, after: Any, told: Any
) -> None:
    given, word = verdict(decision, target), "obsolete" if target == CANDLE else "none of the"
    assert after(given, before).body is None
    ((_, code, message),) = told(given, before)
    assert code == "stale-verdict"
    assert word in message


def test_keeping_what_is_obsolete_by_now_does_not_show_it(after: Any, told: Any) -> None:
    old = replace(SAID, stated=entity(CANDLE))
    obsolete = replace(
        NARROWED, concept=entity(PRAAS), proposed=entity(PRAAS), rule="obsolete-id", mappings=()
    )
    given = verdict(Decision.KEEP, about={"concept": entity(CANDLE)})
    assert after(given, obsolete, old).body is None


def test_a_narrower_concept_that_is_none_replaces_and_is_told(after: Any, told: Any) -> None:
    given = verdict(Decision.NARROW_TO, "MONDO:0007915")
    found = after(given)
    assert (found.status, found.body) == (Status.REPLACED, entity("MONDO:0007915"))
    ((level, code, _),) = told(given)
    assert (level, code) == (Level.WARNING, "not-narrower")


def test_where_the_hierarchy_cannot_tell_narrow_to_narrows(after: Any, told: Any) -> None:
    given = verdict(Decision.NARROW_TO, "HP:0033033")
    assert after(given).status is Status.NARROWED
    assert told(given) == []


def test_an_annotation_that_is_gone_is_told_and_one_of_another_format_is_not(told: Any) -> None:
    other = replace(SAID, label="CS")
    given = verdict(Decision.REJECT)
    ((level, code, message),) = told(given, CLEAN, paper(other))
    assert (level, code) == (Level.WARNING, "stale-verdict")
    assert "no such annotation" in message
    elsewhere = paper(texts=(text_with(other, form="pubtator"),))
    assert told(given, CLEAN, elsewhere) == []
    both = paper(texts=(text_with(other), text_with(SAID)))
    assert told(given, NARROWED, both) == []


def test_a_verdict_on_another_paper_is_not_spoken_of(told: Any) -> None:
    assert told(verdict(Decision.REJECT, document="PMC2")) == []


# --- annotations of one content that the rules see differently ---

ANTIGEN = replace(NARROWED, status=Status.REJECTED, rule="autoantibody-target", proposed=None)


@pytest.fixture
def side_by_side(ontologies: Ontologies) -> Callable[..., list[tuple[bool, str]]]:
    """Whether each of two equal annotations is decided, and its rule; then what is told."""

    def apply(given: list[Verdict], *rows: Grounding) -> list[tuple[bool, str]]:
        document = paper(*[replace(SAID, ordinal=number) for number in range(len(rows))])
        found = review(document, [rows], verdicts_of(given, ontologies))
        decided = [(each.verdict is not None, each.rule) for each in found.groundings[0]]
        return decided + [(False, each.message) for each in found.findings]

    return apply


def test_a_verdict_on_one_sentence_leaves_the_right_one_in_another(side_by_side: Any) -> None:
    given = verdict(Decision.REJECT)
    assert side_by_side([given], NARROWED, CLEAN) == [(True, "broader-id"), (False, CLEAN.rule)]
    assert side_by_side([given], ANTIGEN, NARROWED) == [
        (False, ANTIGEN.rule),
        (True, "broader-id"),
    ]


def test_each_finding_may_have_a_verdict_of_its_own(side_by_side: Any) -> None:
    other = verdict(Decision.KEEP, about={"rule": ANTIGEN.rule, "proposal": None})
    both = side_by_side([verdict(Decision.REJECT), other], NARROWED, ANTIGEN)
    assert both == [(True, "broader-id"), (True, ANTIGEN.rule)]


def test_a_verdict_that_names_no_finding_is_about_all(side_by_side: Any) -> None:
    given = verdict(Decision.REJECT, about={"rule": ""})
    assert side_by_side([given], NARROWED, ANTIGEN) == [(True, "broader-id"), (True, ANTIGEN.rule)]


def test_another_rule_is_decided_by_it_too_if_there_is_no_other_finding(side_by_side: Any) -> None:
    given = verdict(Decision.REJECT)
    assert side_by_side([given], ANTIGEN, ANTIGEN) == [(True, ANTIGEN.rule)] * 2


def test_where_nobody_can_tell_which_finding_was_decided_none_is(side_by_side: Any) -> None:
    given = verdict(Decision.REJECT, about={"rule": "some-old-rule"})
    *rows, told = side_by_side([given], NARROWED, ANTIGEN)
    assert rows == [(False, "broader-id"), (False, ANTIGEN.rule)]
    assert "several findings" in told[1]


def test_a_verdict_on_what_is_found_now_goes_before_an_earlier_one(side_by_side: Any) -> None:
    now = verdict(Decision.KEEP, about={"rule": ANTIGEN.rule, "proposal": None})
    row, told = side_by_side([verdict(Decision.REJECT), now], ANTIGEN)
    assert row == (True, ANTIGEN.rule)
    assert "another verdict" in told[1]


# --- what it follows ---


@pytest.mark.parametrize("name", ["PMC1", "PMID7", "10.1000/a", "HAL-1"])
def test_a_verdict_is_found_under_any_name_of_the_paper(name: str, ontologies: Ontologies) -> None:
    given = verdict(Decision.REJECT, document=name)
    document = paper(SAID, names=("HAL-1",))
    found = review(document, [[NARROWED]], verdicts_of([given], ontologies))
    assert found.groundings[0][0].status is Status.REJECTED
    assert [ruling.applied for ruling in found.rulings] == [True]


@pytest.mark.parametrize(
    "other",
    [
        replace(SAID, label="jdm"),
        replace(SAID, kind="Genes"),
        replace(SAID, stated_as="MESH:D001171", stated=entity("MESH:D001171")),
        replace(SAID, stated_as="", stated=None),
    ],
)
def test_a_verdict_is_not_applied_to_another_content(other: Annotation, after: Any) -> None:
    assert after(verdict(Decision.REJECT), NARROWED, other) == NARROWED


@pytest.mark.parametrize(
    "same",
    [
        replace(SAID, ordinal=5),
        replace(SAID, line=90),
        replace(SAID, annotator="linked entities"),
        replace(SAID, gloss="juvenile dermatomyositis", aliases=("x",)),
        replace(SAID, stated_as="D003882"),
    ],
)
def test_place_list_order_and_spelling_of_the_id_make_no_difference(
    same: Annotation, after: Any
) -> None:
    assert after(verdict(Decision.REJECT), NARROWED, same).status is Status.REJECTED


def test_the_key_alone_serves_where_a_spreadsheet_changed_the_cells(after: Any, told: Any) -> None:
    mangled = verdict(Decision.REJECT, about={"label": "2-Sep", "document": "7.1E+10"})
    assert after(mangled).status is Status.REJECTED
    assert told(mangled) == []


def test_a_paper_without_verdicts_stays_as_the_rules_judge_it(ontologies: Ontologies) -> None:
    found = review(paper(SAID), [[NARROWED]], verdicts_of([], ontologies))
    assert found.groundings == ((NARROWED,),)
    assert not found.findings
    assert not found.rulings


# --- files ---


def line(decided: str, **more: str) -> Line:
    fields = {
        "key": review_key("PMC1", SAID.kind, SAID.label, SAID.stated_as),
        "document": "PMC1",
        "kind": SAID.kind,
        "label": SAID.label,
        "stated": SAID.stated_as,
        "proposal": JDM,
        "verdict": decided,
    }
    return Line(**{**fields, **more})  # type: ignore[arg-type]


@pytest.fixture
def reading(tmp_path: Path, ontologies: Ontologies) -> Callable[..., Verdicts]:
    """Read files of lines."""

    def read(*files: list[Line]) -> Verdicts:
        paths = [tmp_path / f"review-{number}.tsv" for number in range(len(files))]
        for path, lines in zip(paths, files, strict=True):
            path.write_bytes(b"".join(table(lines)))
        return read_verdicts(paths, ontologies)

    return read


def test_lines_without_a_verdict_and_past_ones_hold_none(reading: Any) -> None:
    past = [line("accept", state="undone"), line("reject", state="superseded")]
    assert len(reading([line(""), *past])) == 0


def test_differing_verdicts_on_one_annotation_are_refused_with_both_places(reading: Any) -> None:
    for files in (
        [[line("accept"), line("reject")]],
        [[line("accept")], [line("reject")]],
        [[line("replace-with MONDO:0008054")], [line("replace-with MONDO:0016367")]],
    ):
        with pytest.raises(InputError) as refused:
            reading(*files)
        assert refused.value.code == "E193"
        places = str(refused.value)
        assert places.count("review-") == 2
        assert ":2" in places


def test_agreeing_verdicts_of_two_files_are_one_decision(reading: Any) -> None:
    found = reading([line("reject", curator="A")], [line("reject", curator="B")])
    document = paper(SAID)
    (grounding,) = reviewed(document, document.texts[0], [NARROWED], found)
    assert grounding.status is Status.REJECTED
    assert sorted(each.curator for each in found) == ["A", "B"]


def test_the_same_file_named_twice_counts_once(tmp_path: Path, ontologies: Ontologies) -> None:
    path = tmp_path / "review.tsv"
    path.write_bytes(b"".join(table([line("reject")])))
    again = tmp_path / "." / "review.tsv"
    assert len(read_verdicts([path, again, path], ontologies)) == 1


def test_differing_verdicts_under_two_names_of_a_paper_are_refused_when_it_is_read(
    ontologies: Ontologies,
) -> None:
    pair = [verdict(Decision.REJECT), verdict(Decision.KEEP, document="PMID7")]
    document = paper(SAID)
    with pytest.raises(InputError, match="two verdicts on one annotation"):
        reviewed(document, document.texts[0], [NARROWED], verdicts_of(pair, ontologies))


def test_all_lines_that_cannot_be_understood_are_told_at_once(reading: Any) -> None:
    with pytest.raises(ProblemsError) as refused:
        reading([line("perhaps"), line("replace-with x", key="r2")], [line("yes", key="r3")])
    assert len(refused.value.problems) == 3
