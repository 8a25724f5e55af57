"""Who may open the reviewer's page, and that it answers while others hold its connections."""

import socket
import threading
import time
from contextlib import ExitStack, contextmanager, suppress

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from thaita.out.review import connections as review_connections
from thaita.out.review.access import Guard
from thaita.out.review.connections import MAX_CONNECTIONS, create_server
from thaita.out.review.server import bind_socket

BASE = "http://127.0.0.1:8765"
COOKIE = "thaita_review_8765"


LONG = 64 * 1024 * 1024
"""Bytes of an answer that no socket's buffers hold."""


async def said(request):
    body = await request.body()
    return PlainTextResponse("x" * LONG if request.url.path == "/long" else f"secret {len(body)}")


def guard(host="127.0.0.1"):
    return Guard(
        Starlette(routes=[Route("/{path:path}", said, methods=["GET", "POST", "HEAD"])]), host, "right"
    )


def client(app, base=BASE):
    return TestClient(app, base_url=base, follow_redirects=False)


@pytest.mark.parametrize(
    "path", ["/", "/report/x", "/page/x/1", "/text/x", "/static/review.js", "/favicon.ico", "/start"]
)
@pytest.mark.parametrize("query", ["", "?key=", "?key=wrong", "?key=%E0%B8%81", "?key=%FF&key=right"])
def test_without_the_key_nothing_is_answered(path, query):
    answer = client(guard()).get(path + query)
    assert (answer.status_code, "set-cookie" in answer.headers, "secret" in answer.text) == (
        403,
        False,
        False,
    )
    assert "Open the address that thaita showed" in answer.text


def test_the_key_becomes_a_cookie_that_scripts_and_other_sites_do_not_see():
    app = guard()
    of = client(app)
    start = of.get("/start?key=right", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    name, _, rest = start.headers["set-cookie"].partition("=")
    session, *attributes = rest.lower().split("; ")
    assert name == COOKIE
    assert sorted(attributes) == ["httponly", "path=/", "samesite=strict"]
    assert "right" not in session + start.text
    assert (start.headers["referrer-policy"], start.headers["cache-control"]) == ("no-referrer", "no-store")
    assert of.get("/").text == "secret 0"
    assert client(app).get("/?key=right").status_code == 403
    for wrong in ("", "wrong", session[:-1], "ก"):
        assert client(app).get("/", headers={"cookie": f"{COOKIE}={wrong}".encode()}).status_code == 403
    assert (
        client(guard()).get("/", headers={"cookie": f"{COOKIE}={session}"}).status_code == 403
    )  # an earlier run


def test_the_cookie_alone_decides_nothing():
    """Browsers send it to every port of the host, so that another server of this machine may have seen it."""
    app = guard()
    of = client(app)
    start = of.get("/start?key=right").text
    right = {
        "origin": BASE,
        "x-thaita-token": start.partition('thaita-token" content="')[2].partition('"')[0],
    }
    assert of.post("/decide/x", headers=right).status_code == 200
    assert of.post("/decide/x", headers=right | {"x-thaita-token": ""}).status_code == 403
    assert right["x-thaita-token"] not in of.get("/").text
    assert client(app).post("/decide/x", headers=right).status_code == 403


def test_ports_of_one_host_have_cookies_of_their_own():
    names = {
        client(guard(), f"http://localhost{port}").get("/start?key=right").headers["set-cookie"].split("=")[0]
        for port in ("", ":1", ":8765")
    }
    assert names == {"thaita_review_80", "thaita_review_1", COOKIE}
    assert client(guard()).get("/start?key=right", headers={"host": "127.0.0.1:x"}).status_code == 403
    assert client(guard()).get("/start?key=right", headers={"host": "127.0.0.1:99999"}).status_code == 403


@contextmanager
def served():
    """Give the port of a running server, and the server."""
    own, server = bind_socket("127.0.0.1", 0, exactly=True), create_server(guard())
    own.listen(128)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [own]})
    thread.start()
    try:
        yield own.getsockname()[1], server
    finally:
        server.should_exit = True
        thread.join()


HELD = {
    "silent": b"",
    "half a request line": b"GET / HT",
    "headers without end": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
    "a body that does not come": b"POST /decide/x HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{",
    "kept alive": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "two requests at once": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 2,
    "an upgrade": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
}


@pytest.mark.parametrize("sent", HELD.values(), ids=HELD)
def test_the_page_answers_while_hundreds_of_connections_are_held(sent):
    with (
        served() as (port, server),
        ExitStack() as stack,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600) as of,
    ):
        for _ in range(4 * MAX_CONNECTIONS):
            held = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
            held.sendall(sent)
        assert of.get("/start?key=right").status_code == 200
        assert of.get("/").text == "secret 0"
        # the one that was just accepted counts until the oldest has been closed
        end = time.monotonic() + 600
        while len(server.server_state.connections) > MAX_CONNECTIONS and time.monotonic() < end:
            time.sleep(0.05)
        assert len(server.server_state.connections) <= MAX_CONNECTIONS


@pytest.mark.parametrize("sent", HELD.values(), ids=HELD)
def test_a_client_that_lets_the_server_wait_is_dropped(sent, monkeypatch):
    monkeypatch.setattr(review_connections, "CLIENT_TIMEOUT", 0.05)
    with (
        served() as (port, _),
        socket.create_connection(("127.0.0.1", port), timeout=60) as held,
        suppress(ConnectionError),
    ):
        held.sendall(sent)
        while held.recv(65536):
            pass


def test_a_client_that_reads_no_answer_is_dropped(monkeypatch):
    monkeypatch.setattr(review_connections, "CLIENT_TIMEOUT", 600.0)  # even a paused machine sends a request
    with served() as (port, server), httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=600) as of:
        of.get("/start?key=right")
        cookie = "; ".join(f"{name}={value}" for name, value in of.cookies.items())
        with socket.create_connection(("127.0.0.1", port), timeout=60) as held:
            held.sendall(f"GET /long HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
            assert held.recv(12) == b"HTTP/1.1 200"
            monkeypatch.setattr(review_connections, "CLIENT_TIMEOUT", 0.05)
            for one in list(server.server_state.connections):  # instead of at the end of the 600 s
                one.loop.call_soon_threadsafe(one._check_timeout)
            end = time.monotonic() + 600
            while server.server_state.connections and time.monotonic() < end:
                time.sleep(0.05)
            assert not server.server_state.connections
