"""Checks of groups: parts exist and add up, and no fact of a group is told of one patient."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from exporter.model.case import Case, Outcome, Part, SexCount
from exporter.model.facts import Comparison, Phenotype
from exporter.model.treatment import Dose, Treatment
from exporter.sources._case_remarks import Path, Remark, closest, error, meant, records, warning

_COMPARING = frozenset({"more-frequent", "less-frequent", "milder", "more-severe"})
_GROUP_KEYS = ("n", "of", "percent", "arm", "subgroup", "comparator", "comparator_percent")
_GROUP_STATISTICS = ("median", "mean", "sd")
_HINT = "leave it out, or write unit: group"


def group_remarks(case: Case) -> Iterator[Remark]:
    """Remark on parts that are not there or do not add up, and on group facts of one patient."""
    if not case.is_group:
        yield from _parts_of_one(case)
        for path, record in records(case, object):
            yield from _of_groups_only(record, path)
        return
    yield from _duplicates(case)
    yield from _sums("arms", case.arms or (), case.n)
    yield from _sums("subgroups", case.subgroups or (), case.n)
    references = _References(case)
    for path, record in records(case, object):
        yield from references.remarks(record, path)


def _parts_of_one(case: Case) -> Iterator[Remark]:
    for key in ("arms", "subgroups"):
        if getattr(case, key):
            yield _group_fact((key,), key)


def _of_groups_only(record: object, path: Path) -> Iterator[Remark]:
    match record:
        case Case() | Part() | Comparison() | Dose():
            return
        case SexCount():
            yield _group_fact(path, "a count of females", "write female or male")
        case Phenotype() if record.status in _COMPARING:
            yield _group_fact((*path, "status"), f"the status {record.status}")
        case Treatment() if record.restates:
            yield _group_fact((*path, "restates"), "restates")
    keys = _GROUP_KEYS + (_GROUP_STATISTICS if hasattr(record, "median") else ())
    for key in keys:
        if getattr(record, key, None) is not None:
            yield _group_fact((*path, key), key)


def _group_fact(path: Path, what: str, hint: str = _HINT) -> Remark:
    message = f"{what} is a fact of a group, and this is an individual"
    return error("group-fact-on-individual", path, message, hint)


def _duplicates(case: Case) -> Iterator[Remark]:
    parts = [
        ((group, index, "id"), part.id)
        for group, members in (("arms", case.arms), ("subgroups", case.subgroups))
        for index, part in enumerate(members or ())
    ]
    counts: Counter[str] = Counter()
    for path, name in parts:
        counts[name] += 1
        if counts[name] > 1:
            message = f"two arms or subgroups have the id {name!r}"
            yield error("duplicate-part", path, message, "give each its own", name)


def _sums(group: str, parts: tuple[Part, ...], whole: int) -> Iterator[Remark]:
    partitions: dict[str, list[int]] = defaultdict(list)
    for index, part in enumerate(parts):
        partitions[part.partition].append(index)
    for partition, members in partitions.items():
        known = [n for n in (parts[index].n for index in members) if n is not None]
        total, complete = sum(known), len(known) == len(members)
        if total > whole or (complete and total != whole):
            yield error(
                "partition-sum",
                (group, members[-1], "n"),
                f"the n of the partition {partition!r} add up to {total}, and the case has {whole}",
                "write the remainder as a row defined_by: {label: not stated, id: null}, and n:"
                " null where the text gives no number",
                total,
            )


class _References:
    """Checks that what names an arm or a subgroup names one of the case."""

    def __init__(self, case: Case) -> None:
        self._arms = [part.id for part in case.arms or ()]
        self._subgroups = [part.id for part in case.subgroups or ()]

    def remarks(self, record: object, path: Path) -> Iterator[Remark]:
        for key, known in (("arm", self._arms), ("subgroup", self._subgroups)):
            name = getattr(record, key, None)
            if name is not None and name not in known:
                message = f"there is no {key} {name!r}"
                yield error(f"unknown-{key}", (*path, key), message, meant(name, known), name)
        match record:
            case Treatment() | Outcome():
                yield from self._restated(record.restates or (), path)
            case Phenotype() if record.status in _COMPARING:
                yield from _compared(record, path)
        for key in ("comparator", "band"):
            yield from self._almost(getattr(record, key, None), (*path, key))

    def _restated(self, names: tuple[str, ...], path: Path) -> Iterator[Remark]:
        for index, name in enumerate(names):
            if name not in self._arms:
                message = f"there is no arm {name!r} to restate"
                hint = meant(name, self._arms)
                yield error("unknown-arm", (*path, "restates", index), message, hint, name)

    def _almost(self, word: str | None, path: Path) -> Iterator[Remark]:
        """Remark on words that are nearly the id of a part; other words are allowed."""
        known = [*self._arms, *self._subgroups]
        close = closest(word, known) if word is not None and word not in known else ""
        if close:
            message = f"{word!r} is no arm and no subgroup, and is read as words"
            yield warning("nearly-an-id", path, message, f"did you mean {close}?", word)


def _compared(record: Phenotype, path: Path) -> Iterator[Remark]:
    for key in ("subgroup", "comparator"):
        if getattr(record, key) is None:
            message = f"the status {record.status} compares, and {key} is not given"
            hint = "write subgroup and comparator, or the status present"
            yield error("no-comparator", (*path, key), message, hint, record.status)
