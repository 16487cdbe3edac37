"""Decisions in a review: each is kept, the last one can be taken back, again and again."""

from dataclasses import replace

import pytest

from exporter.errors import InputError, Where
from exporter.grounding.review_lines import (
    Decided,
    Line,
    State,
    decide,
    last_decided,
    numbered,
    undo,
    without_outdated,
)
from exporter.grounding.review_words import verdict_of
from exporter.model.identifiers import bundled_namespaces
from exporter.model.review import Decision
from exporter.ontologies.index import Ontologies

OPEN = Line(
    key="r1",
    document="PMC1",
    place="line 3",
    label="JDM",
    proposal="MONDO:0008054",
    state="open",
    where=Where(file="r.tsv", line=2),
)
OTHER = replace(OPEN, key="r2", place="line 4", label="CS", proposal="CHEBI:50858")
JDM = bundled_namespaces().parse("MONDO:0008054")


def made(decision: Decision, **more: str) -> Decided:
    return Decided(decision=decision, curator="A. Curator", date="2026-01-15", **more)  # type: ignore[arg-type]


ACCEPT = replace(made(Decision.ACCEPT), target=JDM)
REJECT, KEEP = made(Decision.REJECT), made(Decision.KEEP)


def standing(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    return [(line.key, line.verdict, line.state) for line in lines]


def test_a_decision_is_signed_dated_and_remembers_its_target() -> None:
    (line,) = decide([OPEN], OPEN, ACCEPT)
    assert (line.verdict, line.target) == ("accept", "MONDO:0008054")
    assert (line.curator, line.date) == ("A. Curator", "2026-01-15")
    assert line.is_decided


def test_a_later_decision_supersedes_the_earlier_one_which_stays() -> None:
    lines = decide(decide([OPEN, OTHER], OPEN, ACCEPT), OPEN, REJECT)
    assert standing(lines) == [
        ("r1", "reject", "decided"),
        ("r2", "", "open"),
        ("r1", "accept", "superseded"),
    ]


def test_undo_brings_back_the_earlier_decision_and_then_the_open_line() -> None:
    lines = decide(decide([OPEN], OPEN, ACCEPT), OPEN, REJECT)
    once = undo(lines)
    assert standing(once) == [("r1", "accept", "decided"), ("r1", "reject", "undone")]
    twice = undo(once)
    assert ("r1", "", "open") in standing(twice)
    assert sorted(line.verdict for line in twice if line.is_past) == ["accept", "reject"]
    assert last_decided(twice) is None
    assert undo(twice) == twice


def test_undo_goes_back_in_the_order_of_the_decisions_not_of_the_lines() -> None:
    lines = decide(decide([OPEN, OTHER], OTHER, KEEP), OPEN, ACCEPT)
    once = undo(lines)
    assert ("r2", "keep", "decided") in standing(once)
    assert ("r1", "", "open") in standing(once)
    twice = undo(once)
    assert not any(line.is_decided for line in twice)


def test_after_undo_a_new_decision_gets_a_number_of_its_own() -> None:
    lines = decide(undo(decide([OPEN], OPEN, ACCEPT)), OPEN, KEEP)
    assert sorted(line.number for line in lines) == ["1", "2"]
    assert last_decided(lines) is not None
    assert standing(undo(lines)).count(("r1", "", "open")) == 1


def test_what_was_written_by_hand_is_newer_than_what_has_a_number() -> None:
    recorded = decide([OPEN, OTHER], OTHER, KEEP)
    by_hand = [replace(line, verdict="reject") if line.key == "r1" else line for line in recorded]
    last = last_decided(numbered(by_hand))
    assert last is not None
    assert last.key == "r1"


def test_by_hand_a_decision_that_no_longer_applies_is_superseded_and_no_other_one() -> None:
    old = replace(OPEN, verdict="accept", number="1", state=f"{State.STALE}: why")
    new = replace(OPEN, verdict="reject")
    assert [line.is_past for line in without_outdated([old, new])] == [True, False]
    current = replace(old, state=State.DECIDED)
    assert not any(line.is_past for line in without_outdated([current, new]))


@pytest.mark.parametrize(
    ("verdict", "target", "decision", "concept"),
    [
        ("accept", "", Decision.ACCEPT, "MONDO:0008054"),
        (" Accept ", "MONDO:0008054", Decision.ACCEPT, "MONDO:0008054"),
        ("KEEP", "", Decision.KEEP, None),
        ("reject", "", Decision.REJECT, None),
        ("replace-with CHEBI:50858", "", Decision.REPLACE_WITH, "CHEBI:50858"),
        ("replace with: CHEBI:50858", "", Decision.REPLACE_WITH, "CHEBI:50858"),
        ("replace_with", "CHEBI:50858", Decision.REPLACE_WITH, "CHEBI:50858"),
        (
            "replace",
            "http://purl.obolibrary.org/obo/CHEBI_50858",
            Decision.REPLACE_WITH,
            "CHEBI:50858",
        ),
        ("narrow-to MONDO:0008054", "MONDO:0008054", Decision.NARROW_TO, "MONDO:0008054"),
    ],
)
def test_a_verdict_may_be_written_in_more_than_one_way(
    verdict: str, target: str, decision: Decision, concept: str | None, ontologies: Ontologies
) -> None:
    read = verdict_of(replace(OPEN, verdict=verdict, target=target), ontologies)
    assert (read.decision, read.target and read.target.curie) == (decision, concept)


@pytest.mark.parametrize(
    ("verdict", "target", "problem", "hint"),
    [
        ("maybe", "", "'maybe' is no verdict", "accept, keep, reject"),
        ("keep to", "", "no verdict", "accept, keep, reject"),
        ("replace-with", "", "names no id", "replace-with MONDO:0008054"),
        ("replace-with JDM", "", "'JDM' is not an identifier", "MONDO:0008054"),
        ("replace-with MESHH:D1", "", "unknown prefix", "MESH"),
        ("replace-with MONDO:12", "", "not a local id", "MONDO:0008054"),
        ("replace-with MONDO:9999999", "", "none of the installed", "'JDM' is a name of"),
        ("narrow-to MONDO:0017960", "", "obsolete", "MONDO:0009726"),
        ("accept", "CHEBI:50858", "accept of CHEBI:50858 and of MONDO:0008054", "replace-with"),
        ("replace-with MONDO:0008054", "CHEBI:50858", "and of", "replace-with"),
        ("reject", "CHEBI:50858", "takes no id", "leave it out"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(
    verdict: str, target: str, problem: str, hint: str, ontologies: Ontologies
) -> None:
    with pytest.raises(InputError) as refused:
        verdict_of(replace(OPEN, verdict=verdict, target=target), ontologies)
    assert problem in refused.value.problem
    assert hint in refused.value.hint
    assert str(refused.value.where) == "r.tsv:2"


def test_what_was_recorded_once_is_read_although_a_new_release_lost_its_target(
    ontologies: Ontologies,
) -> None:
    gone = replace(OPEN, verdict="replace-with", target="MONDO:9999999", number="3")
    assert verdict_of(gone, ontologies).target == bundled_namespaces().parse("MONDO:9999999")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04 00:00:00", "2026-03-04"),
        ("2026/3/4", "2026-03-04"),
        ("4.3.2026", "2026-03-04"),
        ("25/12/2026", "2026-12-25"),
        ("12/25/2026", "2026-12-25"),
        ("4/4/2026", "2026-04-04"),
        ("", ""),
    ],
)
def test_a_date_that_a_spreadsheet_turned_round_is_read_where_only_one_day_can_be_meant(
    written: str, read: str, ontologies: Ontologies
) -> None:
    assert verdict_of(replace(OPEN, verdict="keep", date=written), ontologies).date == read


@pytest.mark.parametrize("written", ["3/4/2026", "2026-13-40", "soon", "3/4/26", "30.2.2026"])
def test_any_other_date_is_refused(written: str, ontologies: Ontologies) -> None:
    with pytest.raises(InputError, match="not a date"):
        verdict_of(replace(OPEN, verdict="keep", date=written), ontologies)
