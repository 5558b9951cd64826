"""Runs the server: one process that listens and watches, and workers that answer."""

import shutil
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import uvicorn
from uvicorn.supervisors import Multiprocess

from data.model.notices import say
from data.model.settings import hand_on, read_settings

IDLE_SECONDS: Final = 15
GRACE_SECONDS: Final = 30  # for what is under way when the server is told to stop
HANGING_SECONDS: Final = 30  # a worker that does not answer for so long is replaced
BACKLOG: Final = 2_048


def serve(store: Path, *, host: str, port: int) -> int:
    """Listen and serve until stopped; return 2 where the address cannot be listened on."""
    try:
        listening = _listen(host, port)
    except OSError as error:
        said = say("server.not_listening", host=host, port=str(port), why=error.strerror or str(error))
        sys.stderr.write(f"{said}\n")
        return 2
    stated = read_settings().run
    try:
        shared = _shared_folder(stated)
    except OSError as error:
        listening.close()
        said = say("server.no_run_folder", folder=str(stated), why=error.strerror or str(error))
        sys.stderr.write(f"{said}\n")
        return 2
    hand_on(store=store.absolute(), host=host, run=shared, metrics_folder=shared / "counts")
    shown = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"Crossings: http://{shown}:{listening.getsockname()[1]}  (stop with Ctrl-C)\n")
    try:
        Multiprocess(_config(), [listening]).run()
    finally:
        listening.close()
        if stated is None:
            shutil.rmtree(shared, ignore_errors=True)
    return 0


def _shared_folder(stated: Path | None) -> Path:
    """Return the folder that the processes share, new or emptied; raise OSError where others may look into it."""
    shared = stated or Path(tempfile.mkdtemp(prefix="crossings-"))
    shared.mkdir(mode=0o700, parents=True, exist_ok=True)
    if shared.stat().st_mode & 0o077:
        raise PermissionError(0, say("server.open_folder"))
    (shared / "limits").unlink(missing_ok=True)  # its times are those of a machine that may have started anew
    for name in ("counts", "made"):
        shutil.rmtree(shared / name, ignore_errors=True)
        (shared / name).mkdir(mode=0o700)
    return shared


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    listening.set_inheritable(True)
    return listening


def _config() -> uvicorn.Config:
    return uvicorn.Config(
        "callbacks.serving.serve:application", factory=True, workers=read_settings().workers,
        http="callbacks.serving.connections:Connection",
        ws="none", lifespan="on", interface="asgi3", log_config=None, log_level="error", access_log=False,
        proxy_headers=False, server_header=False, backlog=BACKLOG, timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS, timeout_worker_healthcheck=HANGING_SECONDS,
    )  # fmt: skip


def application() -> Callable[..., Awaitable[None]]:
    """Return the application of one worker, after one query has warmed it; Uvicorn calls this in each."""
    from callbacks.build import create_app  # noqa: PLC0415 — the process that listens does without
    from callbacks.server.request_log import Observer  # noqa: PLC0415
    from callbacks.serving.client_address import networks_of  # noqa: PLC0415
    from callbacks.serving.front import Front, Parts  # noqa: PLC0415
    from callbacks.serving.limits import Limiter  # noqa: PLC0415
    from callbacks.serving.makers import Makers  # noqa: PLC0415
    from callbacks.serving.spool import Spool  # noqa: PLC0415
    from callbacks.serving.wsgi import plain_environ, run  # noqa: PLC0415

    settings = read_settings()
    if settings.run is None:
        raise RuntimeError(application.__doc__)  # ``serve`` states it before any worker starts
    shared = settings.run
    app = create_app(settings.store)
    run(app.whole, plain_environ("/readyz", settings.hosts))
    parts = Parts(
        kept=app.kept,
        whole=app.whole,
        door=app.door,
        observer=Observer(app.counted),
        learn=app.drawn.learn,
        limiter=Limiter(shared / "limits", settings.limits),
        makers=Makers(settings.store, settings.makers),
        spool=Spool(shared / "made"),
        proxies=networks_of(settings.proxies),
        hosts=settings.hosts,
    )
    app.counted.watch("queue", lambda: parts.makers.waiting)
    front = Front(parts)

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(front, receive, send)
        else:
            await front(scope, receive, send)

    return answer


async def _lifespan(front: Any, receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            front.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return
