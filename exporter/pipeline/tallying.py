"""What became of everything that a run read: counted on the way, so that nothing disappears."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from exporter.model.document import Annotation, Text
from exporter.model.findings import Finding
from exporter.model.grounding import Grounding
from exporter.model.linting import Account, LeftOut, ReleaseUsed, Shown
from exporter.model.review import Ruling
from exporter.ontologies.index import Ontologies

_WITHOUT_ID = "no id"
_OTHER = "no known namespace"
_MOST_LEFT_OUT = 1_000


class Tally:
    """Counts papers, cases, annotations and findings as they come; only numbers and ids stay."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._counts: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._versions: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self._levels: Counter[str] = Counter()
        self._chosen: Counter[str] = Counter()
        self._hidden: Counter[str] = Counter()
        self._uncertain: dict[str, dict[str, Counter[str]]] = {}
        self._left_out: list[LeftOut] = []
        self._applied: set[int] = set()
        self._looked_at: set[int] = set()

    def paper(self) -> None:
        """Count a paper; its texts are counted one by one."""
        self._counts["papers"] += 1

    def text(self, text: Text, groundings: Sequence[Grounding], told: Set[int]) -> None:
        """Count the annotations of a text; ``told`` are the numbers of those with a finding."""
        self._counts["texts"] += 1
        self._counts["annotations"] += len(groundings)
        self._versions.update(each.version for each in groundings if each.version)
        self._statuses.update(each.status for each in groundings)
        self._rules.update(each.rule for each in groundings)
        for number, grounding in enumerate(groundings):
            if grounding.body is None and grounding.verdict is None and number not in told:
                namespaces = self._uncertain.setdefault(grounding.rule, defaultdict(Counter))
                namespace, name = _namespace_and_id(text.annotations[number])
                namespaces[namespace][name] += 1

    def case(self) -> None:
        """Count a case."""
        self._counts["cases"] += 1

    def passed_over(self) -> None:
        """Count a file of a folder that is in no format that is known."""
        self._counts["passed over"] += 1

    def left_out(self, record: LeftOut) -> None:
        """Count a record that could not be read; of very many only the first are named."""
        self._counts["left out"] += 1
        if len(self._left_out) < _MOST_LEFT_OUT:
            self._left_out.append(record)

    def rulings(self, rulings: Iterable[Ruling]) -> None:
        """Count what became of the verdicts of curators on a paper."""
        for ruling in rulings:
            self._looked_at.add(id(ruling.verdict))
            if ruling.applied:
                self._applied.add(id(ruling.verdict))

    def finding(self, finding: Finding) -> bool:
        """Count a finding, and tell whether it is shown."""
        self._codes[finding.code] += 1
        self._levels[finding.level] += 1
        if self._shown.chosen(finding):
            self._chosen[finding.level] += 1
        reason = self._shown.hidden_by(finding)
        if reason:
            self._hidden[reason] += 1
        return not reason

    def account(self, ontologies: Ontologies, verdicts: int | None) -> Account:
        """Return all counts, greatest first; ``verdicts`` is how many a review file holds."""
        findings = self._codes.total()
        return Account(
            papers=self._counts["papers"],
            texts=self._counts["texts"],
            cases=self._counts["cases"],
            annotations=self._counts["annotations"],
            findings=findings,
            shown=findings - self._hidden.total(),
            statuses=_sorted(self._statuses),
            rules=_sorted(self._rules),
            codes=_sorted(self._codes),
            levels=_sorted(self._levels),
            chosen=_sorted(self._chosen),
            hidden=_sorted(self._hidden),
            uncertain={
                rule: _by_namespace(namespaces)
                for rule, namespaces in sorted(self._uncertain.items())
            },
            releases=_releases(ontologies, self._versions),
            verdicts=self._verdicts(verdicts),
            left_out=tuple(self._left_out),
            number_left_out=self._counts["left out"],
            passed_over=self._counts["passed over"],
        )

    def _verdicts(self, number: int | None) -> dict[str, int]:
        if number is None:
            return {}
        return {
            "verdicts": number,
            "applied": len(self._applied),
            "not applied": len(self._looked_at - self._applied),
            "about other papers": number - len(self._looked_at),
        }


def _namespace_and_id(annotation: Annotation) -> tuple[str, str]:
    if annotation.stated:
        return annotation.stated.prefix, annotation.stated.curie
    if annotation.stated_as:
        return _OTHER, annotation.stated_as
    return _WITHOUT_ID, annotation.label


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {str(name): number for name, number in sorted(counts.items(), key=_greatest)}


def _greatest(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def _by_namespace(counts: Mapping[str, Counter[str]]) -> dict[str, dict[str, int]]:
    return {name: _sorted(counts[name]) for name in sorted(counts)}


def _releases(ontologies: Ontologies, versions: Mapping[str, int]) -> tuple[ReleaseUsed, ...]:
    """Return every release at hand; where two bear one name and version, the first is in use."""
    found: dict[str, ReleaseUsed] = {}
    for each in ontologies.releases():
        used = ReleaseUsed(
            name=each.name,
            version=each.version,
            licence=each.licence,
            installed=each.installed,
            annotations=versions.get(str(each), 0),
        )
        found.setdefault(str(each), used)
    return tuple(found[name] for name in sorted(found))
