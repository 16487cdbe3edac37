"""Checks of contradictions: the same thing both there and not there at one time."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from exporter.errors import InputError
from exporter.model.case import Case
from exporter.model.durations import parse_duration
from exporter.sources._case_remarks import Path, Remark, error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """That something is so or not: what, when, in whom, and where the case says it."""

    what: str
    when: Hashable
    whom: str | None
    verdict: bool
    is_count: bool
    path: Path


def contradiction_remarks(case: Case) -> Iterator[Remark]:
    """Remark on findings, tests, events and diagnoses that are both there and not there."""
    for statements in (_diagnoses(case), _findings(case), _events(case), _results(case)):
        yield from _opposed(list(statements))


def _opposed(statements: list[_Statement]) -> Iterator[Remark]:
    """Remark on the later of two opposed statements; counts of a group may stand side by side."""
    seen: dict[tuple[str, Hashable, str | None], dict[bool, _Statement]] = defaultdict(dict)
    for statement in statements:
        said = seen[statement.what, statement.when, statement.whom]
        other = said.get(not statement.verdict)
        if other is not None and not (statement.is_count or other.is_count):
            kind, _, name = statement.what.partition(" ")
            both = _OPPOSITES[kind]
            yield error(
                "contradiction",
                statement.path,
                f"{name} is both {both} at the same time",
                "correct one of them, or tell the times apart with at or phase",
                name,
            )
        said.setdefault(statement.verdict, statement)


_OPPOSITES = {
    "diagnosis": "a diagnosis and excluded",
    "finding": "present and absent",
    "event": "present and absent",
    "test": "positive and negative",
}


def _diagnoses(case: Case) -> Iterator[_Statement]:
    for index, row in enumerate(case.diagnoses or ()):
        if row.status in {"confirmed", "suspected", "excluded"}:
            yield _Statement(
                what=f"diagnosis {row.id or row.label.casefold()}",
                when=None,
                whom=row.subgroup,
                verdict=row.status != "excluded",
                is_count=row.n is not None,
                path=("diagnoses", index, "status"),
            )


def _findings(case: Case) -> Iterator[_Statement]:
    for index, row in enumerate(case.phenotypes or ()):
        if row.status in {"present", "absent"}:
            yield _Statement(
                what=f"finding {row.id or row.label.casefold()}",
                when=(_moment(row.at), row.phase),
                whom=row.subgroup,
                verdict=row.status == "present",
                is_count=row.n is not None or row.percent is not None,
                path=("phenotypes", index, "status"),
            )


def _events(case: Case) -> Iterator[_Statement]:
    for index, row in enumerate(case.adverse_events or ()):
        yield _Statement(
            what=f"event {row.id or row.label.casefold()}",
            when=(_moment(row.at), row.phase, row.arm),
            whom=row.subgroup,
            verdict=row.status == "present",
            is_count=row.n is not None or row.percent is not None,
            path=("adverse_events", index, "status"),
        )


def _results(case: Case) -> Iterator[_Statement]:
    for number, test in enumerate(case.serology or ()):
        for index, row in enumerate(test.series or ()):
            if row.result in {"positive", "negative"}:
                yield _Statement(
                    what=f"test {test.test.hpo_if_positive or test.test.label.casefold()}",
                    when=(_moment(row.at), row.phase, test.assay),
                    whom=row.subgroup,
                    verdict=row.result == "positive",
                    is_count=row.n is not None,
                    path=("serology", number, "series", index, "result"),
                )


def _moment(text: str | None) -> str | None:
    """Return one text for the same time however it is written; P12M is P1Y."""
    if text is None:
        return None
    try:
        return parse_duration(text).canonical
    except InputError:
        return text
