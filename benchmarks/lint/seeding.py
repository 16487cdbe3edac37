"""Faults put into the expert corpora: which, how many, and where they stand afterwards."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.lint.concepts import Concepts
from benchmarks.lint.faults import Bench, Change, Fault, Group, Kind
from benchmarks.lint.makers import MAKERS
from benchmarks.lint.reading import files_of, papers
from benchmarks.lint.sheets import Block, Item, read_blocks, write_blocks
from exporter.model.document import Annotation
from exporter.ontologies.kinds import kind_of
from exporter.ontologies.names import name_key
from exporter.pipeline.knowledge import Knowledge

SHARE = 0.2
"""The part of the annotations of a corpus that is made faulty at most, each kind alike."""

BEYOND = 0.25
"""How many faults of a kind may be beyond sight, for each one that can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeded:
    """A file with faults: which items, by the number of their line, and which are untouched."""

    corpus: str
    path: Path
    faults: dict[int, Fault]
    untouched: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of a corpus, with the blocks of each paper and the groups of equal annotations."""

    corpus: str
    path: Path
    blocks: list[Block]
    groups: list[Group]


def sources(corpora: Iterable[str], knowledge: Knowledge, most: int | None) -> Iterator[Source]:
    """Yield the files of the corpora as they are, the first papers of each file."""
    for corpus in corpora:
        for path in files_of(corpus):
            blocks = _first(read_blocks(path), most)
            said: dict[int, list[Annotation]] = defaultdict(list)
            for document in papers([path], knowledge, most):
                for annotation in document.texts[0].annotations:
                    said[annotation.line or 0].append(annotation)
            groups = list(_groups(corpus, blocks, said))
            yield Source(corpus=corpus, path=path, blocks=blocks, groups=groups)


def _first(blocks: list[Block], most: int | None) -> list[Block]:
    keys = list(dict.fromkeys(block.key for block in blocks))[:most]
    kept = set(keys)
    return [block for block in blocks if block.key in kept]


def _groups(
    corpus: str, blocks: Iterable[Block], said: dict[int, list[Annotation]]
) -> Iterator[Group]:
    """Yield the groups of annotations with a single id whose namespace is known."""
    by_paper: dict[str, list[Block]] = defaultdict(list)
    for block in blocks:
        by_paper[block.key].append(block)
    for own in by_paper.values():
        text = "\n".join(block.text for block in own)
        found: dict[tuple[str, str, str], list[tuple[Block, Item]]] = defaultdict(list)
        for block in own:
            for item in block.items:
                if len(said[item.number]) == 1 and said[item.number][0].stated:
                    place = (item.kind, item.label.casefold(), item.written)
                    found[place].append((block, item))
        for items in found.values():
            first = items[0][1]
            stated = said[first.number][0].stated
            category = kind_of(first.kind).category
            if stated and category in {"gene", "disease", "chemical"}:
                yield Group(
                    corpus=corpus,
                    category=category,
                    stated=stated,
                    items=tuple(items),
                    text=text,
                )


def seed(
    found: Iterable[Source], knowledge: Knowledge, chance: Random, folder: Path
) -> Iterator[Seeded]:
    """Put faults into each file and write it to a folder; equal chance, equal faults."""
    every = list(found)
    bench = _bench([group for source in every for group in source.groups], knowledge, chance)
    for source in every:
        faults = {id(fault.item): fault for fault in _sown(source, bench)}
        path = folder / source.path.name.replace(".gz", "")
        lines = write_blocks(path, source.blocks)
        yield Seeded(
            corpus=source.corpus,
            path=path,
            faults={n: faults[id(item)] for n, item in lines.items() if id(item) in faults},
            untouched=frozenset(n for n, item in lines.items() if id(item) not in faults),
        )


def _bench(groups: list[Group], knowledge: Knowledge, chance: Random) -> Bench:
    concepts = Concepts(knowledge.ontologies)
    ids = defaultdict(set)
    strangers = defaultdict(set)
    for group in groups:
        ids[group.category, group.stated.prefix].add(group.stated)
        if group.category == "gene" and not concepts.is_known(group.stated):
            strangers[name_key(group.label)].add(group.stated)
    return Bench(
        concepts=concepts,
        chance=chance,
        ids={place: tuple(sorted(some)) for place, some in ids.items()},
        other_species={key: tuple(sorted(some)) for key, some in strangers.items()},
    )


def _sown(source: Source, bench: Bench) -> Iterator[Fault]:
    """Yield faults until each kind has its part of the annotations, or none are left for it."""
    groups = sorted(source.groups, key=lambda group: (group.items[0][1].number, group.label))
    bench.chance.shuffle(groups)
    most = SHARE * sum(len(block.items) for block in source.blocks) / len(MAKERS)
    made: Counter[Kind] = Counter(dict.fromkeys(MAKERS, 0))
    beyond: Counter[Kind] = Counter()
    for group in groups:
        for kind in sorted(MAKERS, key=lambda kind: made[kind]):
            if made[kind] >= most:
                break
            change = MAKERS[kind](group, bench)
            if change and not change.seeable and beyond[kind] >= most * BEYOND:
                continue
            items = _changed(group, change) if change else []
            if change and items:
                for item in items:
                    yield Fault(
                        kind=kind,
                        corpus=source.corpus,
                        item=item,
                        truth=group.stated,
                        change=change,
                    )
                (made if change.seeable else beyond)[kind] += len(items)
                break


def _changed(group: Group, change: Change) -> list[Item]:
    """Apply a change; return the items that are faulty now."""
    if change.around:
        block, item = group.items[change.mention]
        return [item] if block.put_around(item, *change.around) else []
    for _, item in group.items:
        item.written = change.written
        item.kind = change.type or item.kind
    return [item for _, item in group.items]
