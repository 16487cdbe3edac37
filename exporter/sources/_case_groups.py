"""Checks of numbers and groups: counts fit, parts exist and add up, no group fact on one patient."""

from collections import defaultdict
from collections.abc import Iterator

from exporter.model.case import Case, Outcome, Part, SexCount
from exporter.model.facts import Comparison, Phenotype
from exporter.model.treatment import Dose, Treatment
from exporter.sources._case_remarks import (
    Path,
    Remark,
    closest,
    error,
    meant,
    records,
    warning,
)

_COMPARING = frozenset({"more-frequent", "less-frequent", "milder", "more-severe"})
_GROUP_KEYS = ("n", "of", "percent", "arm", "subgroup", "comparator", "comparator_percent")
_GROUP_STATISTICS = ("median", "mean", "sd")


def group_remarks(case: Case) -> Iterator[Remark]:
    """Remark on counts that cannot be, and on parts that are not there or do not add up."""
    parts = {part.id: part for part in (*(case.arms or ()), *(case.subgroups or ()))}
    yield from _whole(case)
    yield from _parts(case)
    for path, record in records(case, object):
        yield from _counts(record, path, case.n)
        if not case.is_group:
            yield from _of_groups_only(record, path)
        yield from _references(record, path, case)
        yield from _over_part(record, path, parts, case.n)


def _whole(case: Case) -> Iterator[Remark]:
    if case.n < 1:
        yield error("count", ("n",), f"a case of {case.n} patients", "write at least 1", case.n)
    elif case.unit == "individual" and case.n != 1:
        message = f"an individual is one patient, and n is {case.n}"
        yield error("count", ("n",), message, "write n: 1, or unit: group", case.n)


def _parts(case: Case) -> Iterator[Remark]:
    seen: dict[str, str] = {}
    for group, parts in (("arms", case.arms or ()), ("subgroups", case.subgroups or ())):
        sums: dict[str, list[tuple[int, Part]]] = defaultdict(list)
        for index, part in enumerate(parts):
            if part.id in seen:
                message = f"two parts have the id {part.id!r}"
                yield error("duplicate-part", (group, index, "id"), message, value=part.id)
            seen[part.id] = group
            sums[part.partition].append((index, part))
        for partition, members in sums.items():
            yield from _sum(partition, members, group, case.n)


def _sum(
    partition: str, members: list[tuple[int, Part]], group: str, whole: int
) -> Iterator[Remark]:
    known = [part.n for _, part in members if part.n is not None]
    complete = len(known) == len(members)
    total = sum(known)
    if total > whole or (complete and total != whole):
        yield error(
            "partition-sum",
            (group, members[-1][0], "n"),
            f"the n of the partition {partition!r} add up to {total}, and the case has {whole}",
            "add the remainder as a row defined_by: {label: not stated, id: null}, or write"
            " n: null where the text gives no number",
            total,
        )


def _counts(record: object, path: Path, whole: int) -> Iterator[Remark]:
    of, counted = getattr(record, "of", None), getattr(record, "n", None)
    key = "n"
    if isinstance(record, SexCount):
        counted, key = record.female, "female"
    for name, number in ((key, counted), ("of", of)):
        if isinstance(number, int) and not isinstance(record, Case):
            if number < 0:
                message = f"{name} is {number}, and a count is never negative"
                yield error("count", (*path, name), message, value=number)
            elif number > whole:
                message = f"{name} is {number}, and the case has {whole} patients"
                yield error("over-the-case", (*path, name), message, value=number)
    if isinstance(counted, int) and isinstance(of, int) and counted > of:
        message = f"{key} is {counted}, more than the {of} that it is of"
        yield error("over-its-of", (*path, key), message, f"see {key} and of", counted)
    for name in ("percent", "comparator_percent"):
        number = getattr(record, name, None)
        if number is not None and not 0 <= number <= 100:
            message = f"{name} is {number}, and it lies between 0 and 100"
            yield error("percent", (*path, name), message, value=number)


def _over_part(record: object, path: Path, parts: dict[str, Part], whole: int) -> Iterator[Remark]:
    for key in ("arm", "subgroup"):
        part = parts.get(getattr(record, key, None) or "")
        if part is None or part.n is None:
            continue
        for name in ("n", "of"):
            number = getattr(record, name, None)
            # An ``of`` that is the whole case tells how many of all are in the part.
            if isinstance(number, int) and number > part.n and (name, number) != ("of", whole):
                message = f"{name} is {number}, and {part.id} has {part.n} patients"
                yield error("over-its-part", (*path, name), message, f"see {key}", number)


def _of_groups_only(record: object, path: Path) -> Iterator[Remark]:
    hint = "leave it out, or write unit: group"
    if isinstance(record, Case):
        for key in ("arms", "subgroups"):
            if getattr(record, key):
                yield _group_fact((key,), key, hint)
        return
    if isinstance(record, SexCount):
        yield _group_fact(path, "a count of females", "write female or male")
    if isinstance(record, Phenotype) and record.status in _COMPARING:
        yield _group_fact((*path, "status"), f"the status {record.status}", hint)
    if isinstance(record, Treatment) and record.restates:
        yield _group_fact((*path, "restates"), "restates", hint)
    if isinstance(record, Comparison | Dose | Part):
        return
    keys = _GROUP_KEYS + (_GROUP_STATISTICS if hasattr(record, "median") else ())
    for key in keys:
        if getattr(record, key, None) is not None:
            yield _group_fact((*path, key), key, hint)


def _group_fact(path: Path, what: str, hint: str) -> Remark:
    message = f"{what} is a fact of a group, and this is an individual"
    return error("group-fact-on-individual", path, message, hint)


def _references(record: object, path: Path, case: Case) -> Iterator[Remark]:
    arms = [part.id for part in case.arms or ()]
    subgroups = [part.id for part in case.subgroups or ()]
    for key, known in (("arm", arms), ("subgroup", subgroups)):
        name = getattr(record, key, None)
        if name is not None and name not in known and case.is_group:
            message = f"there is no {key} {name!r}"
            yield error(f"unknown-{key}", (*path, key), message, meant(name, known), name)
    if isinstance(record, Treatment | Outcome):
        for index, name in enumerate(record.restates or ()):
            if name not in [*arms, *subgroups]:
                message = f"there is no arm {name!r} to restate"
                place = (*path, "restates", index)
                yield error("unknown-arm", place, message, meant(name, arms), name)
    if isinstance(record, Phenotype) and record.status in _COMPARING and case.is_group:
        yield from _compared(record, path)
    comparator = getattr(record, "comparator", None)
    if comparator is not None:
        yield from _almost(comparator, [*arms, *subgroups], (*path, "comparator"))
    if isinstance(record, Dose) and record.band is not None:
        yield from _almost(record.band, subgroups, (*path, "band"))


def _compared(record: Phenotype, path: Path) -> Iterator[Remark]:
    for key in ("subgroup", "comparator"):
        if getattr(record, key) is None:
            message = f"the status {record.status} compares, and {key} is not given"
            hint = "write subgroup and comparator, or the status present"
            yield error("no-comparator", (*path, key), message, hint, record.status)


def _almost(word: str, known: list[str], path: Path) -> Iterator[Remark]:
    """Remark on words that are nearly the id of a part; other words are allowed."""
    close = closest(word, known)
    if close and word not in known:
        message = f"{word!r} is no arm and no subgroup, and is read as words"
        yield warning("nearly-an-id", path, message, f"did you mean {close}?", word)
