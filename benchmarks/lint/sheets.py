"""PubTator files as lines that can be changed: ids, types, and the words around a mention."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True, eq=False)
class Item:
    """A line with an annotation; ``number`` is that of the line in its file, from 1.

    ``start`` and ``end`` count code points of the text of its block.
    """

    number: int
    key: str
    start: int
    end: int
    label: str
    kind: str
    written: str
    rest: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """Return the line as it stands now."""
        places = (str(self.start), str(self.end))
        return "\t".join((self.key, *places, self.label, self.kind, self.written, *self.rest))


@dataclass(slots=True, eq=False)
class Block:
    """A title with its abstract; the offsets of its items count from the begin of the title."""

    key: str
    title: str = ""
    abstract: str | None = None
    items: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return title and abstract, as the offsets count."""
        return self.title if self.abstract is None else f"{self.title} {self.abstract}"

    def put_around(self, item: Item, before: str, after: str) -> bool:
        """Write words before and after a mention; tell whether the block allowed it.

        A mention that overlaps another one, or stands across title and abstract, is left alone.
        """
        beside = (each for each in self.items if each is not item)
        overlaps = any(each.start < item.end and item.start < each.end for each in beside)
        fits = self.text[item.start : item.end] == item.label
        if overlaps or not fits or item.start < len(self.title) < item.end:
            return False
        text, title = self.text, len(self.title)
        added = len(before) + len(after)
        changed = f"{text[: item.start]}{before}{item.label}{after}{text[item.end :]}"
        in_title = item.end <= title
        self._set(changed, title + added if in_title else title)
        for each in self.items:
            if each is not item and each.start >= item.end:
                each.start, each.end = each.start + added, each.end + added
        item.start, item.end = item.start + len(before), item.end + len(before)
        return True

    def _set(self, text: str, title: int) -> None:
        self.title = text[:title]
        if self.abstract is not None:
            self.abstract = text[title + 1 :]

    def lines(self) -> Iterator[str]:
        """Yield the lines of the block; those of the items keep their order."""
        yield f"{self.key}|t|{self.title}"
        if self.abstract is not None:
            yield f"{self.key}|a|{self.abstract}"
        yield from (item.line for item in self.items)


def read_blocks(path: Path) -> list[Block]:
    """Return the blocks of a PubTator file, plain or compressed; relations are left out."""
    opened = gzip.open if path.suffix == ".gz" else open
    blocks: list[Block] = []
    with opened(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            _read_line(line.rstrip("\r\n"), number, blocks)
    return blocks


def _read_line(line: str, number: int, blocks: list[Block]) -> None:
    key, bar, rest = line.partition("|")
    fields = line.split("\t")
    if bar and rest.startswith("t|"):
        blocks.append(Block(key=key, title=rest[2:]))
    elif bar and rest.startswith("a|"):
        blocks[-1].abstract = rest[2:]
    elif len(fields) >= 5 and fields[1].isdigit():
        written, others = (fields[5], tuple(fields[6:])) if len(fields) > 5 else ("", ())
        item = Item(
            number=number,
            key=fields[0],
            start=int(fields[1]),
            end=int(fields[2]),
            label=fields[3],
            kind=fields[4],
            written=written,
            rest=others,
        )
        blocks[-1].items.append(item)


def write_blocks(path: Path, blocks: Iterable[Block]) -> dict[int, Item]:
    """Write the blocks as they stand now; return the items by the number of their new line."""
    found: dict[int, Item] = {}
    number = 0
    before = ""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for block in blocks:
            if before and before != block.key:
                file.write("\n")
                number += 1
            before = block.key
            for line in block.lines():
                file.write(f"{line}\n")
                number += 1
            first = number - len(block.items) + 1
            found |= dict(enumerate(block.items, start=first))
    return found
