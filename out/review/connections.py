"""The review server's connections: however many others hold open, the reviewer's next request is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 100
"""Connections at a time, before those are dropped that wait for their client longest. A browser opens six."""

PATIENCE = 20.0
"""Seconds that a client may take to send a request, to read an answer, or to ask again."""


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Return a server that is not held up by who opens connections and lets it wait."""
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        lifespan="off",
    )
    return uvicorn.Server(config)


class PatientProtocol(H11Protocol):
    """An HTTP connection that is dropped when its client lets it wait.

    Uvicorn itself waits for ever for the first request, for the rest of one, and for a client that reads no answer.
    """

    _since = 0.0
    _check: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, and drop who waits longest where there are too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._check = self.loop.call_later(PATIENCE, self._drop_or_wait)
        if len(self.connections) > MOST:
            _drop_longest(
                one for one in self.connections if isinstance(one, PatientProtocol) and one is not self
            )

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._check is not None:
            self._check.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Begin to wait for the answer to be read and for the next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Begin to wait for a client that reads no faster than this."""
        self._since = self.loop.time()
        super().pause_writing()

    def waits(self) -> bool:
        """Tell whether it is the client's turn."""
        cycle: Any = self.cycle
        return cycle is None or cycle.response_complete or cycle.more_body or self.flow.write_paused

    def drop(self) -> None:
        """End the connection at once; what was not read yet is not sent."""
        self.connections.discard(self)
        self.transport.abort()

    def _drop_or_wait(self) -> None:
        waited = self.loop.time() - self._since
        if self.waits() and waited >= PATIENCE:
            self.drop()
        else:
            left = PATIENCE - waited if self.waits() else PATIENCE
            self._check = self.loop.call_later(left, self._drop_or_wait)


def _drop_longest(connections: Iterable[PatientProtocol]) -> None:
    waiting = [one for one in connections if one.waits()]
    if waiting:
        min(waiting, key=lambda one: one._since).drop()
