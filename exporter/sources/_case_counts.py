"""Checks of numbers of patients: none is negative or above what it is counted of."""

from collections.abc import Iterator

from exporter.model.case import Case, Part, SexCount
from exporter.sources._case_remarks import Path, Remark, error, records


def count_remarks(case: Case) -> Iterator[Remark]:
    """Remark on counts and percentages that cannot be."""
    parts = {part.id: part for part in (*(case.arms or ()), *(case.subgroups or ()))}
    yield from _whole(case)
    for path, record in records(case, object):
        if isinstance(record, Case):
            continue
        key = "female" if isinstance(record, SexCount) else "n"
        for name in (key, "of"):
            yield from _count(getattr(record, name, None), (*path, name), case.n)
        yield from _over_its_of(record, key, path)
        for name in ("percent", "comparator_percent"):
            yield from _percent(getattr(record, name, None), (*path, name))
        for name in ("arm", "subgroup"):
            part = parts.get(getattr(record, name, None) or "")
            if part is not None:
                yield from _over_its_part(record, part, path, case.n)


def _whole(case: Case) -> Iterator[Remark]:
    if case.n < 1:
        yield error("count", ("n",), f"a case of {case.n} patients", "write at least 1", case.n)
    elif not case.is_group and case.n != 1:
        message = f"an individual is one patient, and n is {case.n}"
        yield error("count", ("n",), message, "write n: 1, or unit: group", case.n)


def _count(number: int | None, path: Path, whole: int) -> Iterator[Remark]:
    if number is None:
        return
    if number < 0:
        message = f"{path[-1]} is {number}, and a count is never negative"
        yield error("count", path, message, "leave out the minus", number)
    elif number > whole:
        message = f"{path[-1]} is {number}, and the case has {whole} patient{_plural(whole)}"
        yield error("over-the-case", path, message, "see this number and the n of the case", number)


def _plural(number: int) -> str:
    return "" if number == 1 else "s"


def _over_its_of(record: object, key: str, path: Path) -> Iterator[Remark]:
    counted, of = getattr(record, key, None), getattr(record, "of", None)
    if counted is not None and of is not None and counted > of:
        message = f"{key} is {counted}, more than the {of} that it is of"
        yield error("over-its-of", (*path, key), message, f"see {key} and of", counted)


def _percent(number: int | None, path: Path) -> Iterator[Remark]:
    if number is not None and not 0 <= number <= 100:
        message = f"{path[-1]} is {number}, and it lies between 0 and 100"
        yield error("percent", path, message, "write a number from 0 to 100", number)


def _over_its_part(record: object, part: Part, path: Path, whole: int) -> Iterator[Remark]:
    """Remark on numbers above those of an arm or subgroup; ``of`` may be that of the whole case."""
    for name in ("n", "of"):
        number = getattr(record, name, None)
        if number is None or part.n is None or (name, number) == ("of", whole):
            continue
        if number > part.n:
            message = f"{name} is {number}, and {part.id} has {part.n} patient{_plural(part.n)}"
            hint = f"see {name} and the n of {part.id}"
            yield error("over-its-part", (*path, name), message, hint, number)
