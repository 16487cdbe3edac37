"""Which annotations of equal content a verdict is about, where the rules see them differently.

One name with one id may be doubtful in one sentence and right in the next. A verdict belongs to
those of which the curator saw the same finding; to another one only if there is no choice.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from exporter.model.grounding import Grounding
from exporter.model.identifiers import EntityId
from exporter.model.review import Verdict

Group = tuple[str, EntityId | None]
"""The rule that judged annotations, and what it proposes for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The verdicts on each group, and those on none, with the reason."""

    by_group: Mapping[Group, tuple[Verdict, ...]]
    left: tuple[tuple[Verdict, str], ...]


def group_of(grounding: Grounding) -> Group:
    """Return the group of an annotation by its grounding, as the rules made it."""
    return grounding.rule, grounding.proposed


def shared_out(verdicts: Iterable[Verdict], groups: Collection[Group]) -> Shares:
    """Return which verdicts are about which groups of annotations of equal content.

    A verdict on the very finding goes before one on an earlier finding of the same annotations.
    """
    exact: dict[Group, list[Verdict]] = {group: [] for group in groups}
    loose: dict[Group, list[Verdict]] = {group: [] for group in groups}
    left: list[tuple[Verdict, str]] = []
    for verdict in verdicts:
        fitting = _fitting(verdict, groups)
        for group in fitting:
            (exact if _is_exact(verdict, group) else loose)[group].append(verdict)
        if not fitting:
            left.append((verdict, "several findings are about it now, and none is the one decided"))
    for group in groups:
        if exact[group]:
            late = "another verdict on it is about what is found now"
            left += [(verdict, late) for verdict in loose[group]]
    return Shares(
        by_group={group: tuple(exact[group] or loose[group]) for group in groups},
        left=tuple(left),
    )


def _is_exact(verdict: Verdict, group: Group) -> bool:
    return not verdict.about.rule or (verdict.about.rule, verdict.about.proposal) == group


def _fitting(verdict: Verdict, groups: Collection[Group]) -> Collection[Group]:
    """Return the groups that were seen; a verdict that does not say what was seen is about all."""
    seen = verdict.about
    if not seen.rule:
        return groups
    of_rule = [group for group in groups if group[0] == seen.rule]
    same = [group for group in of_rule if group[1] == seen.proposal]
    candidates = same or of_rule or list(groups)
    return candidates if len(candidates) == 1 else ()
