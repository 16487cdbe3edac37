"""Checks of results: measures exist, values lie in range, and words do not contradict numbers."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Protocol

from exporter.model.case import AdverseEvent, Case, Outcome
from exporter.model.laboratory import Biomarker, Measurement
from exporter.ontologies.measures import Measure
from exporter.sources._case_remarks import (
    Path,
    Remark,
    closest,
    error,
    records,
    sentence,
    warning,
)

_NO_MEASURE = ("author-defined", "not-stated")
# A statistic of these words is about a difference, which has no place in a measure's range.
_OF_A_DIFFERENCE = ("change", "difference", "ratio", "percent", "fold", "z-score", "sd")
_BY_RESULT = {"better": "favourable", "worse": "unfavourable", "no-difference": "neutral"}
_MARKERS = frozenset({"biomarker", "serology"})
_MOVES = frozenset({"increased", "decreased"})
_ROUNDING = Decimal(1)


class _Valued(Protocol):
    """A row with a number."""

    @property
    def value(self) -> Decimal | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def statistic(self) -> str | None: ...


def result_remarks(case: Case, measures: Mapping[str, Measure]) -> Iterator[Remark]:
    """Remark on outcomes and markers that contradict themselves or their measure."""
    for path, record in records(case, object):
        match record:
            case Outcome():
                yield from _measure(record.measure, measures, (*path, "measure"))
                yield from _values(record, measures.get(record.measure or ""), path)
                yield from _outcome(record, measures, path)
                yield from _percent(record, path)
            case AdverseEvent():
                yield from _percent(record, path)
                yield from _grade(record, path)
            case Biomarker():
                yield from _marker(record, measures, path)


def _measure(
    name: str | None, measures: Mapping[str, Measure], path: Path, words: tuple[str, ...] = ()
) -> Iterator[Remark]:
    if name is None or name in measures or name in words or not measures:
        return
    known = {other: key for key, row in measures.items() for other in (row.label, *row.other_names)}
    close = closest(name, [*measures, *words]) or known.get(closest(name, known), "")
    hint = f"did you mean {close}? " if close else ""
    other = f", or {sentence(words)}" if words else ", or null"
    hint += f"write the id of a row of measures.csv of a pack{other}"
    yield error("unknown-measure", path, f"there is no measure {name!r}", hint, name)


def _marker(record: Biomarker, measures: Mapping[str, Measure], path: Path) -> Iterator[Remark]:
    yield from _measure(record.measure, measures, (*path, "measure"))
    for index, row in enumerate(record.series or ()):
        place = (*path, "series", index)
        yield from _values(row, measures.get(record.measure or ""), place)
        if row.comparison is not None and row.comparison.result in _BY_RESULT:
            yield _wrong_comparison(row.comparison.result, "higher or lower", place)


def _values(row: Outcome | Measurement, measure: Measure | None, path: Path) -> Iterator[Remark]:
    of_difference = any(word in (row.statistic or "").casefold() for word in _OF_A_DIFFERENCE)
    if measure is None:
        if row.value is not None and row.unit is None:
            message = f"the value {row.value} has no unit"
            yield warning("no-unit", (*path, "unit"), message, "write unit:", row.value)
        return
    if of_difference or "%" in (row.unit or ""):
        return
    for name in ("baseline", "value"):
        value = getattr(row, name, None)
        if value is not None and not measure.in_range(value):
            yield _out_of_range(name, value, measure, (*path, name))


def _out_of_range(name: str, value: Decimal, measure: Measure, path: Path) -> Remark:
    remark = error if measure.verified else warning
    doubt = "" if measure.verified else "; the range itself is not verified"
    message = f"{name} is {value}, and {measure.label} has the range {_range(measure)}{doubt}"
    return remark("out-of-range", path, message, "see the number, the measure and the unit", value)


def _range(measure: Measure) -> str:
    if measure.high is None:
        return f"from {measure.low} upwards"
    return f"up to {measure.high}" if measure.low is None else f"{measure.low} to {measure.high}"


def _outcome(row: Outcome, measures: Mapping[str, Measure], path: Path) -> Iterator[Remark]:
    place = (*path, "response_definition")
    yield from _measure(row.response_definition, measures, place, _NO_MEASURE)
    if row.endpoint is not None and row.response_definition is None:
        message = f"the endpoint is {row.endpoint}, and nothing says how it is defined"
        hint = "write response_definition: with a measure's id, author-defined or not-stated"
        yield error("no-response-definition", place, message, hint)
    if row.comparison is not None and row.comparison.result not in _BY_RESULT:
        yield _wrong_comparison(row.comparison.result, sentence(_BY_RESULT), path)
    yield from _change(row, path)
    yield from _valence(row, measures.get(row.measure or ""), path)


def _change(row: Outcome, path: Path) -> Iterator[Remark]:
    if row.baseline is None or row.value is None:
        return
    found = _direction(row.baseline, row.value)
    if row.change in _MOVES and row.change != found:
        message = f"the change is {row.change}, and {row.baseline} to {row.value} is {found}"
        hint = f"write change: {found}, or correct baseline and value"
        yield error("change-against-numbers", (*path, "change"), message, hint, row.change)


def _direction(baseline: Decimal, value: Decimal) -> str:
    if value == baseline:
        return "unchanged"
    return "increased" if value > baseline else "decreased"


def _valence(row: Outcome, measure: Measure | None, path: Path) -> Iterator[Remark]:
    place = (*path, "valence")
    if row.comparison is not None:
        follows = _BY_RESULT.get(row.comparison.result)
        if row.valence in _BY_RESULT.values() and follows and row.valence != follows:
            message = (
                f"the valence is {row.valence}, and the comparison says {row.comparison.result}"
            )
            yield warning("valence", place, message, f"write valence: {follows}", row.valence)
        return
    if row.domain in _MARKERS and row.valence == "favourable":
        message = "a change of a marker or an antibody is no benefit of its own"
        yield warning("valence", place, message, "write valence: neutral", row.valence)
    elif row.endpoint == "not-met" and row.valence == "unfavourable":
        message = "an endpoint that is not met is no failure"
        yield warning("valence", place, message, "write valence: neutral", row.valence)
    elif measure is not None and measure.good_direction is not None:
        yield from _against_direction(row, measure, place)


def _against_direction(row: Outcome, measure: Measure, path: Path) -> Iterator[Remark]:
    good = {"up": "increased", "down": "decreased"}[measure.good_direction or "up"]
    told = row.change in _MOVES and row.valence in {"favourable", "unfavourable"}
    if told and (row.change == good) != (row.valence == "favourable"):
        message = (
            f"{measure.label} {row.change} is {row.valence}, and {measure.good_direction} is"
            " its good direction"
        )
        yield warning("valence", path, message, "see change, valence and measure", row.valence)


def _wrong_comparison(result: str, allowed: str, path: Path) -> Remark:
    message = f"the comparison cannot be {result!r} here"
    place = (*path, "comparison", "result")
    return error("unknown-value", place, message, f"write {allowed}", result)


def _percent(row: Outcome | AdverseEvent, path: Path) -> Iterator[Remark]:
    if row.percent is None or row.n is None or not row.of or getattr(row, "approximate", None):
        return
    counted = Decimal(100 * row.n) / row.of
    if abs(counted - row.percent) > _ROUNDING:
        message = f"percent is {row.percent}, and {row.n} of {row.of} are {counted:.1f} percent"
        yield warning("percent", (*path, "percent"), message, "see n, of and percent", row.percent)


def _grade(row: AdverseEvent, path: Path) -> Iterator[Remark]:
    grade = row.grade
    if grade is not None and grade.scheme != "authors-word" and grade.value not in set("12345"):
        message = f"{grade.value!r} is no grade of {grade.scheme}"
        place = (*path, "grade", "value")
        yield error("unknown-value", place, message, "write a grade from 1 to 5", grade.value)
