"""What the reviewer's server lets in: requests of its own pages, under its own name, and nothing else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""What a page may load and do: its own files, and no script, style or frame from anywhere else."""

TOKEN = "x-thaita-token"  # noqa: S105 - the name of a header
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
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


@dataclass(slots=True)
class Guard:
    """Stands before an application and refuses what no page of ours sends.

    A Host that is a name of somebody else's (DNS rebinding) is refused, and a write without the token of
    this server's pages or from another origin. `host` is what the server is bound to.
    """

    app: ASGIApp
    host: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)

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

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            await PlainTextResponse(refusal, 403)(scope, receive, guarded)
        else:
            await self.app(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Return why a request is refused, empty if it is not."""
        host = headers.get("host", "")
        if not self._is_ours(host):
            return "Open this page under the address that thaita named."
        followed = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
        if not followed and headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return "This request comes from another site."
        if method in ("GET", "HEAD"):
            return ""
        origin = headers.get("origin", "")
        if urlsplit(origin).netloc != host or urlsplit(origin).scheme != "http":
            return "This request comes from another site."
        if not secrets.compare_digest(headers.get(TOKEN, "").encode(), self.token.encode()):
            return "This page is of an earlier run of thaita: reload it."
        return ""

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in _LOOPBACK or name == self.host:
            return True
        return not is_loopback(self.host) and _is_address(name)


def _is_address(name: str) -> bool:
    """Tell whether a host is a number: no name server can make that point elsewhere."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
