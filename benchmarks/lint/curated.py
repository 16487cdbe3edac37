"""Faults in curated case files: made-up ids, ids of other things, labels with a slip."""

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.lint.concepts import Concepts
from benchmarks.lint.faults import Kind
from benchmarks.lint.grading import Tally
from benchmarks.lint.reading import SHARED
from exporter.errors import ExporterError
from exporter.model.case import Case
from exporter.model.findings import Finding, Level
from exporter.model.identifiers import EntityId
from exporter.pipeline.knowledge import Knowledge, open_knowledge
from exporter.sources import Settings, check_concepts, inputs, parse, records

_PAIR = re.compile(
    r"label: (?P<label>[^,{}\n\"]+), id: \"(?P<id>[A-Za-z.]+:[^\"\n]+)\"",
)
_WORD = re.compile(r"[a-z]{6,}")
_TRIES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A label with its id in a case file, and where both stand in the text of the file."""

    label: str
    stated: EntityId
    label_span: tuple[int, int]
    id_span: tuple[int, int]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A fault in a case file: the whole text of the file with it, and its line."""

    kind: Kind
    pair: Pair
    put: str
    content: str
    seeable: bool


def tallies(knowledge: Knowledge, chance: Random) -> tuple[dict[Kind, Tally], int, list[Slip]]:
    """Return the counts by kind, the flags on the files as they are, and what was missed."""
    files = sorted((SHARED / "corpus" / "cases").glob("*.yaml"))
    contents = {path: path.read_text(encoding="utf-8") for path in files}
    pairs = {path: list(_pairs(text, knowledge)) for path, text in contents.items()}
    ids = sorted({pair.stated for some in pairs.values() for pair in some})
    found: dict[Kind, Tally] = defaultdict(Tally)
    missed: list[Slip] = []
    flags = 0
    for path, text in contents.items():
        before = _grave(_findings(path.name, text, knowledge))
        flags += len([each for each in before if each.code in _CODES])
        known = {(each.where.line, each.code, each.message) for each in before}
        for pair in pairs[path]:
            for slip in _slips(pair, text, ids, knowledge, chance):
                after = _grave(_findings(path.name, slip.content, knowledge))
                new = [e for e in after if (e.where.line, e.code, e.message) not in known]
                is_found = any(each.where.line in (None, pair.line) for each in new)
                _count(found[slip.kind], slip, new, is_found=is_found)
                if slip.seeable and not is_found:
                    missed.append(slip)
    return dict(found), flags, missed


_CODES = frozenset({"label-against-id", "label-typo", "wrong-id", "obsolete-id"})


def _count(tally: Tally, slip: Slip, new: list[Finding], *, is_found: bool) -> None:
    if not slip.seeable:
        tally.unseeable += 1
        tally.unseeable_found += is_found
        return
    tally.seeded += 1
    tally.found += is_found
    tally.named += is_found and any(each.code in _CODES for each in new)
    tally.with_truth += is_found and any(_tells(each, slip.pair) for each in new)
    if is_found:
        tally.codes[new[0].code] += 1


def _tells(finding: Finding, pair: Pair) -> bool:
    return str(pair.stated) in finding.hint or repr(pair.label) in finding.hint


def _pairs(text: str, knowledge: Knowledge) -> Iterator[Pair]:
    for match in _PAIR.finditer(text):
        stated = knowledge.namespaces.parse(match["id"])
        if stated in knowledge.ontologies:
            yield Pair(
                label=match["label"],
                stated=stated,
                label_span=match.span("label"),
                id_span=match.span("id"),
                line=text.count("\n", 0, match.start()) + 1,
            )


