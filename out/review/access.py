"""What the reviewer's server lets in: who has its key, from its own pages, under its own name, and nothing else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What a page may load and do: its own files, and no script, style or frame from anywhere else."""

TOKEN = "x-thaita-token"  # noqa: S105 - the name of a header
START = "/start"
"""The one address that is answered without the cookie: to who has the key."""

_WITHOUT_KEY = (
    "กรุณาเปิดที่อยู่ที่โปรแกรม thaita แสดงไว้เมื่อเริ่มทำงาน เพราะในที่อยู่นั้นมีกุญแจสำหรับเปิดหน้านี้\n"
    "Open the address that thaita named when it started: it holds the key to this page."
)
_EARLIER_RUN = "This page is of an earlier run of thaita: open the address that it named when it started."
_START_PAGE = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="thaita-token" content="{token}">
<title>thaita</title>
<noscript><meta http-equiv="refresh" content="0;url=/"></noscript>
<script src="/static/review.js" defer></script>
</head>
</html>
"""
"""A page that goes on to the list. A redirection would not do: a browser that another program or page led here
would follow it without the cookie, and the token would have no way to the browser but through every page."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches a host that a server is bound to."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def new_key() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_urlsafe(24)


@dataclass(slots=True)
class Guard:
    """Stands before an application and refuses what no page of ours sends.

    Whoever shows the key gets a cookie, without which nothing is answered, and a token, without which nothing is
    written. The browser keeps the token for this host and port alone; it sends cookies to every port of a host, so
    that the cookie can come into the hands of another server on this machine. A Host that is a name of somebody else's
    (DNS rebinding) is refused, and a write from another origin. `host` is what the server is bound to.
    """

    app: ASGIApp
    host: str
    key: str = field(default_factory=new_key, repr=False)
    _session: str = field(default_factory=new_key, repr=False)
    _token: str = field(default_factory=new_key, repr=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or let the application answer it."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        answer = self._answer(scope, Headers(scope=scope))
        await (answer or self.app)(scope, receive, guarded)

    def _answer(self, scope: Scope, headers: Headers) -> Response | None:
        """Return the answer to a request that the application shall not see, None if it shall."""
        method = scope["method"]
        refusal = self._from_elsewhere(method, headers)
        if refusal:
            return PlainTextResponse(refusal, 403)
        if method == "GET" and scope["path"] == START and _same(_key_in(scope), self.key):
            return self._welcome(headers)
        cookie = cookie_parser(headers.get("cookie", "")).get(_cookie(headers), "")
        if not _same(cookie, self._session):
            return PlainTextResponse(_WITHOUT_KEY, 403)
        if method not in ("GET", "HEAD") and not _same(headers.get(TOKEN, ""), self._token):
            return PlainTextResponse(_EARLIER_RUN, 403)
        return None

    def _welcome(self, headers: Headers) -> Response:
        answer = HTMLResponse(_START_PAGE.format(token=self._token))
        answer.set_cookie(_cookie(headers), self._session, httponly=True, samesite="strict", path="/")
        return answer

    def _from_elsewhere(self, method: str, headers: Headers) -> str:
        """Return why a request is none of our pages', empty if it may be."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            return "Open this page under the address that thaita named."
        followed = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if not followed and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "This request comes from another site."
        origin = headers.get("origin", "")
        if method not in ("GET", "HEAD") and origin != f"http://{host}":
            return "This request comes from another site."
        return ""

    def _is_ours(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if name in _LOOPBACK or name == self.host:
            return True
        return not is_loopback(self.host) and _is_address(name)


def _key_in(scope: Scope) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode("latin-1")).get("key", [""])[0]


def _cookie(headers: Headers) -> str:
    """Return the name of the cookie: of the port that the browser knows, as cookies are shared by all of a host."""
    return f"thaita_review_{urlsplit('//' + headers.get('host', '')).port or 80}"


def _same(given: str, secret: str) -> bool:
    """Compare in a time that says nothing of the secret."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def _is_address(name: str) -> bool:
    """Tell whether a host is a number: no name server can make that point elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
