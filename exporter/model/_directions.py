"""What an outcome row says of a drug: its columns are read in one order, and the first decides."""

from dataclasses import dataclass

from exporter.model.case import Outcome
from exporter.model.evidence import Direction

_SUPPORTS, _DISPUTES, _NO_EFFECT = Direction.SUPPORTS, Direction.DISPUTES, Direction.NO_EFFECT
_FAILED = frozenset({"inefficacy", "loss-of-effect", "disease-progression"})

_COMPARED = {"better": _SUPPORTS, "worse": _DISPUTES, "no-difference": _NO_EFFECT}
_MARKER_COMPARED = {"lower": _SUPPORTS, "higher": _DISPUTES, "no-difference": _NO_EFFECT}
_ENDPOINT = {"met": _SUPPORTS, "not-met": _NO_EFFECT}
_VALENCE = {"favourable": _SUPPORTS, "unfavourable": _DISPUTES, "neutral": _NO_EFFECT}
_CHANGE = {"decreased": _SUPPORTS, "increased": _DISPUTES, "unchanged": _NO_EFFECT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The direction of a row and the column that decided, or the reason why the row is silent."""

    direction: Direction | None = None
    decided_by: str = ""
    reason: str = ""


def clinical_direction(outcome: Outcome, stop_reasons: frozenset[str]) -> Verdict:
    """Return what a clinical row says; ``stop_reasons`` are those of the drug's treatment."""
    if outcome.phase == "baseline":
        return _BASELINE
    for column in (_comparison, _trial_endpoint, _nobody, _endpoint):
        if (verdict := column(outcome)) is not None:
            return verdict
    if outcome.event is not None:
        return _event(outcome.event, stop_reasons)
    direction = _VALENCE.get(outcome.valence or "")
    if direction is None:
        return Verdict(reason="it does not say whether it went well or badly")
    return Verdict(direction=direction, decided_by="valence")


def marker_direction(outcome: Outcome) -> Verdict:
    """Return whether a marker fell: by a comparison, else by its change; a valence never decides.

    "Better" and "worse" do not say lower or higher, so they leave it to the change.
    """
    if not outcome.measure:
        return Verdict(reason="it names no measure that a marker could be known by")
    if outcome.phase == "baseline":
        return _BASELINE
    if outcome.comparison and outcome.comparison.result in _MARKER_COMPARED:
        direction = _MARKER_COMPARED[outcome.comparison.result]
        return Verdict(direction=direction, decided_by="comparison")
    if (nobody := _nobody(outcome)) is not None:
        return nobody
    if outcome.change is None:
        return Verdict(reason="it does not say whether the marker rose or fell")
    return Verdict(direction=_CHANGE[outcome.change], decided_by="change")


def _comparison(outcome: Outcome) -> Verdict | None:
    result = outcome.comparison.result if outcome.comparison else ""
    return _decided(_COMPARED.get(result), "comparison")


def _trial_endpoint(outcome: Outcome) -> Verdict | None:
    if outcome.trial_endpoint is None:
        return None
    direction = _ENDPOINT[outcome.trial_endpoint.result]
    return Verdict(direction=direction, decided_by="trial_endpoint")


def _nobody(outcome: Outcome) -> Verdict | None:
    """Nobody reached the state: no effect, and no failure either."""
    return Verdict(direction=_NO_EFFECT, decided_by="n") if outcome.n == 0 else None


def _endpoint(outcome: Outcome) -> Verdict | None:
    return _decided(_ENDPOINT.get(outcome.endpoint or ""), "endpoint")


def _decided(direction: Direction | None, column: str) -> Verdict | None:
    return None if direction is None else Verdict(direction=direction, decided_by=column)


def _event(event: str, stop_reasons: frozenset[str]) -> Verdict:
    if event != "treatment-stopped":
        return Verdict(direction=_DISPUTES, decided_by="event")
    if stop_reasons and stop_reasons <= _FAILED:
        return Verdict(direction=_DISPUTES, decided_by="event")
    return Verdict(reason="the drug was stopped, and no failure of the drug is named as the reason")


_BASELINE = Verdict(reason="it describes the state before the drug")
