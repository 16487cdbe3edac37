"""What curators decided, read from review files and found by paper and content."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.errors import InputError, ProblemsError
from exporter.grounding.review_lines import without_outdated
from exporter.grounding.review_table import read_table
from exporter.grounding.review_words import is_true_to_key, verdict_of
from exporter.model.document import Annotation
from exporter.model.identifiers import EntityId
from exporter.model.review import Reviewed, Verdict, review_key
from exporter.ontologies.index import Ontologies

Content = tuple[str, str, str | EntityId]
"""Kind, label and stated id of an annotation: the id as its source has it, and canonical."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What curators decided: by paper and content, or by key where a line was changed since.

    Verdicts on one finding agree in what they say. ``ontologies`` tell whether a target is
    current and where it stands.
    """

    by_paper: Mapping[str, Mapping[Content, tuple[Verdict, ...]]]
    by_key: Mapping[str, tuple[Verdict, ...]]
    ontologies: Ontologies

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __iter__(self) -> Iterator[Verdict]:
        """Yield every verdict."""
        by_content = (each for paper in self.by_paper.values() for each in paper.values())
        every = (verdict for found in by_content for verdict in found)
        yield from {id(verdict): verdict for verdict in every}.values()
        for found in self.by_key.values():
            yield from found

    def about(self, annotation: Annotation, names: Sequence[str]) -> tuple[Verdict, ...]:
        """Return the verdicts on annotations of such content, of a paper with these names."""
        papers = [self.by_paper[name] for name in names if name in self.by_paper]
        contents = contents_of(annotation)
        found = [v for paper in papers for content in contents for v in paper.get(content, ())]
        if self.by_key:
            said = (annotation.kind, annotation.label, annotation.stated_as)
            found += [v for name in names for v in self.by_key.get(review_key(name, *said), ())]
        return tuple(_in_order({id(verdict): verdict for verdict in found}.values()))

    def on_paper(self, name: str) -> tuple[Verdict, ...]:
        """Return the verdicts on a paper of this name, by place."""
        every = (each for found in self.by_paper.get(name, {}).values() for each in found)
        once = {id(verdict): verdict for verdict in every}
        return tuple(sorted(once.values(), key=_place))

    def concern(self, names: Sequence[str]) -> bool:
        """Tell whether any verdict may be about a paper with these names."""
        return bool(self.by_key) or any(name in self.by_paper for name in names)


def _place(verdict: Verdict) -> tuple[str, int, str]:
    return verdict.where.file or "", verdict.where.line or 0, verdict.key


def contents_of(said: Annotation | Reviewed) -> tuple[Content, ...]:
    """Return what an annotation is known again by: its id may be written in another way."""
    as_written: Content = (said.kind, said.label, said.stated_as)
    return (as_written, (said.kind, said.label, said.stated)) if said.stated else (as_written,)


def verdicts_of(verdicts: Iterable[Verdict], ontologies: Ontologies) -> Verdicts:
    """Return verdicts ready to be applied; two that differ on one annotation are refused."""
    by_paper: dict[str, dict[Content, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
    by_key: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        about = verdict.about
        if is_true_to_key(about, verdict.key):
            for content in contents_of(about):
                by_paper[about.document][content].append(verdict)
        else:
            by_key[verdict.key].append(verdict)
    return Verdicts(
        by_paper={
            paper: {content: _each_agreeing(each) for content, each in found.items()}
            for paper, found in by_paper.items()
        },
        by_key={key: _each_agreeing(each) for key, each in by_key.items()},
        ontologies=ontologies,
    )


def read_verdicts(paths: Iterable[Path], ontologies: Ontologies) -> Verdicts:
    """Return the verdicts of review files.

    All lines that cannot be understood are refused together, each with its place; so are verdicts
    on one annotation that differ.
    """
    verdicts, problems = list[Verdict](), list[InputError]()
    for path in {path.resolve(): path for path in paths}.values():
        for line in without_outdated(read_table(path)):
            if line.is_decided:
                try:
                    verdicts.append(verdict_of(line, ontologies))
                except InputError as problem:
                    problems.append(problem)
    if len(problems) > 1:
        raise ProblemsError("the review has lines that cannot be used", problems=tuple(problems))
    if problems:
        raise problems[0]
    return verdicts_of(verdicts, ontologies)


def agreeing(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts, each once and in a fixed order; refuse those that differ."""
    ordered = _in_order(verdicts)
    for verdict in ordered[1:]:
        if verdict.says != ordered[0].says:
            raise _conflict(ordered[0], verdict)
    return tuple({(v.date, v.curator, v.reason): v for v in reversed(ordered)}.values())[::-1]


def _each_agreeing(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """Return the verdicts on equal annotations; refuse those on one finding that differ."""
    by_finding: dict[tuple[str, EntityId | None], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_finding[verdict.about.rule, verdict.about.proposal].append(verdict)
    return tuple(_in_order(v for same in by_finding.values() for v in agreeing(same)))


def _in_order(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return sorted(verdicts, key=lambda v: (v.date, v.curator, v.reason, str(v.where)))


def _conflict(one: Verdict, other: Verdict) -> InputError:
    first, second = sorted((one, other), key=lambda verdict: str(verdict.where))
    said = " ".join(str(each) for each in first.says if each)
    instead = " ".join(str(each) for each in second.says if each)
    return InputError(
        f"two verdicts on one annotation, {first.about.label!r} in {first.about.document}: "
        f"{said} here, {instead} at {second.where}",
        code="E193",
        where=first.where,
        hint="leave one of the two, or take its line out",
    )
