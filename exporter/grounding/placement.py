"""All that the rules may ask about an annotation whose place its source gives."""

from functools import cached_property
from typing import NamedTuple

from exporter.grounding.fit import Fit, fit_of, is_akin
from exporter.grounding.initials import abbreviates
from exporter.grounding.resolution import Resolution
from exporter.grounding.signs import Signs
from exporter.grounding.spelling import (
    coverage,
    is_capitals,
    is_full_name,
    label_keys,
    names_a_product,
    related,
)
from exporter.grounding.stock import Stock
from exporter.grounding.tables import Kind, first_targets, kind_of
from exporter.model.grounding import Candidate
from exporter.model.identifiers import EntityId
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope

OWN = frozenset({Scope.EXACT})
_NEAR = frozenset({Scope.EXACT, Scope.RELATED})
ALSO = frozenset({Scope.ALIAS, Scope.PREVIOUS})
_TELLING_ALIAS = 4
_NEAR_ROOT = 3


class Said(NamedTuple):
    """What an annotator said, wherever it was: label, kind and ids."""

    label: str
    kind: str
    stated_as: str
    stated: EntityId | None
    together: tuple[EntityId, ...]


class Placement:
    """One annotation as it was said, with what its text says about it; rules judge nothing else.

    Whatever is asked is found out once, and only if it is asked.
    """

    def __init__(self, said: Said, signs: Signs, stock: Stock) -> None:
        self.said = said
        self.signs = signs
        self.stock = stock

    @property
    def label(self) -> str:
        """Return the annotator's label."""
        return self.said.label

    @property
    def stated(self) -> EntityId | None:
        """Return the stated id in its canonical form."""
        return self.said.stated

    @cached_property
    def kind(self) -> Kind:
        """Return what the annotation is about and to which vocabularies it is grounded."""
        return kind_of(self.said.kind)

    @cached_property
    def resolution(self) -> Resolution:
        """Return where the stated id leads."""
        return self.stock.resolved(self.stated, self.kind) if self.stated else Resolution()

    @property
    def has_known_namespace(self) -> bool:
        """Tell whether the id, as written, begins with no prefix or with a known one."""
        prefix, colon, _ = self.said.stated_as.partition(":")
        return not colon or self.stock.ontologies.namespaces.knows(prefix)

    @cached_property
    def concept(self) -> EntityId | None:
        """Return the one concept that the id leads to; of several the one that the label names."""
        exact = self.resolution.exact
        if len(exact) < 2:
            return self.resolution.concept
        forms = filter(None, (self.label, self.signs.long))
        named = [each for each in exact if any(fit_of(f, (each,), self.stock) for f in forms)]
        return named[0] if len(named) == 1 else None

    @cached_property
    def is_known(self) -> bool:
        """Tell whether the releases say what the id, or where it leads, is called."""
        return bool(self.own) and any(self.stock.keys(each) for each in self.own)

    @cached_property
    def own(self) -> tuple[EntityId, ...]:
        """Return the stated id and the concepts it leads to, each once."""
        return self.resolution.ids

    @cached_property
    def _prefixes(self) -> frozenset[str]:
        return frozenset(each.prefix for each in self.own)

    @cached_property
    def same(self) -> frozenset[EntityId]:
        """Return these ids and all that mappings say is exactly the same."""
        return frozenset().union(*(self.stock.same(each) for each in self.own))

    @cached_property
    def own_names(self) -> tuple[str, ...]:
        """Return all names of the stated id and of where it leads."""
        return tuple(dict.fromkeys(name for each in self.own for name in self.stock.names(each)))

    @cached_property
    def fit(self) -> Fit:
        """Return how well the label, or what it is short for, fits the names of the id."""
        plain = fit_of(self.label, self.own, self.stock)
        if not self.signs.long:
            return plain
        if fit_of(self.signs.long, self.own, self.stock):
            return max(plain, Fit.EXPLAINED)
        return Fit.NONE if self.is_contradicted else plain

    @cached_property
    def is_contradicted(self) -> bool:
        """Tell whether the text explains the label by words that no other name of the id has.

        Of an id that has no name written out, or where the words are those of a gene's product,
        nobody can tell.
        """
        long = self.signs.long
        own = [name for name in self.own_names if name_key(name) != name_key(self.label)]
        if not long or not any(is_full_name(name) for name in own) or names_a_product(long):
            return False
        same = name_key(self.label) in name_key(long)
        if same or coverage(long, own) > 0:
            return False
        return not related(long, own) or bool(self.named_anywhere(long))

    @cached_property
    def abbreviates_own(self) -> bool:
        """Tell whether the label can be read out of a name of the id."""
        return any(abbreviates(self.label, name) for name in self.own_names)

    @cached_property
    def is_akin(self) -> bool:
        """Tell whether label or long form share enough of their words with a name of the id."""
        if self.is_contradicted:
            return False
        forms = filter(None, (self.label, self.signs.long))
        return any(is_akin(form, each, self.stock) for form in forms for each in self.own)

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Return the concepts that the label, or else its long form, is a name of, best first."""
        found = self.stock.candidates(self.label, self.kind)
        if found or not self.signs.long:
            return found
        return self.stock.candidates(self.signs.long, self.kind)

    def others_called(self, name: str, scopes: frozenset[Scope] = OWN) -> tuple[EntityId, ...]:
        """Return the live concepts of which this is a name, if the id is none of them.

        Only those count that have an id in a vocabulary of the annotation's own: of an id without
        a mapping nobody can tell whether a concept elsewhere is the same.
        """
        found = self.stock.named(name)
        if any(each in self.same for each, _ in found):
            return ()
        prefixes = self._prefixes
        live = (
            each
            for each, scope in found
            if scope in scopes
            and (each.prefix in prefixes or each.prefix in self.kind.targets)
            and not prefixes.isdisjoint(same.prefix for same in self.stock.same(each))
            and self.stock.is_live(each)
        )
        return tuple(dict.fromkeys(live))

    @cached_property
    def kin_called_so(self) -> tuple[EntityId, ...]:
        """Return what else the label, or what it is short for, is an exact name of."""
        long = self.signs.long
        spelt = self.others_called(long, _NEAR) if long else ()
        return spelt or self.others_called(self.label, _NEAR)

    @cached_property
    def others(self) -> tuple[EntityId, ...]:
        """Return what else the label is a name of, as far as that proves anything.

        A short form in capitals means many things, but a gene's symbol, or an alias that one gene
        alone has, is given with care.
        """
        if self.kind.category != "gene":
            return () if self.is_short else self.others_called(self.label)
        exact = self.others_called(self.label)
        if exact or len(self.label) < _TELLING_ALIAS:
            return exact
        also = self.others_called(self.label, ALSO)
        return also if len(also) == 1 else ()

    @cached_property
    def families(self) -> tuple[EntityId, ...]:
        """Return the families that the label names although one gene of theirs is given.

        There are none where the label is the gene's own symbol, where several genes are given, or
        where the annotator says that it is a family.
        """
        gene = self.concept
        if self.kind.category != "gene" or gene is None or self.said.together:
            return ()
        if "family" in self.said.kind.casefold() or self.bears_own_symbol:
            return ()
        return self.stock.families_of(self.label, gene)

    @property
    def is_of_a_group(self) -> bool:
        """Tell whether the id leads nowhere, or close to the root: to a group, not to one thing."""
        concept = self.concept
        return concept is None or len(self.stock.ontologies.ancestor_set(concept)) <= _NEAR_ROOT

    @property
    def bears_own_symbol(self) -> bool:
        """Tell whether the label is the label of the id itself, not a further name."""
        return self.concept is not None and self.is_label_of(self.concept)

    def is_label_of(self, entity: EntityId) -> bool:
        """Tell whether the annotator's label is the label of a concept, not a further name."""
        label = self.stock.names(entity)[:1]
        return any(name_key(name) in label_keys(self.label) for name in label)

    @property
    def is_short(self) -> bool:
        """Tell whether the label is a short form: few letters, most of them capitals."""
        few = len(self.label) < _TELLING_ALIAS and not self.label.islower()
        return few or is_capitals(self.label)

    def are_related(self, other: EntityId) -> bool:
        """Tell whether a concept is the same as the id, above or below it, or much alike."""
        stock, mine, theirs = self.stock, self.same, self.stock.same(other)
        if mine & theirs:
            return True
        lines = stock.ontologies.ancestor_set
        if any(each in lines(one) for one in mine for each in theirs):
            return True
        if any(each in lines(one) for one in theirs for each in mine):
            return True
        names = self._comparable_names(other)
        return any(is_akin(name, each, stock) for name in names for each in self.own)

    def _comparable_names(self, other: EntityId) -> tuple[str, ...]:
        """Return the names of a concept whose words tell something.

        Systematic names of chemicals, and the full names of genes, are all alike.
        """
        names, category = self.stock.names(other), self.kind.category
        if category == "disease" or other.prefix not in {*self.kind.targets, *self._prefixes}:
            return names
        if category == "gene":
            return names[:1]
        return tuple(name for name in names if not any(map(str.isdigit, name)))

    def rank(self, concept: EntityId) -> int:
        """Return the place of a concept's vocabulary among those that this kind is grounded to."""
        targets = self.kind.targets
        return targets.index(concept.prefix) if concept.prefix in targets else len(targets)

    def has_id_for(self, other: EntityId) -> bool:
        """Tell whether the vocabulary of the stated id has one for a concept, too."""
        prefix = self.stated.prefix if self.stated else ""
        return any(each.prefix == prefix for each in self.stock.same(other))

    def named_anywhere(self, name: str) -> tuple[EntityId, ...]:
        """Return what a name is an exact name of, in the vocabularies that we ground to first."""
        targets = ({*first_targets()} - {*self.kind.targets}) | {each.prefix for each in self.own}
        live = (
            each
            for each, scope in self.stock.named(name)
            if scope is Scope.EXACT and each.prefix in targets and self.stock.is_live(each)
        )
        return tuple(dict.fromkeys(live))

    def called(self, entity: EntityId | None) -> str:
        """Return an id with its label, for a sentence."""
        return self.stock.called(entity)
