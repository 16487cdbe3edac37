"""What short forms stand for in one text, and where it does not say so, in one field."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from exporter.grounding.expansions import Expansion, expansions, meanings
from exporter.grounding.prose import Prose
from exporter.grounding.spelling import fits_any, key

_NEAR = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """The short forms that a text explains, and those usual in its field of medicine."""

    said: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, tuple[str, ...]]
    explained_at: tuple[Expansion, ...] = ()

    def said_of(self, short: str) -> tuple[str, ...]:
        """Return what the text itself says that a short form, or its plural, means."""
        return self.said.get(short) or self.said.get(short.removesuffix("s"), ())

    def usual_for(self, short: str) -> tuple[str, ...]:
        """Return what a short form means in the field."""
        return self.usual.get(key(short), ())

    def long_forms(self, short: str) -> tuple[str, ...]:
        """Return what a short form means in the text; only if it is silent, in the field."""
        return self.said_of(short) or self.usual_for(short)

    def short_forms(self, long: str) -> tuple[str, ...]:
        """Return the short forms of a long form, in the text and in the field."""
        tables = (self.said, self.usual)
        rows = (row for table in tables for row in table.items())
        return tuple(short for short, longs in rows if fits_any(long, longs))

    def written_out(self, name: str) -> tuple[str, ...]:
        """Return a name with its first word written out: IFN-gamma, interferon gamma."""
        first, gap, rest = name.replace("-", " ").partition(" ")
        return tuple(f"{long} {rest}" for long in self.long_forms(first)) if gap else ()

    def shortened(self, name: str) -> tuple[str, ...]:
        """Return a name with its first words as a short form: interferon alpha, IFN alpha."""
        rows = (row for table in (self.said, self.usual) for row in table.items())
        plain = key(name)
        return tuple(
            f"{short} {plain.removeprefix(key(long))}"
            for short, longs in rows
            for long in longs
            if plain.startswith(key(long)) and plain != key(long)
        )

    def explained_around(self, start: int, end: int) -> tuple[Expansion, ...]:
        """Return the long forms of which a place is a part."""
        after = bisect_right(self.explained_at, start, key=lambda each: each.start)
        near = self.explained_at[max(0, after - _NEAR) : after]
        return tuple(each for each in near if each.start <= start and end <= each.end)

    def forms(self, name: str) -> tuple[str, ...]:
        """Return a name, and what it is with short forms written out or put in."""
        return (name, *self.long_forms(name), *self.written_out(name), *self.shortened(name))


def abbreviations_of(prose: Prose, usual: Mapping[str, tuple[str, ...]]) -> Abbreviations:
    """Return the short forms that the prose explains, beside those of the field."""
    found = expansions(prose.content)
    return Abbreviations(said=meanings(found), usual=usual, explained_at=found)
