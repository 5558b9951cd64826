"""One answer that is being made for all who ask the same, until the last of them has gone."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Flight:
    """One answer that is being made, and how many wait for it."""

    def __init__(self, making: "asyncio.Task[Any]") -> None:
        """Begin with nobody who waits."""
        self.making, self._waiters, self.is_given_up = making, 0, False

    async def landed(self, receive: Receive) -> Any:
        """Return the answer, or None where whoever asked has gone; the last who goes stops the work."""
        self._waiters += 1
        leaving = asyncio.ensure_future(gone(receive))
        try:
            await asyncio.wait({self.making, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiters -= 1
            leaving.cancel()
        if self.making.done():
            return self.making.result()
        if not self._waiters:
            self.is_given_up = True  # whoever asks from now on begins anew
            self.making.cancel()
        return None


async def gone(receive: Receive) -> None:
    """Return when whoever asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
