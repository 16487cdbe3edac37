"""The release of FamPlex, whose members are named by symbols of genes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from exporter.ontologies.formats.table import columns_in, filled, rows
from exporter.ontologies.installed_index import InstalledIndex
from exporter.ontologies.names import name_key
from exporter.ontologies.releases.contributions import HUMAN, Contribution, Standing
from exporter.ontologies.releases.recognising import Recognised
from exporter.ontologies.terms import Scope

_RELATIONS = "famplex-relations"
_GENES = {
    "hgnc": ("NCBIGene:{entrez_id}", "{symbol}", ("{prev_symbol}", "{alias_symbol}")),
    "ncbigene": ("NCBIGene:{GeneID}", "{Symbol}", ("{Synonyms}",)),
}
_MOST_TOLD = 12


class Symbols:
    """Which gene a symbol means; remembers those that mean none."""

    def __init__(self, genes: Mapping[str, str], index: InstalledIndex | None) -> None:
        self._genes = genes
        self._index = index
        self.unknown: Counter[str] = Counter()

    def gene(self, symbol: str) -> str:
        """Return the id of the gene with a symbol, or nothing."""
        found = self._genes.get(symbol) or self._installed(symbol)
        if not found:
            self.unknown[symbol] += 1
        return found

    def _installed(self, symbol: str) -> str:
        for entity, scope in self._index.named(name_key(symbol)) if self._index else ():
            if entity.prefix == "NCBIGene" and scope is Scope.EXACT:
                return entity.curie
        return ""


@dataclass(frozen=True, slots=True)
class FamilyRelease:
    """The release of FamPlex, and what its members are looked up in."""

    contribution: Contribution
    symbols: Symbols

    def remarks(self) -> Iterator[str]:
        """Yield what to tell about members that no gene could be found for."""
        unknown = self.symbols.unknown
        if unknown:
            some = ", ".join(sorted(unknown)[:_MOST_TOLD])
            more = ", …" if len(unknown) > _MOST_TOLD else ""
            yield (
                f"{len(unknown)} symbols of members in FamPlex are those of no gene at hand, and "
                f"these members are missing: {some}{more}"
            )


def family_release(
    files: Iterable[Recognised], index: InstalledIndex | None
) -> FamilyRelease | None:
    """Return the release of FamPlex if a file of the files is its table of relations.

    Symbols are those of HGNC or NCBI Gene in the files, else those of the genes in the index.
    """
    by_table = {file.table.name: file for file in files if file.table}
    if _RELATIONS not in by_table:
        return None
    genes = _symbols(by_table)
    symbols = Symbols(genes, None if genes else index)
    file = replace(by_table[_RELATIONS], form="famplex")
    contribution = Contribution(
        file=file,
        standing=Standing.RELEASE,
        prefix="FPLX",
        complete=False,
        options={"gene": symbols.gene},
    )
    return FamilyRelease(contribution, symbols)


def _symbols(by_table: Mapping[str, Recognised]) -> dict[str, str]:
    """Return the gene of each symbol; another name counts where it is that of one gene only."""
    symbols: dict[str, str] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for name in _GENES.keys() & by_table.keys():
        identifier, symbol, names = _GENES[name]
        file, table = by_table[name], by_table[name].table
        options = table.having({}, frozenset([HUMAN])) if table else {}
        options["used"] = columns_in([identifier, symbol, list(names)])
        for row in rows(file.path, options):
            gene = filled(identifier, row, file.path)
            if gene and (name == "hgnc" or "hgnc" not in by_table):
                symbols[filled(symbol, row, file.path)] = gene
            for cell in (filled(each, row, file.path) for each in names if gene):
                for other in cell.split("|"):
                    others[other].add(gene)
    alone = {other: next(iter(found)) for other, found in others.items() if len(found) == 1}
    return {**alone, **symbols}
