"""Connections of the review server: idle ones are dropped, so that the reviewer's requests are always answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

MAX_CONNECTIONS = 100
"""Maximum number of open connections; beyond it, those idle longest are dropped. A browser opens six."""

CLIENT_TIMEOUT = 20.0
"""Seconds that a client may take to send a request, to read a response, or to send the next request."""


def create_server(app: ASGIApp) -> uvicorn.Server:
    """Return a server for `app` that slow or idle clients cannot block."""
    config = uvicorn.Config(
        app,
        http=TimeoutProtocol,
        ws="none",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    return uvicorn.Server(config)


class TimeoutProtocol(H11Protocol):
    """An HTTP connection that is dropped when its client times out.

    Uvicorn itself waits forever for the first request, for the rest of a request, and for a client to read a
    response.
    """

    _since = 0.0
    _check: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the timer for the first request, and drop the longest-idle connection if there are too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._check = self.loop.call_later(CLIENT_TIMEOUT, self._check_timeout)
        others = [one for one in self.connections if isinstance(one, TimeoutProtocol) and one is not self]
        _drop_longest_idle(others, len(self.connections) - MAX_CONNECTIONS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timer."""
        if self._check is not None:
            self._check.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Restart the timer: the client has to read the response and send the next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Restart the timer: the client reads more slowly than the server writes."""
        self._since = self.loop.time()
        super().pause_writing()

    def awaits_client(self) -> bool:
        """Return whether the server is waiting for the client."""
        cycle: Any = self.cycle
        return cycle is None or cycle.response_complete or cycle.more_body or self.flow.write_paused

    def drop(self) -> None:
        """Close the connection at once and discard unsent data."""
        self.connections.discard(self)
        self.transport.abort()

    def _check_timeout(self) -> None:
        waited = self.loop.time() - self._since
        if self.awaits_client() and waited >= CLIENT_TIMEOUT:
            self.drop()
        else:
            left = CLIENT_TIMEOUT - waited if self.awaits_client() else CLIENT_TIMEOUT
            self._check = self.loop.call_later(left, self._check_timeout)


def _drop_longest_idle(connections: Iterable[TimeoutProtocol], count: int) -> None:
    """Drop up to `count` connections that wait for their client: several, if those before could not be dropped."""
    waiting = sorted((one for one in connections if one.awaits_client()), key=lambda one: one._since)
    for one in waiting[: max(count, 0)]:
        one.drop()
