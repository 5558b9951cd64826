"""Readers, and those who only hold connections, from other addresses of loopback."""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

CHUNK = 65_536
SLOW = ("silent", "half head", "half body", "a byte a second", "never reading")


@dataclass
class Heard:
    """What one group of readers heard: seconds of each answer, and how often each status came."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    failed: int = 0

    def add(self, status: int, seconds: float) -> None:
        self.seconds.append(seconds)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    def percentile(self, share: float) -> float:
        """Return a percentile in milliseconds."""
        ranked = sorted(self.seconds)
        return 1_000 * ranked[min(int(share * len(ranked)), len(ranked) - 1)] if ranked else float("nan")


class Reader:
    """One kept-alive connection that asks and reads whole answers."""

    def __init__(self, port: int, *, address: str = "127.0.0.1") -> None:
        self.port, self.address = port, address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, path: str, *, body: bytes | None = None) -> tuple[int, bytes]:
        """Return status and content, over a new connection where the last one was closed."""
        if self._streams is None or self._streams[1].is_closing():
            local = (self.address, 0)
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, local_addr=local, limit=1 << 24)
        came, sent = self._streams
        sent.write(request(path, body=body))
        try:
            await sent.drain()
            return await self._answer(came)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            raise

    async def _answer(self, came: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await came.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(head.split(" ", 2)[1])
        if "transfer-encoding: chunked" in head:
            content = await _chunks(came)
        else:
            length = next((line for line in head.split("\r\n") if line.startswith("content-length:")), ":0")
            content = await came.readexactly(int(length.split(":")[1]))
        if "connection: close" in head:
            self.close()
        return status, content

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


async def _chunks(came: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int(await came.readline(), 16):
        parts.append(await came.readexactly(size))
        await came.readline()
    await came.readline()
    return b"".join(parts)


def request(path: str, *, body: bytes | None = None, length: int | None = None) -> bytes:
    """Return a request as a browser of this page sends it."""
    head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n"
    if body is not None:
        head += f"Content-Type: application/json\r\nContent-Length: {length or len(body)}\r\n"
    return f"{head}\r\n".encode() + (body or b"")


async def reading(
    port: int,
    paths: Sequence[str],
    heard: Heard,
    *,
    seconds: float = float("inf"),
    times: float = float("inf"),
    address: str,
    pause: float,
) -> None:
    """Ask one address after the other, for so many seconds or so many times."""
    reader, end, at = Reader(port, address=address), time.monotonic() + seconds, 0
    while time.monotonic() < end and at < times:
        began = time.perf_counter()
        try:
            status, _ = await asyncio.wait_for(reader.ask(paths[at % len(paths)]), 60)
            heard.add(status, time.perf_counter() - began)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            heard.failed += 1
        at += 1
        await asyncio.sleep(pause)
    reader.close()


async def hold(port: int, kind: str, address: str, large: str) -> None:
    """Hold connections of one kind for ever, each opened anew when the server has let it go."""
    while True:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            local = (address, 0)
            came, sent = await asyncio.open_connection("127.0.0.1", port, local_addr=local, limit=1_024)
            try:
                await _hold(came, sent, kind, large)
            finally:
                sent.close()
        await asyncio.sleep(0.2)


async def _hold(came: asyncio.StreamReader, sent: asyncio.StreamWriter, kind: str, large: str) -> None:
    if kind == "half head":
        sent.write(b"GET / HT")
    elif kind == "half body":
        sent.write(request("/_dash-update-component", body=b'{"output"', length=5_000))
    elif kind == "never reading":
        sent.write(request(large))
        await asyncio.sleep(3_600)
    elif kind == "a byte a second":
        for byte in request("/?" + "x" * 600):
            sent.write(bytes([byte]))
            await sent.drain()
            if came.at_eof():
                return
            await asyncio.sleep(1)
    await came.read(CHUNK)


@asynccontextmanager
async def holding(port: int, many: int, *, large: str) -> AsyncIterator[None]:
    """Hold so many connections of every kind, from many addresses."""
    tasks = [
        asyncio.ensure_future(hold(port, SLOW[at % len(SLOW)], f"127.0.0.{2 + at % 25}", large)) for at in range(many)
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def callback_body(output: str, inputs: list[dict[str, object]], state: list[dict[str, object]]) -> bytes:
    """Return a callback as the page posts it."""
    names = output.strip(".").split("...")
    parts = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    said = {
        "output": output, "outputs": parts if output.startswith("..") else parts[0], "inputs": inputs, "state": state,
        "changedPropIds": [],
    }  # fmt: skip
    return json.dumps(said).encode()
