"""The review server: it serves the list, each report with its pages and text, and writes decisions."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from importlib import resources
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from thaita.corpus.review.decide import DecisionRequest, StaleError
from thaita.corpus.review.decision import Kind
from thaita.corpus.review.validate import NewValueError
from thaita.models.verdicts import Language
from thaita.out.review.access import Guard
from thaita.out.review.connections import create_server
from thaita.out.review.desk import Desk, ShowError
from thaita.out.review.pages import ListQuery, fields_part, list_page, report_page, stale_message
from thaita.out.review.texts import TEXTS, say
from thaita.out.tables.csv_tables import DatasetError

MAX_BODY = 256 * 1024
"""Maximum size of a request body in bytes."""

PORTS = 20
"""Number of ports to try in turn if the first is in use."""

_SPANS = re.compile(r"(\d{1,9})-(\d{1,9})")
_LONGEST_SPANS = 20_000
"""Maximum number of characters of a list of spans that is parsed."""

_FILES = {"review.css": "text/css", "review.js": "text/javascript"}


class _RequestBody(BaseModel):
    """The body of a request that saves a decision."""

    model_config = ConfigDict(extra="forbid", strict=True)

    table: str
    row_id: str
    column: str
    kind: Kind
    value: str | None = None
    by: str = ""
    why: str = ""
    known: str | None = None


class _Endpoints:
    """The endpoints of the server, which answer from a `Desk`."""

    def __init__(self, desk: Desk, language: Language) -> None:
        self.desk, self.language = desk, language

    def routes(self) -> list[Route]:
        """Return the routes and their endpoints."""
        return [
            Route("/", self.reports),
            Route("/report/{report_id}", self.report),
            Route("/report/{report_id}/fields", self.fields),
            Route("/page/{report_id}/{number}", self.page),
            Route("/text/{report_id}", self.text),
            Route("/parts/{report_id}", self.parts),
            Route("/decide/{report_id}", self.decide, methods=["POST"]),
            Route("/static/{name}", self.static),
            Route("/favicon.ico", lambda _: Response(status_code=204)),
        ]

    def _language(self, request: Request) -> Language:
        asked = request.query_params.get("lang") or request.cookies.get("thaita_lang")
        return cast("Language", asked) if asked in ("th", "en") else self.language

    def _html(self, request: Request, page: str) -> Response:
        answer = HTMLResponse(page)
        if "lang" in request.query_params:
            answer.set_cookie("thaita_lang", self._language(request), samesite="strict", httponly=True)
        return answer

    def reports(self, request: Request) -> Response:
        """Return the list of reports."""
        asked = request.query_params
        wanted = ListQuery(
            asked.get("q", "")[:200],
            asked.get("doubt", ""),
            undecided=bool(asked.get("undecided")),
            page=_number(asked.get("page", "")) or 1,
        )
        language = self._language(request)
        return self._html(request, list_page(self.desk, wanted, language))

    def report(self, request: Request) -> Response:
        """Return the page of one report."""
        view, language = self.desk.view(request.path_params["report_id"]), self._language(request)
        return self._html(request, report_page(self.desk, view, language))

    def fields(self, request: Request) -> Response:
        """Return the current fields of one report as an HTML fragment."""
        view = self.desk.view(request.path_params["report_id"])
        return HTMLResponse(fields_part(view, self._language(request)))

    def page(self, request: Request) -> Response:
        """Return an image of a page as JPEG; the headers state the page's size in points and the page count."""
        number = _number(request.path_params["number"])
        if number is None:
            raise KeyError(number)
        made = self.desk.page(request.path_params["report_id"], number)
        headers = {
            "x-page-width": f"{made.width:.3f}",
            "x-page-height": f"{made.height:.3f}",
            "x-page-count": str(made.pages),
        }
        return Response(made.jpeg, media_type="image/jpeg", headers=headers)

    def text(self, request: Request) -> Response:
        """Return the extracted text of a report as JSON."""
        return JSONResponse({"text": self.desk.text(request.path_params["report_id"])})

    def parts(self, request: Request) -> Response:
        """Return the boxes of text spans as JSON: page, then left, top, right and bottom edge in points."""
        found = _SPANS.findall(request.query_params.get("spans", "")[:_LONGEST_SPANS])
        spans = [(int(start), int(end)) for start, end in found]
        parts = self.desk.parts(request.path_params["report_id"], spans)
        boxes = [[one.page, one.box.x0, one.box.top, one.box.x1, one.box.bottom] for one in parts]
        return JSONResponse({"parts": boxes})

    async def decide(self, request: Request) -> Response:
        """Save a decision, or return the reason why it was not saved."""
        language = self._language(request)
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > MAX_BODY:
                return JSONResponse({"message": say("bad_request", language)}, 413)
        try:
            sent = _RequestBody.model_validate_json(body)
        except ValidationError:
            return JSONResponse({"message": say("bad_request", language)}, 400)
        return await run_in_threadpool(self._decide, request.path_params["report_id"], sent, language)

    def _decide(self, report_id: str, sent: _RequestBody, language: Language) -> Response:
        wanted = DecisionRequest(
            sent.table, sent.row_id, sent.column, sent.kind, sent.value, sent.by, sent.why
        )
        try:
            made = self.desk.decide(report_id, wanted, sent.known)
        except StaleError as error:
            return JSONResponse({"message": stale_message(error.standing, language)}, 409)
        except NewValueError as error:
            return JSONResponse({"message": error.said[language]}, 422)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return JSONResponse({"message": say("not_written", language, reason=reason)}, 500)
        return JSONResponse({"id": made.id})

    def static(self, request: Request) -> Response:
        """Return the style sheet or the script of the pages."""
        name = request.path_params["name"]
        if name not in _FILES:
            raise KeyError(name)
        data = resources.files("thaita.out.review").joinpath(name).read_bytes()
        return Response(data, media_type=f"{_FILES[name]}; charset=utf-8")

    def failed(self, request: Request, error: Exception) -> Response:
        """Return the response to an exception that an endpoint raised."""
        language = self._language(request)
        if isinstance(error, ShowError):
            detail = f": {error.detail}" if error.detail else ""
            return JSONResponse({"message": say(error.code, language) + detail}, 409)
        if isinstance(error, KeyError):
            return PlainTextResponse(TEXTS["not_found"][language == "en"], 404)
        return PlainTextResponse(str(error), 503)


