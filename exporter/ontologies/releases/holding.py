"""What files say of the terms of one ontology beside its release, merged into one stock."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from exporter.model.identifiers import EntityId
from exporter.ontologies.merging import merged, tidied
from exporter.ontologies.releases.contributions import (
    LONGEST_NAME,
    Contribution,
    Standing,
)
from exporter.ontologies.terms import Scope, Synonym, Term

Stock = dict[EntityId, Term]


class Holding:
    """Everything held of one ontology until its release is written.

    What is ``ahead`` counts before the release, what is ``behind`` only fills its gaps.
    """

    def __init__(self) -> None:
        self._ahead: Stock = {}
        self._behind: Stock = {}
        self._adding: set[EntityId] = set()
        self._other_label = Scope.EXACT
        self.versions: dict[str, None] = {}
        self.files: dict[str, None] = {}
        self._helped: dict[str, None] = {}

    def add(self, found: Contribution, term: Term, *, ahead: bool, adds: bool) -> None:
        """Keep what a contribution says of a term; the first that says something is heard."""
        stock = self._ahead if ahead else self._behind
        held = stock.get(term.id)
        stock[term.id] = merged(held, term, found.other_label) if held else term
        if ahead:
            self._other_label = found.other_label
        if adds:
            self._adding.add(term.id)

    def used(self, found: Contribution) -> None:
        """Note that a contribution has said something."""
        if found.file.version:
            self.versions[found.file.version] = None
        self.files[found.file.shown] = None

    def completed(self, term: Term) -> Term:
        """Return a term of the release with all that is held of it; that is let go."""
        first, later = self._ahead.pop(term.id, None), self._behind.pop(term.id, None)
        if first:
            term = merged(first, term, self._other_label)
        if later:
            term = merged(term, later, Scope.RELATED)
        return tidied(term, LONGEST_NAME)

    def rest(self) -> Iterator[Term]:
        """Yield the terms that no release has and that may be added, in the order of their ids."""
        for entity in sorted(self._adding & (self._ahead.keys() | self._behind.keys())):
            first, later = self._ahead.get(entity), self._behind.get(entity)
            term = merged(first, later, self._other_label) if first and later else first or later
            if term and (named := _named(term)):
                yield tidied(named, LONGEST_NAME)

    def __bool__(self) -> bool:
        return bool(self._adding)


def _named(term: Term) -> Term | None:
    """Return a term under its label, else under its nearest name; None where it has no name."""
    if term.label:
        return term
    nearest = min(term.synonyms, key=lambda name: (list(Scope).index(name.scope)), default=None)
    return replace(term, label=nearest.text) if nearest else None


def adds(found: Contribution, release: Contribution | None) -> bool:
    """Tell whether a contribution may add terms that the release does not hold."""
    if release is None or found.standing is Standing.CORRECTION:
        return release is None
    if found.standing is Standing.AUTHORITY:
        return is_newer(found, release)
    if found.standing is not Standing.PART:
        return False
    return is_newer(found, release) if found.file.version else not release.complete


def is_newer(found: Contribution, release: Contribution) -> bool:
    """Tell whether a contribution is of a later date than a release."""
    from exporter.ontologies._index_file import age

    mine, other = found.file.version, release.file.version
    return bool(mine) and (not other or age(mine) > age(other))


__all__ = ["Holding", "Iterable", "Synonym", "adds", "is_newer"]
