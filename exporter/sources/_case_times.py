"""Checks of times: durations and dates are well formed, and nothing ends before it begins."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from exporter.errors import InputError
from exporter.model.case import Age, Case, Outcome
from exporter.model.durations import Duration, parse_duration
from exporter.model.facts import Phenotype, Span
from exporter.model.treatment import Treatment
from exporter.sources._case_remarks import (
    Path,
    Remark,
    error,
    path_text,
    records,
    sentence,
    warning,
)

_LAST_VISIT = "last-visit"
_ANCHORS = ("onset", "diagnosis", "index-start", "report", _LAST_VISIT)
_LENGTHS = ("iso8601", "more_than", "at_least", "planned")
_STATISTICS = ("median", "mean", "sd", "low", "high")
_ORDER = (("low", "high"), ("low", "median"), ("low", "mean"), ("median", "high"), ("mean", "high"))
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_OLDEST = Decimal(125)
_MONTHS = {"year": 12, "month": 1}


def time_remarks(case: Case) -> Iterator[Remark]:
    """Remark on malformed times, negative ages and lengths, and ends before beginnings."""
    for path, record in records(case, object):
        match record:
            case Age():
                yield from _age(record, path, is_group=case.is_group)
            case Span():
                yield from _span(record, path)
            case Treatment():
                yield from _treatment(record, path)
            case _ if hasattr(record, "at"):
                yield from _moment(record.at, (*path, "at"))
                if isinstance(record, Phenotype):
                    yield from _moment(record.onset, (*path, "onset"))
                if isinstance(record, Outcome):
                    yield from _phase(record, path)
    yield from _ages_in_order(case)
    yield from _date(case.curation.date, ("curation", "date"), whole=True)


def _duration(text: str | None, path: Path) -> Duration | Remark | None:
    if text is None:
        return None
    try:
        return parse_duration(text)
    except InputError as problem:
        message = f"{text!r} is not an ISO 8601 duration"
        return error("malformed-duration", path, message, problem.hint, text)


def _moment(
    text: str | None, path: Path, words: tuple[str, ...] = (_LAST_VISIT,)
) -> Iterator[Remark]:
    found = None if text in words else _duration(text, path)
    if isinstance(found, Remark):
        hint = f"{found.hint}; or one of {sentence(words)}"
        yield error(found.code, path, found.message, hint, found.value)


def _length(text: str | None, path: Path, code: str, what: str) -> Iterator[Remark]:
    found = _duration(text, path)
    if isinstance(found, Remark):
        yield found
    elif found is not None and found.is_negative:
        yield error(code, path, f"{what} {text} is negative", "leave out the minus", text)


def _phase(record: Outcome, path: Path) -> Iterator[Remark]:
    found = None if record.at == _LAST_VISIT else _duration(record.at, (*path, "at"))
    if record.phase == "on-treatment" and isinstance(found, Duration) and found.is_negative:
        message = f"the outcome is on treatment and at {record.at}, before its start"
        yield error("end-before-start", (*path, "at"), message, value=record.at)


def _age(age: Age, path: Path, *, is_group: bool) -> Iterator[Remark]:
    yield from _length(age.iso8601, (*path, "iso8601"), "negative-age", "the age")
    yield from _statistics(age, path, "negative-age", "the age")
    if all(getattr(age, name) is None for name in ("iso8601", "stage", *_STATISTICS)):
        hint = "write iso8601, a statistic with its unit, or stage"
        yield error("age-without-value", path, f"the age at {age.at} has no value", hint)
    if is_group and age.iso8601 is not None:
        hint = "write median, mean, low or high with unit"
        message = f"{age.iso8601} would be one person's age, and this is a group"
        yield warning("individual-fact-of-group", (*path, "iso8601"), message, hint, age.iso8601)
    yield from _unlikely(age, path)


def _unlikely(age: Age, path: Path) -> Iterator[Remark]:
    months = [
        getattr(age, name) * _MONTHS[age.unit or "year"]
        for name in _STATISTICS
        if getattr(age, name) is not None
    ]
    exact = _duration(age.iso8601, path)
    if isinstance(exact, Duration):
        months.append(exact.range_in_days[0] / 31)
    if any(number > _OLDEST * 12 for number in months):
        yield warning("unlikely-age", path, f"nobody is older than {_OLDEST} years", "see the unit")


def _span(span: Span, path: Path) -> Iterator[Remark]:
    for name in _LENGTHS:
        yield from _length(getattr(span, name), (*path, name), "negative-length", "the length")
    yield from _statistics(span, path, "negative-length", "the length")
    yield from _moment(span.at, (*path, "at"), _ANCHORS)
    for index, visit in enumerate(span.visits or ()):
        yield from _moment(visit, (*path, "visits", index))


def _statistics(record: Age | Span, path: Path, code: str, what: str) -> Iterator[Remark]:
    found = {name: getattr(record, name) for name in _STATISTICS}
    given = {name: value for name, value in found.items() if value is not None}
    for name, value in given.items():
        if value < 0:
            message = f"{what} {value} is negative"
            yield error(code, (*path, name), message, "leave out the minus", value)
    if given and record.unit is None:
        message = f"{path_text(path)} has numbers and no unit"
        yield error("no-unit", (*path, "unit"), message, "write unit: year or month")
    for low, high in _ORDER:
        if low in given and high in given and given[low] > given[high]:
            message = f"{low} {given[low]} is above {high} {given[high]}"
            yield error("range-turned", (*path, low), message, "exchange them", given[low])
            return


def _treatment(treatment: Treatment, path: Path) -> Iterator[Remark]:
    start, stop = (_duration(getattr(treatment, key), (*path, key)) for key in ("start", "stop"))
    yield from (found for found in (start, stop) if isinstance(found, Remark))
    if isinstance(start, Duration) and isinstance(stop, Duration) and stop.is_before(start):
        yield _ends_early(treatment, path, "start", "stop")
    for key in ("start_date", "stop_date"):
        yield from _date(getattr(treatment, key), (*path, key))
    began, ended = treatment.start_date, treatment.stop_date
    if began and ended and ended[: len(began)] < began[: len(ended)]:
        yield _ends_early(treatment, path, "start_date", "stop_date")
    for index, dose in enumerate(treatment.dose_series or ()):
        yield from _moment(dose.at, (*path, "dose_series", index, "at"))


def _ends_early(treatment: Treatment, path: Path, start: str, stop: str) -> Remark:
    began, ended = getattr(treatment, start), getattr(treatment, stop)
    message = f"{treatment.drug.label} stops at {ended}, before it starts at {began}"
    return error("end-before-start", (*path, stop), message, f"see {start} and {stop}", ended)


def _date(text: str | None, path: Path, *, whole: bool = False) -> Iterator[Remark]:
    if text is None or (_DATE.fullmatch(text) and _exists(text) and (len(text) == 10 or not whole)):
        return
    hint = "write year, month and day as in 2026-11-22"
    yield error("malformed-date", path, f"{text!r} is not a date", hint, text)


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _ages_in_order(case: Case) -> Iterator[Remark]:
    """Remark on a patient older at onset than at another time, or younger at the last visit."""
    ages = {}
    for index, age in enumerate(case.subject.ages or ()):
        found = _duration(age.iso8601, ("subject", "ages", index))
        if isinstance(found, Duration):
            ages[age.at] = (index, age, found)
    pairs = [("onset", later) for later in _ANCHORS[1:]]
    pairs += [(earlier, _LAST_VISIT) for earlier in _ANCHORS[1:-1]]
    for earlier, later in pairs:
        if earlier in ages and later in ages and ages[later][2].is_before(ages[earlier][2]):
            index, age, _ = ages[later]
            message = (
                f"the age at {later} {age.iso8601} is below the age at {earlier}"
                f" {ages[earlier][1].iso8601}"
            )
            place = ("subject", "ages", index, "iso8601")
            yield error("end-before-start", place, message, value=age.iso8601)
