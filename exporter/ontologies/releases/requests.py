"""Requests for files by http and https, and nothing else; the only place that opens a connection.

A redirection leads to http and https only, and no file on this machine can be asked for.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from exporter import __version__
from exporter.errors import RemoteError, UsageError, Where

SCHEMES = ("http", "https")
_USER = re.compile(r"(?<=://)[^/@]*@")

Answer = HTTPResponse
"""What a server sends; ``status`` and ``headers`` are known, the body is still to be read."""


class _OnlyToTheWeb(HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0913, PLR0917 - the signature is that of the standard library
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme not in SCHEMES or shown(newurl) != newurl:
            raise HTTPError(req.full_url, code, f"leads to {shown(newurl)}", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _AlsoWithoutContent(HTTPErrorProcessor):
    """Takes for answers that nothing changed, and that there is no such part of a file."""

    def http_response(self, request: Request, response: HTTPResponse) -> HTTPResponse:
        if response.status in {304, 416}:
            return response
        answer: HTTPResponse = super().http_response(request, response)
        return answer

    https_response = http_response


def is_address(text: str) -> bool:
    """Tell an address on the web from the name of a file; one of another kind is refused."""
    scheme, separator, _ = text.partition("://")
    if not separator:
        return False
    if scheme.lower() not in SCHEMES:
        raise UsageError(
            f"{shown(text)} is not fetched: only http and https are",
            code="E225",
            hint="give an http or https address, or the name of a file or folder",
        )
    if shown(text) != text:
        raise UsageError(
            f"{shown(text)} was given with a name or password, and none is sent",
            code="E225",
            hint="download the file yourself, and give it with --from",
        )
    return True


def shown(address: str) -> str:
    """Return the address without a password that it may hold."""
    return _USER.sub("", address)


def asked(
    address: str, headers: Mapping[str, str], seconds: float
) -> AbstractContextManager[Answer]:
    """Ask for an address; an answer that is neither a success nor ``304`` or ``416`` is an error.

    A server that does not answer within so many seconds is given up.
    """
    answer: Answer = _try(address, lambda: _opened(address, headers, seconds))
    return answer


def _opened(address: str, headers: Mapping[str, str], seconds: float) -> Answer:
    sent = {"User-Agent": f"exporter/{__version__}", "Accept-Encoding": "identity", **headers}
    request = Request(address, headers=sent)  # noqa: S310 - the opener knows http and https only
    opened: Answer = _opener().open(request, timeout=seconds)
    return opened


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _OnlyToTheWeb(),
        _AlsoWithoutContent(),
    ):
        opener.add_handler(handler)
    return opener


class InterruptedAnswerError(RemoteError):
    """The connection was lost or fell silent while an answer was read; another try may work."""


def read(answer: Answer, address: str, size: int) -> bytes:
    """Read what has come of an answer, up to so many bytes; nothing at its end.

    It does not wait until there are so many: what came before a server fell silent is not lost.
    """
    try:
        return answer.read1(size)
    except TimeoutError:
        raise interrupted(address, "the server fell silent") from None
    except (HTTPException, OSError) as problem:
        raise interrupted(address, _said(problem)) from None


def interrupted(address: str, problem: str) -> InterruptedAnswerError:
    """Return the error of an answer that ended too early."""
    return InterruptedAnswerError(
        f"the download was cut off: {problem}",
        code="E702",
        where=Where(file=shown(address)),
        hint="call the command again: it goes on where the download stopped",
    )


def _try(address: str, ask: Callable[[], Answer]) -> Answer:
    where = Where(file=shown(address))
    try:
        return ask()
    except HTTPError as refusal:
        refusal.close()
        raise _refused(refusal, where) from None
    except (TimeoutError, URLError, HTTPException, OSError) as problem:
        cause = problem.reason if isinstance(problem, URLError) else problem
        said = "it does not answer" if isinstance(cause, TimeoutError) else _said(cause)
        raise RemoteError(
            f"the server cannot be reached: {said}",
            code="E700",
            where=where,
            hint="check the address and the network; or give files you have with --from",
        ) from None
    except ValueError as problem:
        raise UsageError(
            f"this is no address: {problem}",
            code="E225",
            where=where,
            hint="give an http or https address, or the name of a file or folder",
        ) from None


def _refused(refusal: HTTPError, where: Where) -> RemoteError:
    if 300 <= refusal.code < 400:
        return RemoteError(
            f"the server sends elsewhere, and that is not followed: {refusal.msg}",
            code="E701",
            where=where,
            hint="only redirections to http and https are followed, and not in a circle",
        )
    hint = "the release has moved: give its present address with --from"
    if refusal.code >= 500 or refusal.code == 429:
        hint = "try again later; what was downloaded so far is kept"
    return RemoteError(
        f"the server answers {refusal.code} {refusal.reason}", code="E701", where=where, hint=hint
    )


def _said(problem: object) -> str:
    text = getattr(problem, "strerror", None) or str(problem) or type(problem).__name__
    return str(text)[:200].lower()
