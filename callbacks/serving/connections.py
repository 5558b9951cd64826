"""Connections with limits: how many, how many of one address, and how long each part of a request may take.

A connection that waits costs a few kilobytes and no thread. Whoever is too slow with a head, a body, or with reading
an answer is let go; where there are too many connections, those go first that have waited for the longest.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from callbacks.serving.client_address import group_of
from callbacks.serving.refusal import as_http, refusal
from data.model.notices import say
from data.model.settings import read_settings

HEAD_SECONDS: Final = 10.0  # from the first byte, or from the connection, to the end of the head
BODY_SECONDS: Final = 15.0
READ_SECONDS: Final = 20.0  # an answer that waits for its reader, from one time that room is made to the next
LEAVE_SECONDS: Final = 2.0  # for the next request of a reader, before a server that stops closes an idle connection
LINGER_SECONDS: Final = 2.0  # after a refusal, for what is still on its way
LARGEST_HEAD: Final = 32_768
LARGEST_PART: Final = 262_144  # that is read at a time
WRITE_BUFFER: Final = 262_144


@dataclass
class Open:
    """The connections of one process, oldest first, and those of each address."""

    most: int
    most_each: int
    every: "dict[Connection, None]" = field(default_factory=dict)
    by_address: "dict[str, dict[Connection, None]]" = field(default_factory=dict)

    def admit(self, new: "Connection") -> bool:
        """Add a connection; False where neither its address nor all together have one to let go."""
        mine = self.by_address.setdefault(new.address, {})
        if len(mine) >= self.most_each and not _let_go(mine):
            return False
        if len(self.every) >= self.most and not _let_go(self.every):
            return False
        self.by_address.setdefault(new.address, {})[new] = None
        self.every[new] = None
        return True

    def remove(self, gone: "Connection") -> None:
        """Forget a connection."""
        self.every.pop(gone, None)
        mine = self.by_address.get(gone.address, {})
        mine.pop(gone, None)
        if not mine:
            self.by_address.pop(gone.address, None)


def _let_go(among: "dict[Connection, None]") -> bool:
    """Close the one that waits for the longest with nothing under way; False where all are at work."""
    waiting = next((one for one in among if not one.is_at_work()), None)
    if waiting is None:
        return False
    waiting.let_go()
    return True


class Connection(HttpToolsProtocol):
    """One connection; Uvicorn reads its requests, this adds what a public address needs."""

    opened: Open | None = None  # of this process

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection in, or refuse it in a sentence."""
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._in_head, self._read, self._head = True, 0, 0
        self._is_refused = self._is_leaving = False
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=WRITE_BUFFER)
        self.address = group_of(self.client[0] if self.client else "")
        if not _opened().admit(self):
            self._refuse(503, "server.connections")
            return
        self._within("head", HEAD_SECONDS, self._too_slow)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its times."""
        _opened().remove(self)
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        super().connection_lost(exc)

    def is_at_work(self) -> bool:
        """Return whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def let_go(self) -> None:
        """Close at once; what was sent and not read is dropped."""
        _opened().remove(self)
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on, as long as the head has a bearable length."""
        if self._is_refused:
            return  # what comes after a refusal is read and dropped, so that the refusal arrives
        if self._in_head:
            self._read += len(data)
            if self._read > LARGEST_HEAD + LARGEST_PART:
                self._refuse(431, "server.long_head")
                return
        super().data_received(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, unless the head grows too long."""
        self._head += len(name) + len(value)
        if self._head > LARGEST_HEAD:
            raise ValueError(name)  # the parser ends with it: ``send_400_response``
        super().on_header(name, value)

    def eof_received(self) -> None:
        """Close what was refused, as its reader has it all."""
        if self._is_refused:
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin the time of a head; of the first it began with the connection."""
        self._in_head, self._head = True, 0
        if "head" not in self._timers:
            self._within("head", HEAD_SECONDS, self._too_slow)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """End the time of the head and begin that of the body."""
        self._in_head, self._read = False, 0
        self._end("head")
        self._within("body", BODY_SECONDS, self._too_slow)
        super().on_headers_complete()
        if self._is_leaving:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """End the time of the body."""
        self._end("body")
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request; an answer that is never read does not hold a closing connection."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._within("write", READ_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """Begin the time in which a reader must read on."""
        super().pause_writing()
        self._within("write", READ_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """End that time."""
        self._end("write")
        super().resume_writing()

    def shutdown(self) -> None:
        """Answer what is asked until now, and what is on its way: closing at once would lose it."""
        if self.is_at_work():
            super().shutdown()
            return
        self._is_leaving = True
        self._within("leave", LEAVE_SECONDS, self.transport.close)

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that asks nothing more; what its reader has not read by now is dropped."""
        if self.transport.get_write_buffer_size():
            self.transport.abort()
        super().timeout_keep_alive_handler()

    def send_400_response(self, msg: str) -> None:
        """Say what could not be read, in the one shape of every refusal."""
        del msg
        is_long = self._head > LARGEST_HEAD
        self._refuse(431, "server.long_head") if is_long else self._refuse(400, "server.unreadable")

    def _too_slow(self) -> None:
        self._refuse(408, "server.slow")

    def _refuse(self, status: int, sentence: str) -> None:
        """Say why, and close once it is read: closing with bytes unread would take the sentence back."""
        if self.transport.is_closing() or self._is_refused:
            return
        self._is_refused = True
        if not self.is_at_work() or not self.cycle.response_started:
            self.transport.write(as_http(refusal(status, say(sentence))))
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        for name in tuple(self._timers):
            self._end(name)
        self._within("write", LINGER_SECONDS, self.transport.abort)

    def _within(self, name: str, seconds: float, act: Callable[[], Any]) -> None:
        self._end(name)
        self._timers[name] = self.loop.call_later(seconds, act)

    def _end(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()


def _opened() -> Open:
    if Connection.opened is None:
        settings = read_settings()
        Connection.opened = Open(settings.connections, settings.connections_each)
    return Connection.opened
