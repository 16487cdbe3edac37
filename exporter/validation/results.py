"""What shapes find: single results, and the report that holds them in a fixed order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from rdflib.term import BNode, Node

from exporter.errors import Where

NOWHERE = Where()


class Severity(StrEnum):
    """How grave a result is, gravest first.

    >>> Severity.WARNING.at_least(Severity.VIOLATION)
    False
    """

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    def at_least(self, other: "Severity") -> bool:
        """Tell whether this is as grave as the other, or graver."""
        order = list(Severity)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing that a shape found.

    ``shape`` is the shape's name and ``source`` its node, ``component`` the kind of constraint
    (``MinCount``). ``path`` is a property path as in SPARQL, ``turtle_path`` as in Turtle, both
    empty for none. ``label`` is what the data calls the node; ``where`` the place in the source
    that the node was made from, as far as the data tells it.
    """

    shape: str
    severity: Severity
    focus: Node
    message: str
    component: str
    source: Node
    path: str = ""
    turtle_path: str = ""
    value: Node | None = None
    label: str = ""
    where: Where = NOWHERE

    @property
    def order(self) -> tuple[object, ...]:
        """Return the sort key: gravest first, then by place, shape, node and value."""
        place = (self.where.document or "", self.where.line or 0, self.where.field or "")
        terms = tuple("" if isinstance(term, BNode) else str(term or "") for term in self._terms())
        rank = list(Severity).index(self.severity)
        return (rank, place, self.shape, terms, self.path, self.component, self.message)

    def _terms(self) -> tuple[Node | None, Node | None, Node]:
        return self.focus, self.value, self.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All results of one run, sorted and without repetition, and the names of the shapes used."""

    results: tuple[Result, ...]
    shapes: tuple[str, ...]

    @classmethod
    def of(cls, results: Iterable[Result], shapes: Iterable[str]) -> "Report":
        """Sort the results and drop those that say the same of the same node."""
        unique = sorted(set(results), key=lambda result: result.order)
        return cls(results=tuple(unique), shapes=tuple(sorted(set(shapes))))

    @property
    def conforms(self) -> bool:
        """Tell whether no shape found anything, as SHACL defines it."""
        return not self.results

    def fails(self, at: Severity = Severity.VIOLATION) -> bool:
        """Tell whether there is a result of this severity or a graver one."""
        return any(result.severity.at_least(at) for result in self.results)

    def counts(self) -> dict[Severity, int]:
        """Return the number of results of each severity, zeros included."""
        found = [result.severity for result in self.results]
        return {severity: found.count(severity) for severity in Severity}

    def located(self, places: Mapping[str, Where]) -> "Report":
        """Name the source file of each result whose document or case the mapping knows.

        Lines are those of the file then: in the data they count from where a paper begins.
        """
        return replace(self, results=tuple(_in_file(result, places) for result in self.results))

    def joined(self, other: "Report") -> "Report":
        """Return one report of both runs."""
        return Report.of((*self.results, *other.results), (*self.shapes, *other.shapes))


def _in_file(result: Result, places: Mapping[str, Where]) -> Result:
    place = places.get(result.where.document or "")
    if place is None or place.file is None:
        return result
    line = result.where.line and result.where.line + (place.line or 1) - 1
    return replace(result, where=replace(result.where, file=place.file, line=line))
