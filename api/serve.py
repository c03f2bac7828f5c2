"""Running the server: a store that is there and filled, a listener, and an end without noise."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import uvicorn
from fastapi import FastAPI
from rich.console import Console
from uvicorn.supervisors import Multiprocess

from api import logs
from api.app import create_app
from api.opening import ready
from api.parameters import today
from api.settings import LOOPBACK_NAMES, Settings
from graph.errors import InputError
from graph.store import Progress, Store
from graph.wording import prepare

_OPTIONS: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "timeout_graceful_shutdown": 3,
}


def serve(
    settings: Settings,
    *,
    on: date | None = None,
    progress: Callable[[str, Progress], None] | None = None,
    announce: Callable[[str], None] | None = None,
) -> int:
    """Serve until stopped, and give the exit code: 0 after Ctrl-C or a signal to end.

    On the first run the store is made and the shipped data are loaded into it, with `on` (today, in UTC) as the day of the load and
    `progress` told of each acknowledged batch. `announce` is told the address once it is listened on. Raises StoreError, and InputError
    where the address cannot be listened on.
    """
    store = _filled(settings, on or today(), progress)
    try:
        with listener(settings.host, settings.port) as sock:
            (announce or _print)(address(settings.host, sock.getsockname()[1]))
            if settings.workers > 1:
                run_several(settings, sock)
            else:
                run(settings, store, sock)
    finally:
        store.close()
    return 0


def _filled(settings: Settings, on: date, progress: Callable[[str, Progress], None] | None) -> Store:
    """The store, loaded on the first run with a line that says how far it is, unless `progress` is told instead."""
    if progress:
        return ready(settings.store, on=on, progress=progress)
    with Console(stderr=True).status("Opening the store") as line:

        def tell(name: str, so_far: Progress) -> None:
            line.update(f"First run: loading the shipped data, {name}: {so_far.statements:,} statements")

        return ready(settings.store, on=on, progress=tell)


def run(settings: Settings, store: Store, sock: socket.socket) -> None:
    """Answer requests on the listener until the process is told to end."""
    config = uvicorn.Config(_application(settings, store), **_OPTIONS)
    if threading.current_thread() is threading.main_thread():
        # Asked to end is asked to end, whichever signal says so.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        uvicorn.Server(config).run(sockets=[sock])
    except KeyboardInterrupt:
        # The server has shut down in order by then, and only passes the signal on.
        return


def run_several(settings: Settings, sock: socket.socket) -> None:
    """Answer requests on the listener in several processes until told to end; one that dies is started again."""
    os.environ.update(guarded(settings).environment())
    config = uvicorn.Config("api.serve:application", factory=True, workers=settings.workers, **_OPTIONS)
    Multiprocess(config, [sock]).run()


def application() -> FastAPI:
    """What one of several processes serves, as the environment says."""
    return _application(Settings())


def _application(settings: Settings, store: Store | None = None) -> FastAPI:
    logs.configure(settings)
    app = create_app(guarded(settings), store)
    # What is there now stays: without this the collector goes through all of it every so often, in the middle of some request.
    prepare()
    gc.collect()
    gc.freeze()
    return app


def guarded(settings: Settings) -> Settings:
    """The settings with the names under which a server on loopback may be called, where none are set.

    >>> guarded(Settings(host="127.0.0.1")).hosts
    ('localhost', '127.0.0.1', '[::1]')
    """
    if settings.hosts or not settings.on_loopback:
        return settings
    return settings.model_copy(update={"hosts": LOOPBACK_NAMES})


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises InputError, with what to do, where it cannot."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InputError(f"{host!r} is no address to listen on: {error.strerror or error}", field="host") from None
    try:
        if sys.platform != "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(place)
        sock.listen(2048)
    except OSError as error:
        sock.close()
        raise InputError(
            f"Cannot listen on {host} port {port}: {error.strerror or error}. Choose another with --port, or 0 for any free one",
            field="port",
        ) from None
    return sock


def address(host: str, port: int) -> str:
    """What to write into a browser.

    >>> address("127.0.0.1", 8000), address("::1", 8000), address("0.0.0.0", 80)
    ('http://127.0.0.1:8000/', 'http://[::1]:8000/', 'http://localhost:80/')
    """
    bare = host.strip("[]")
    shown = "localhost" if bare in ("0.0.0.0", "::") else f"[{bare}]" if ":" in bare else bare  # noqa: S104
    return f"http://{shown}:{port}/"


def _print(place: str) -> None:
    Console(stderr=True).print(f"Serving at {place}   (Ctrl-C ends)")