def _number(text: str) -> int | None:
    """Return a page number from 1, or None if the text is not one."""
    if not (text.isascii() and text.isdigit() and len(text) < 7):  # int() refuses very long numbers
        return None
    return int(text) or None


def application(desk: Desk, host: str, language: Language, key: str) -> Guard:
    """Return the application that serves a desk to clients with the key.

    `host` is the address that the server is bound to; `language` is the default language of the pages.
    """
    site = _Endpoints(desk, language)
    handlers: dict[Any, Callable[[Request, Exception], Response]] = dict.fromkeys(
        (ShowError, KeyError, DatasetError, OSError), site.failed
    )
    return Guard(Starlette(routes=site.routes(), exception_handlers=handlers), host, key)


def bind_socket(host: str, port: int, *, exactly: bool) -> socket.socket:
    """Return a socket bound to a host and port, or to the next free port unless `exactly` is set.

    Raises OSError if no port is free or the host is not an address of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for tried in range(port, port + (1 if exactly or port == 0 else PORTS)):
        own = socket.socket(family, socket.SOCK_STREAM)
        own.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            own.bind((host, tried))
        except OSError:
            own.close()
            if exactly or tried == port + PORTS - 1 or port == 0:
                raise
        else:
            return own
    raise OSError(f"no port from {port} on is free")


def serve(app: Guard, desk: Desk, own: socket.socket, started: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `started` is called once, when the server accepts requests."""

    def when_ready() -> None:
        with suppress(Exception):  # the first request reports the error, if there is one
            desk.warm()

    threading.Thread(target=when_ready, daemon=True).start()
    own.listen(128)
    threading.Timer(0.2, started).start()
    try:
        with suppress(KeyboardInterrupt):  # uvicorn shuts down cleanly first, then raises it again
            create_server(app).run(sockets=[own])
    finally:
        desk.close()
