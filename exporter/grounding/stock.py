"""What the ontologies know, in the forms that rules compare; answers are remembered for a run."""

from functools import lru_cache

from exporter.grounding.abbreviations import Abbreviations
from exporter.grounding.families import Families
from exporter.grounding.resolution import EXACT, Resolution, names_of, resolved
from exporter.grounding.spelling import key, label_keys, singular, telling, words
from exporter.grounding.tables import Field, Kind, species
from exporter.model.grounding import Candidate
from exporter.model.identifiers import EntityId
from exporter.ontologies.index import Ontologies
from exporter.ontologies.names import name_key
from exporter.ontologies.terms import Scope

_REMEMBERED = 100_000
_SINGULAR = 0.95
_SCORES = {
    Scope.EXACT: 1.0,
    Scope.PREVIOUS: 0.8,
    Scope.ALIAS: 0.75,
    Scope.RELATED: 0.6,
    Scope.BROAD: 0.4,
    Scope.NARROW: 0.4,
}


class Stock:
    """The terms, mappings and tables of a run, asked again and again about the same ids."""

    def __init__(self, ontologies: Ontologies, field: Field) -> None:
        self.ontologies = ontologies
        self.field = field
        self.families = Families(
            ontologies=ontologies,
            abbreviations=Abbreviations(said={}, usual=field.abbreviations),
            field=field,
        )
        remember = lru_cache(maxsize=_REMEMBERED)
        self._families_named = remember(self.families.named)
        self.families_of = remember(self._families_of)
        self.names = remember(self._names)
        self.keys = remember(self._keys)
        self.word_sets = remember(self._word_sets)
        self.telling = remember(self._telling)
        self.same = remember(self._same)
        self.resolved = remember(self._resolved)
        self.candidates = remember(self._candidates)
        self.taxon = remember(self._taxon)

    def _names(self, entity: EntityId) -> tuple[str, ...]:
        """Return the names of an id, its label first; of an unknown one none."""
        return names_of(entity, self.ontologies)

    def _keys(self, entity: EntityId) -> frozenset[str]:
        """Return the keys of the names of an id, and of the usual names of a species."""
        usual = species().get(entity, ())
        return self.ontologies.name_keys(entity) | {name_key(name) for name in usual}

    def _word_sets(self, entity: EntityId) -> frozenset[frozenset[str]]:
        return frozenset(filter(None, (words(name) for name in self.names(entity))))

    def _telling(self, entity: EntityId) -> tuple[frozenset[str], ...]:
        """Return the telling words of each name of an id."""
        return tuple(filter(None, (telling(name) for name in self.names(entity))))

    def _same(self, entity: EntityId) -> frozenset[EntityId]:
        """Return an id with all that mappings say is exactly the same."""
        rows = self.ontologies.mappings_from(entity)
        return frozenset((entity, *(row.object for row in rows if row.predicate == EXACT)))

    def _resolved(self, stated: EntityId, kind: Kind) -> Resolution:
        return resolved(stated, kind, self.ontologies, is_told=False)

    def is_held(self, entity: EntityId) -> bool:
        """Tell whether the releases hold an id, obsolete or not."""
        return entity in self.ontologies

    def is_live(self, entity: EntityId) -> bool:
        """Tell whether an id is held and not obsolete."""
        term = self.ontologies.get(entity)
        return (term is not None and not term.obsolete) or entity in species()

    def named(self, name: str) -> list[tuple[EntityId, Scope]]:
        """Return the ids of which a name, or its singular, is one, with the scope of that name."""
        return [pair for key in label_keys(name) for pair in self.ontologies.ids_named(key)]

    def _candidates(self, label: str, kind: Kind) -> tuple[Candidate, ...]:
        """Return the live concepts of a kind's vocabularies that bear a name, best first."""
        found: dict[EntityId, Candidate] = {}
        for form, part in zip(label_keys(label), (1.0, _SINGULAR), strict=False):
            for entity, scope in self.ontologies.ids_named(form):
                if entity.prefix in kind.targets and self.is_live(entity):
                    score = round(_SCORES[scope] * part, 3)
                    known = found.get(entity)
                    if known is None or known.score < score:
                        found[entity] = self._candidate(entity, label, scope.value, score)
        for entity in _species_called(label) if "NCBITaxon" in kind.targets else ():
            found[entity] = self._candidate(entity, label, Scope.EXACT.value, 1.0)
        order = kind.targets.index
        return tuple(
            sorted(found.values(), key=lambda c: (-c.score, order(c.concept.prefix), c.concept))
        )

    def _candidate(self, entity: EntityId, name: str, scope: str, score: float) -> Candidate:
        version = self.ontologies.release_of(entity)
        return Candidate(concept=entity, name=name, scope=scope, score=score, version=version)

    def _families_of(self, name: str, gene: EntityId) -> tuple[EntityId, ...]:
        """Return the families of which this is a name, and a gene a member."""
        found = self._families_named(name)
        return tuple(each for each in found if self.families.has_member(each, gene))

    def _taxon(self, entity: EntityId) -> EntityId | None:
        """Return the species of a gene, if the releases at hand tell."""
        term = self.ontologies.get(entity)
        return next(iter(term.related("in_taxon")), None) if term else None

    def called(self, entity: EntityId | None) -> str:
        """Return an id with its label, for a sentence."""
        names = self.names(entity) if entity else ()
        return f"{entity} ({names[0]})" if names else str(entity)


def _species_called(label: str) -> tuple[EntityId, ...]:
    wanted = {key(label), key(singular(label))}
    return tuple(taxon for taxon, names in species().items() if wanted & set(map(key, names)))
