"""Records that could not be read: they stop a run, or are left out if that was asked for."""

from exporter.cli._summary import rejected
from exporter.cli._verbosity import problem
from exporter.errors import InputError, LimitError
from exporter.pipeline.inputs import Gathered


def refuse_rejects(gathered: Gathered, *, keep_going: bool) -> None:
    """Name every record that is left out; end the run if there is one and nobody asked for it."""
    for line in rejected(gathered):
        problem(line)
    if gathered.rejects and not keep_going:
        over_limit = all(reject.over_limit for reject in gathered.rejects)
        raise (LimitError if over_limit else InputError)(
            f"{_counted(gathered)} left out: nothing was written",
            code="E114",
            hint="mend what is named above, or leave it out with --keep-going",
        )


def tell_left_out(gathered: Gathered, rest: str) -> None:
    """End a run that did what it could with the status of inputs that could not be read."""
    if gathered.rejects:
        raise InputError(f"{_counted(gathered)} left out; {rest}", code="E116")


def _counted(gathered: Gathered) -> str:
    number = len(gathered.rejects)
    return f"{number} record{'s were' if number != 1 else ' was'}"
