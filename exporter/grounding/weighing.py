"""How well the label of an item of a list fits its id, and what else it is a name of."""

from dataclasses import replace

from exporter.grounding.context import Context
from exporter.grounding.fit import SCORES, Fit, fit_of
from exporter.grounding.stock import Stock
from exporter.model.grounding import Candidate, Grounding, Status


def weighed(context: Context, verdict: Grounding, stock: Stock) -> Grounding:
    """Return the verdict with a score, and with candidates if somebody has to look at it."""
    clean = verdict.status is Status.CLEAN
    candidates = () if clean else _candidates(context, stock)
    return replace(verdict, score=_score(context, stock), candidates=candidates)


def _score(context: Context, stock: Stock) -> float | None:
    """Return how well the label, or what it is short for, fits; None where no name is known."""
    own = context.resolution.ids
    if not any(stock.keys(each) for each in own):
        return None
    fit = fit_of(context.label, own, stock)
    if fit is Fit.NONE and any(fit_of(form, own, stock) for form in context.wordings):
        fit = Fit.EXPLAINED
    return SCORES[fit]


def _candidates(context: Context, stock: Stock) -> tuple[Candidate, ...]:
    """Return what the label, or else what it is short for, is a name of, best first."""
    found = (stock.candidates(each, context.kind) for each in context.wordings)
    return next(filter(None, found), ())