def _slips(
    pair: Pair, text: str, ids: list[EntityId], knowledge: Knowledge, chance: Random
) -> Iterator[Slip]:
    """Yield one fault of each kind, where the pair allows it."""
    concepts = Concepts(knowledge.ontologies)
    same = [each for each in ids if each.prefix == pair.stated.prefix]
    other = _other_than(pair, same, concepts, chance)
    if other:
        yield _slip(Kind.OTHER_ID, pair, text, str(other), seeable=True)
    made_up = _made_up(pair.stated, knowledge, chance)
    seeable = made_up in knowledge.ontologies and not concepts.are_kin(made_up, pair.stated)
    yield _slip(Kind.MADE_UP, pair, text, str(made_up), seeable=seeable)
    typo = _with_slip(pair.label, chance)
    if typo:
        seeable = concepts.is_named(pair.label, pair.stated)
        yield _slip(Kind.TYPO, pair, text, typo, seeable=seeable)


def _slip(kind: Kind, pair: Pair, text: str, put: str, *, seeable: bool) -> Slip:
    start, end = pair.label_span if kind is Kind.TYPO else pair.id_span
    return Slip(
        kind=kind, pair=pair, put=put, content=f"{text[:start]}{put}{text[end:]}", seeable=seeable
    )


def _other_than(
    pair: Pair, ids: list[EntityId], concepts: Concepts, chance: Random
) -> EntityId | None:
    fitting = [each for each in ids if not concepts.are_kin(each, pair.stated)]
    return chance.choice(fitting) if fitting else None


def _made_up(stated: EntityId, knowledge: Knowledge, chance: Random) -> EntityId:
    """Return a well-formed id of the same namespace; one that exists, if chance finds one."""
    width = len(stated.local)
    for _ in range(_TRIES):
        digits = "".join(chance.choice("0123456789") for _ in range(max(2, width - 3)))
        local = f"{stated.local[: width - len(digits)]}{digits}"
        if local == stated.local or (local.startswith("0") and stated.local[0] != "0"):
            continue
        found = knowledge.namespaces.parse(f"{stated.prefix}:{local}")
        if found in knowledge.ontologies:
            return found
    return knowledge.namespaces.parse(
        f"{stated.prefix}:{stated.local[:-1]}{9 - int(stated.local[-1])}"
    )


def _with_slip(label: str, chance: Random) -> str | None:
    """Return a label with one letter lost, doubled or swapped inside a longer word."""
    words = list(_WORD.finditer(label))
    if not words:
        return None
    word = chance.choice(words)
    place = chance.randrange(word.start() + 2, word.end() - 2)
    one, two = label[place], label[place + 1]
    slips = [label[:place] + label[place + 1 :], label[: place + 1] + label[place:]]
    if one != two:
        slips.append(f"{label[:place]}{two}{one}{label[place + 2 :]}")
    return chance.choice(slips)


def _findings(name: str, content: str, knowledge: Knowledge) -> list[Finding]:
    """Return all that is said of a case file; one that is refused says why."""
    settings = Settings(namespaces=knowledge.namespaces)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(content, encoding="utf-8")
        found: list[Finding] = []
        for source in inputs([str(path)]):
            for record in records(source):
                try:
                    case = None if isinstance(record, Finding) else parse(record, settings)
                except ExporterError as error:
                    found.append(Finding(level=Level.ERROR, code=error.code, message=error.problem))
                    continue
                if isinstance(case, Case):
                    found += case.findings
                    found += check_concepts(case, knowledge.namespaces, knowledge.ontologies)
    return found


def _grave(findings: Iterable[Finding]) -> list[Finding]:
    return [each for each in findings if each.level is not Level.NOTE]


def main() -> None:
    """Print what was found of the faults in case files, and every one that was missed."""
    found, flags, missed = tallies(open_knowledge(), Random(1))  # noqa: S311 - not a secret
    for kind, tally in found.items():
        beyond = f"{tally.unseeable_found} of {tally.unseeable} beyond sight"
        codes = ", ".join(f"{code} {n}" for code, n in tally.codes.most_common())
        print(
            f"{kind}: recall {tally.recall}; with the truth {tally.with_truth}; {beyond}; {codes}"
        )
    print(f"flags on the files as they are: {flags}")
    for slip in missed:
        print(f"missed: {slip.kind}: {slip.pair.label} {slip.pair.stated}: {slip.put}")


if __name__ == "__main__":
    main()
