"""How many changes there are and what they touch, as lines and as values."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from exporter.cli._changes import called, named
from exporter.model.identifiers import EntityId
from exporter.ontologies.comparing import Change, Kind
from exporter.ontologies.releases.compared import Pair
from exporter.ontologies.terms import Term
from exporter.pipeline.touched import Tally

_MOST_TERMS = 20


def account_lines(
    kinds: Mapping[Kind, int], tally: Tally | None, pairs: Sequence[Pair]
) -> Iterator[str]:
    """Yield the counts of changes and, where a corpus was gone through, of what they touch."""
    told = f" ({_listed(kinds)})" if kinds else ""
    yield f"{'changes':<12} {sum(kinds.values())}{told}"
    if tally is None:
        return
    uses = ", ".join(f"{number} {sort}s" for sort, number in tally.uses.items())
    yield f"{'corpus':<12} {tally.papers} papers, {tally.cases} cases; {uses}"
    touched = ", ".join(f"{number} {sort}s" for sort, number in tally.touched.items())
    yield f"{'touched':<12} {touched} in {tally.documents} documents"
    if tally.kinds:
        yield f"{'  by change':<12} {_listed(tally.kinds)}"
    if tally.settled:
        yield f"{'settled':<12} {_listed(tally.settled)}: these ask for nothing (--all shows them)"
    yield from _terms(tally, pairs)
    yield from _matters(tally, pairs)
    if tally.left_out:
        yield f"{'left out':<12} {len(tally.left_out)}"


def _listed(kinds: Mapping[Kind, int]) -> str:
    return ", ".join(f"{kind} {number}" for kind, number in kinds.items())


def _terms(tally: Tally, pairs: Sequence[Pair]) -> Iterator[str]:
    for (kind, entity), number in [*tally.terms.items()][:_MOST_TERMS]:
        yield f"{'  by term':<12} {called(_term(entity, pairs))}: {kind}, {number} times"
    rest = len(tally.terms) - _MOST_TERMS
    if rest > 0:
        yield f"{'  by term':<12} and {rest} more"


def _term(entity: EntityId, pairs: Sequence[Pair]) -> Term:
    for pair in pairs:
        if term := pair.new.term(entity) or pair.old.term(entity):
            return term
    return Term(id=entity, label="")


def _matters(tally: Tally, pairs: Sequence[Pair]) -> Iterator[str]:
    """Say which terms of the corpus stand in another order to each other now."""
    for change in tally.matters:
        pair = next(pair for pair in pairs if pair.old.term(change.id))
        term = called(_term(change.id, pairs))
        for each in change.lost_above:
            yield f"{'matters':<12} {term} is no longer below {named(each, pair.new)}"
        for each in change.gained_above:
            yield f"{'matters':<12} {term} is now below {named(each, pair.new)}"


def account_values(kinds: Mapping[Kind, int], tally: Tally | None) -> dict[str, Any]:
    """Return the counts as values, every touched term with its own."""
    values: dict[str, Any] = {"changes": {kind.value: number for kind, number in kinds.items()}}
    if tally is None:
        return values
    return values | {
        "papers": tally.papers,
        "cases": tally.cases,
        "uses": {sort.value: number for sort, number in tally.uses.items()},
        "touched": {sort.value: number for sort, number in tally.touched.items()},
        "documents_touched": tally.documents,
        "by_change": {kind.value: number for kind, number in tally.kinds.items()},
        "by_term": [
            {"id": entity.curie, "change": kind.value, "touched": number}
            for (kind, entity), number in tally.terms.items()
        ],
        "settled": {kind.value: number for kind, number in tally.settled.items()},
        "matters": [_matter(change) for change in tally.matters],
        "left_out": len(tally.left_out),
        "passed_over": tally.passed_over,
    }


def _matter(change: Change) -> dict[str, Any]:
    return {
        "id": change.id.curie,
        "no_longer_below": [each.curie for each in change.lost_above],
        "now_below": [each.curie for each in change.gained_above],
    }
