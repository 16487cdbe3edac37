"""What the linter found of the faults, and what it flagged besides."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.lint.faults import Fault, Kind
from benchmarks.lint.intervals import Share
from benchmarks.lint.reading import Checked
from benchmarks.lint.seeding import Seeded

CODES: dict[Kind, frozenset[str]] = {
    Kind.SWAPPED: frozenset({"wrong-id", "label-mismatch", "species-mismatch", "unsafe-mapping"}),
    Kind.PARENT: frozenset({"broader-id"}),
    Kind.CHILD: frozenset({"narrower-id", "unsafe-mapping"}),
    Kind.ANTIBODY: frozenset({"autoantibody-target"}),
    Kind.ABBREVIATION: frozenset({"wrong-id", "abbreviation-collision", "gene-or-disease"}),
    Kind.OBSOLETE: frozenset({"obsolete-id"}),
    Kind.SPECIES: frozenset({"species-mismatch"}),
    Kind.MALFORMED: frozenset({"malformed-id"}),
    Kind.NAMESPACE: frozenset({"unknown-namespace"}),
    Kind.MADE_UP: frozenset({"label-against-id", "wrong-id"}),
    Kind.OTHER_ID: frozenset({"label-against-id", "wrong-id"}),
    Kind.TYPO: frozenset({"label-against-id", "label-typo"}),
}
"""The codes that name a kind of fault; any error or warning finds it, these say what it is."""


@dataclass(slots=True)
class Tally:
    """What became of the faults of one kind; ``unseeable`` ones are in no other number."""

    seeded: int = 0
    found: int = 0
    named: int = 0
    with_truth: int = 0
    unseeable: int = 0
    unseeable_found: int = 0
    missed: list[tuple[Fault, Checked]] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> Share:
        """Return the share of the faults that can be seen which any error or warning is on."""
        return Share(self.found, self.seeded)


@dataclass(slots=True)
class Grades:
    """All tallies, and the flags on annotations that nobody changed."""

    kinds: dict[Kind, Tally] = field(default_factory=lambda: defaultdict(Tally))
    untouched: int = 0
    false: list[tuple[str, Checked]] = field(default_factory=list)
    false_curated: int = 0

    @property
    def recall(self) -> Share:
        """Return the recall over all faults that can be seen."""
        tallies = self.kinds.values()
        return Share(sum(t.found for t in tallies), sum(t.seeded for t in tallies))

    @property
    def recall_of_all(self) -> Share:
        """Return the recall over all faults, those included that nobody could see."""
        tallies = self.kinds.values()
        found = sum(t.found + t.unseeable_found for t in tallies)
        return Share(found, sum(t.seeded + t.unseeable for t in tallies))

    @property
    def precision(self) -> Share:
        """Return the share of all flags that are on faults, those beyond sight included."""
        hits = sum(tally.found + tally.unseeable_found for tally in self.kinds.values())
        return Share(hits, hits + len(self.false) + self.false_curated)

    def precision_of(self, kind: Kind) -> Share:
        """Return the share of the flags with the codes of a kind that are on faults of any kind."""
        codes = CODES[kind]
        hits = sum(n for t in self.kinds.values() for code, n in t.codes.items() if code in codes)
        false = sum(1 for _, row in self.false if row.flag and row.flag.code in codes)
        return Share(hits, hits + false)

    def add(self, seeded: Seeded, rows: Iterable[Checked]) -> None:
        """Count the annotations of one file; a line with several ids is untouched or not as one."""
        for row in rows:
            fault = seeded.faults.get(row.annotation.line or 0)
            if fault is not None:
                self.add_fault(fault, row)
                continue
            self.untouched += 1
            if row.is_flagged:
                self.false.append((seeded.corpus, row))

    def add_curated(self, found: dict[Kind, Tally], flags: int) -> None:
        """Add what was counted in curated files; ``flags`` are those on files as they are."""
        self.kinds.update(found)
        self.false_curated += flags

    def add_fault(self, fault: Fault, row: Checked) -> None:
        """Count one faulty annotation."""
        tally, is_found = self.kinds[fault.kind], row.is_flagged
        if is_found and row.flag:
            tally.codes[row.flag.code] += 1
        if not fault.change.seeable:
            tally.unseeable += 1
            tally.unseeable_found += is_found
            return
        tally.seeded += 1
        tally.found += is_found
        if is_found:
            tally.named += any(each.code in CODES[fault.kind] for each in row.findings)
            tally.with_truth += row.grounding.proposed is not None
        else:
            tally.missed.append((fault, row))


def report(grades: Grades) -> Iterator[str]:
    """Yield the table of kinds, then the sums."""
    yield (
        f"{'kind':<26} {'seeded':>6}  {'recall (95 %)':<22} {'precision of its codes':<22} "
        f"{'named':>6} {'proposed':>8} {'beyond sight':>14}"
    )
    for kind, tally in sorted(grades.kinds.items(), key=lambda pair: list(Kind).index(pair[0])):
        precision = grades.precision_of(kind)
        yield (
            f"{kind:<26} {tally.seeded:>6}  {_short(tally.recall):<22} {_short(precision):<22} "
            f"{Share(tally.named, tally.found).value:>6.2f} "
            f"{Share(tally.with_truth, tally.found).value:>8.2f} "
            f"{tally.unseeable_found:>6} of {tally.unseeable}"
        )
    seeded = sum(tally.seeded for tally in grades.kinds.values())
    beyond = sum(tally.unseeable for tally in grades.kinds.values())
    yield f"faults: {seeded} in sight, {beyond} beyond; annotations untouched: {grades.untouched}"
    yield f"recall:    {grades.recall}"
    yield f"  with what is beyond sight: {grades.recall_of_all}"
    yield f"precision: {grades.precision}"
    codes = Counter((row.level, row.flag.code) for _, row in grades.false if row.flag)
    listed = ", ".join(f"{code} ({level}) {n}" for (level, code), n in codes.most_common())
    yield f"flags on untouched annotations: {len(grades.false)}: {listed}"


def _short(share: Share) -> str:
    low, high = share.interval
    return f"{share.value:.3f} ({low:.3f}-{high:.3f})"
