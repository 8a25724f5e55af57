"""Access control of the review server: requests need its key, its own origin, and its own host name."""

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
"""The content security policy: a page loads the server's own files and nothing from elsewhere."""

TOKEN = "x-thaita-token"  # noqa: S105 - the name of a header
START = "/start"
"""The only address that needs no cookie; it needs the key instead."""

_WITHOUT_KEY = (
    "กรุณาเปิดที่อยู่ที่โปรแกรม thaita แสดงไว้เมื่อเริ่มทำงาน เพราะในที่อยู่นั้นมีรหัสสำหรับเปิดหน้านี้\n"
    "Open the address that thaita showed when it started: it contains the key to this page."
)
_EARLIER_RUN = (
    "This page is from an earlier run of thaita. Open the address that thaita showed when it started."
)
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
"""A page that stores the token and continues to the list. A redirect would not work: a browser that came here from
another program or site would follow it without the cookie, and every page would have to carry the token."""

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
    """Return whether a host is a loopback address, which only this machine can reach."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def new_key() -> str:
    """Return a random secret."""
    return secrets.token_urlsafe(24)


@dataclass(slots=True)
class Guard:
    """ASGI middleware that refuses requests that the review pages do not send.

    A client with the key gets a cookie, which every request needs, and a token, which every write also needs. The
    token is separate because browsers send cookies to every port of a host, where another server on this machine
    could read them; the token is stored for this host and port only. Requests with a foreign Host header (DNS
    rebinding) and writes from another origin are refused. `host` is the address that the server is bound to.
    """

    app: ASGIApp
    host: str
    key: str = field(default_factory=new_key, repr=False)
    _session: str = field(default_factory=new_key, repr=False)
    _token: str = field(default_factory=new_key, repr=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request or pass it to the application."""
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
        """Return the response to a request that must not reach the application, or None."""
        method = scope["method"]
        refusal = self._origin_error(method, headers)
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

    def _origin_error(self, method: str, headers: Headers) -> str:
        """Return why a request did not come from a review page, or an empty string."""
        host = headers.get("host", "")
        if not self._is_own_host(host):
            return "Open this page at the address that thaita showed."
        followed = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if not followed and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "This request comes from another site."
        origin = headers.get("origin", "")
        if method not in ("GET", "HEAD") and origin != f"http://{host}":
            return "This request comes from another site."
        return ""

    def _is_own_host(self, host: str) -> bool:
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
    """Return the name of the cookie; it contains the port, because all ports of a host share cookies."""
    return f"thaita_review_{urlsplit('//' + headers.get('host', '')).port or 80}"


def _same(given: str, secret: str) -> bool:
    """Compare in constant time, so that timing reveals nothing about the secret."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), secret.encode())


def _is_address(name: str) -> bool:
    """Return whether a host is an IP address, which DNS rebinding cannot redirect."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
