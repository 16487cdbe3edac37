"""What a run reads: of a file with several cases only the faulty ones are rejected."""

from pathlib import Path

import pytest

from exporter.model.identifiers import bundled_namespaces
from exporter.pipeline.inputs import Gathered, Reading, gather
from exporter.pipeline.knowledge import Knowledge, open_knowledge
from exporter.sources import Settings

NAME = "aeschlimann-2018-p1"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return open_knowledge()


@pytest.fixture
def case(examples: Path) -> str:
    return (examples / "cases" / f"{NAME}.yaml").read_text(encoding="utf-8")


def gathered(path: Path, knowledge: Knowledge, max_bytes: int = 1_000_000) -> Gathered:
    settings = Settings(namespaces=bundled_namespaces())
    return gather(Reading(paths=(str(path),), settings=settings, max_bytes=max_bytes), knowledge)


def test_an_id_that_stands_twice_in_a_file_rejects_these_cases_and_no_other(
    case: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    ids = ("one", "twice", "other", "twice")
    path = tmp_path / "cases.yaml"
    path.write_text("---\n".join(case.replace(NAME, each) for each in ids), encoding="utf-8")
    found = gathered(path, knowledge)
    assert [each.case_id for each in found.cases] == ["one", "other"]
    assert [len(reject.reasons) for reject in found.rejects] == [1, 1]
    lines = case.count("\n") + 1
    told = [str(reject.reasons[0].text) for reject in found.rejects]
    assert [str(path) in reason for reason in told] == [True, True]
    assert {f"cases.yaml:{lines + 2}", f"cases.yaml:{3 * lines + 2}"} == {
        reason.partition(" ")[0].rpartition("/")[2] for reason in told
    }


def test_what_is_too_large_is_told_apart_from_what_is_broken(
    case: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(case, encoding="utf-8")
    (large,) = gathered(path, knowledge, max_bytes=100).rejects
    assert large.over_limit
    path.write_text("schema: linked-case/1\ncase_id: [\n", encoding="utf-8")
    (broken,) = gathered(path, knowledge, max_bytes=100).rejects
    assert not broken.over_limit
