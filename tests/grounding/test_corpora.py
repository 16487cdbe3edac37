"""What the linter promises, held against digests and corpora that people have annotated."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.grounding import GOAL, HALVES, Tally, measured, summed
from benchmarks.lint.digests import GRAVE, SETS, Result, result
from benchmarks.lint.reading import CORPORA, EXPERTS, checked, files_of, papers
from benchmarks.lint.seeded import SEED, graded
from exporter.model.findings import Level
from exporter.ontologies.installed import DATA_VARIABLE
from exporter.pipeline.knowledge import Knowledge, open_knowledge

pytestmark = pytest.mark.shared


SOME_PAPERS = 40


@pytest.fixture(scope="module")
def knowledge(full_index: Path) -> Iterator[Knowledge]:
    """All ontologies that are shared."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATA_VARIABLE, str(full_index))
        yield open_knowledge()


@pytest.fixture(scope="module")
def digests(knowledge: Knowledge) -> Callable[[str], Result]:
    found = {name: result(*place, knowledge) for name, place in SETS.items()}
    return found.__getitem__


def told(found: Result) -> list[str]:
    return [f"{each.document}: {each.mention}: {each.finding}" for each in found.missed]


def test_errors_that_a_curator_lists_are_found(digests: Callable[[str], Result]) -> None:
    found = digests("shared")
    assert found.recall(GRAVE).value >= 0.95, told(found)
    assert found.recall().value >= 0.9, told(found)
    assert found.recall().of >= 40


def test_digests_that_no_rule_was_made_for_fare_as_well(
    digests: Callable[[str], Result],
) -> None:
    found = digests("held out")
    assert found.recall(GRAVE).value >= 0.95, told(found)
    assert found.recall().value >= 0.9, told(found)
    assert found.recall().of >= 60


def test_headers_without_a_field_are_found(digests: Callable[[str], Result]) -> None:
    for name in SETS:
        assert all(is_found for _, is_found in digests(name).headers)


def test_an_expansion_in_the_digest_decides_without_the_table_of_abbreviations(
    knowledge: Knowledge,
) -> None:
    bare = replace(knowledge, field=replace(knowledge.field, abbreviations={}))
    for name, place in SETS.items():
        found = result(*place, bare)
        assert found.recall({"wrong-id"}).value >= 0.85, (name, told(found))


def test_little_is_flagged_that_a_curator_finds_right(digests: Callable[[str], Result]) -> None:
    for name in SETS:
        assert digests(name).precision.value >= 0.9, name


def test_faults_put_into_the_corpora_are_found_and_little_else(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    grades = graded(knowledge, EXPERTS, SEED, tmp_path)
    seeded = sum(tally.seeded for tally in grades.kinds.values())
    assert seeded >= 5_000
    assert len(grades.kinds) >= 8
    assert grades.recall.value >= 0.9
    assert grades.precision.value >= 0.97
    assert min(tally.recall.value for tally in grades.kinds.values()) >= 0.7


@pytest.mark.parametrize("corpus", EXPERTS)
def test_experts_are_seldom_told_that_they_are_wrong(corpus: str, knowledge: Knowledge) -> None:
    rows = checked(papers(files_of(corpus), knowledge), knowledge)
    levels = Counter(row.level for row in rows)
    assert levels.total() > 5_000
    assert levels[Level.ERROR] <= 0.005 * levels.total()
    assert levels[Level.NOTE] <= 0.02 * levels.total()


@pytest.fixture(scope="module")
def halves(knowledge: Knowledge) -> dict[str, Tally]:
    """What names alone lead to, in both halves of the papers of all corpora."""
    return {
        half: summed(
            tally for corpus in CORPORA for tally in measured(corpus, knowledge, half=half).values()
        )
        for half in HALVES
    }


def test_names_alone_lead_to_the_concepts_of_the_experts(halves: dict[str, Tally]) -> None:
    total = summed(halves.values())
    assert total.accuracy.of > 35_000
    assert total.accuracy.value >= GOAL
    assert total.coverage.value >= 0.71
    assert all(tally.accuracy.value >= GOAL for tally in halves.values())


@pytest.mark.parametrize(
    ("prefix", "accuracy", "coverage"),
    [
        ("CHEBI", 0.96, 0.77),
        ("HP", 0.88, 0.69),
        ("MONDO", 0.93, 0.71),
        ("NCBIGene", 0.95, 0.60),
        ("NCBITaxon", 0.99, 0.92),
    ],
)
def test_each_vocabulary_is_seldom_wrong(
    prefix: str, accuracy: float, coverage: float, halves: dict[str, Tally]
) -> None:
    total = summed(halves.values())
    assert total.accuracy_in(prefix).value >= accuracy
    assert total.coverage_of(prefix).value >= coverage
