"""What files say of the terms of one ontology beside its release, merged into one stock."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from exporter.model.identifiers import EntityId
from exporter.ontologies._index_file import age
from exporter.ontologies.merging import Stock, merged, tidied
from exporter.ontologies.names import by_nearness
from exporter.ontologies.releases.contributions import LONGEST_NAME, Contribution, Standing
from exporter.ontologies.releases.recognising import Recognised
from exporter.ontologies.releases.versions import newest
from exporter.ontologies.terms import Scope, Synonym, Term

PARTS, NAMES = "parts-", "names-"
"""How the versions begin of what is no whole release: parts of an ontology, or mere names."""


class Holding:
    """Everything held of one ontology until its release is written.

    What is ``ahead`` counts before the release, what is ``behind`` only fills its gaps. Where there
    is no release, the first description of a term is one.
    """

    def __init__(self, *, has_release: bool = False) -> None:
        self._has_release = has_release
        self._ahead: Stock = {}
        self._behind: Stock = {}
        self._adding: set[EntityId] = set()
        self._other_label = Scope.EXACT
        self.files: Counter[Recognised] = Counter()
        self.naming: set[Recognised] = set()

    def add(self, found: Contribution, term: Term, *, ahead: bool, adding: bool) -> None:
        """Keep what a contribution says of a term; the first that says something is heard."""
        self.files[found.file] += 1
        if found.standing is Standing.NAMES:
            self.naming.add(found.file)
        stock = self._ahead if ahead else self._behind
        held = stock.get(term.id)
        if held:
            if term.synonyms or found.standing is not Standing.NAMES or term.label != held.label:
                stock[term.id] = merged(held, term, found.other_label)
        elif ahead:
            stock[term.id] = term
            self._other_label = found.other_label
        elif self._has_release:
            stock[term.id] = _with_label_among_names(term, found.other_label)
        else:
            stock[term.id] = term
        if adding:
            self._adding.add(term.id)

    def version(self) -> str:
        """Return a version for all that is held: it is older than that of any whole release.

        It tells the newest version of the files that tell a good part, else of any.
        """
        dated = [file.version for file in self.large(10) if file.version]
        told = newest(dated or [file.version for file in self.files])
        return f"{NAMES if self.naming.issuperset(self.files) else PARTS}{told}"

    def keep_held(self, term: Term) -> None:
        """Keep what the index holds of a term already, behind all that files say."""
        held = self._behind.get(term.id)
        self._behind[term.id] = merged(held, term, Scope.EXACT) if held else term
        self._adding.add(term.id)

    def clear(self) -> None:
        """Let go of all terms."""
        self._ahead.clear()
        self._behind.clear()
        self._adding.clear()

    def large(self, hundredths: int) -> list[Recognised]:
        """Return the files that tell so much of all that is told here, the largest part first."""
        total = sum(self.files.values())
        parts = self.files.most_common()
        return [file for file, size in parts if size * 100 >= total * hundredths]

    def completed(self, term: Term) -> Term:
        """Return a term of the release with all that is held of it; that is let go."""
        first, later = self._ahead.pop(term.id, None), self._behind.pop(term.id, None)
        if first:
            term = merged(first, term, self._other_label)
        if later:
            # Its label is among its synonyms already, in the scope that it has there.
            term = merged(term, later, Scope.ALIAS)
        return _tidied(term)

    def rest(self) -> Iterator[Term]:
        """Yield the terms that no release has and that may be added, in the order of their ids."""
        left = self._adding & (self._ahead.keys() | self._behind.keys())
        for entity in sorted(left, key=lambda entity: entity.local):
            first, later = self._ahead.get(entity), self._behind.get(entity)
            term = merged(first, later, Scope.ALIAS) if first and later else first or later
            if term and (named := _named(term)):
                yield _tidied(named)


def _with_label_among_names(term: Term, scope: Scope) -> Term:
    if not term.label:
        return term
    return replace(term, synonyms=(*term.synonyms, Synonym(term.label, scope)))


def _tidied(term: Term) -> Term:
    if not term.obsolete and (term.replaced_by or term.consider):
        term = replace(term, replaced_by=None, consider=())
    return tidied(term, LONGEST_NAME)


def _named(term: Term) -> Term | None:
    """Return a term under its label, else under its nearest name; None where it has no name."""
    if term.label:
        return term
    nearest = min(term.synonyms, key=lambda name: by_nearness(name.scope), default=None)
    return replace(term, label=nearest.text) if nearest else None


def adds(found: Contribution, release: Contribution | None) -> bool:
    """Tell whether a contribution may add terms that the release does not hold."""
    if release is None or found.standing is Standing.CORRECTION:
        return release is None
    if found.standing is Standing.AUTHORITY:
        return is_newer(found, release)
    if found.standing is not Standing.PART:
        return False
    if found.file.path == release.file.path:
        return True
    return is_newer(found, release) if found.file.version else not release.complete


def is_newer(found: Contribution, release: Contribution) -> bool:
    """Tell whether a contribution is of a later date than a release."""
    mine, other = found.file.version, release.file.version
    return bool(mine) and (not other or age(mine) > age(other))
