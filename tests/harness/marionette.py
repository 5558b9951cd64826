"""What geckodriver does for Selenium: WebDriver's commands said in Firefox's own protocol, Marionette.

Debian has Firefox without geckodriver, no index of packages has geckodriver, and Mozilla's client in Python needs a module
that Python 3.13 no longer has. The protocol is one JSON array a message, headed by its length in bytes.
"""

import json
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Remote
from selenium.webdriver.common.options import ArgOptions
from selenium.webdriver.remote.command import Command

SAID = {
    Command.NEW_SESSION: "WebDriver:NewSession",
    Command.QUIT: "Marionette:Quit",
    Command.GET: "WebDriver:Navigate",
    Command.GET_CURRENT_URL: "WebDriver:GetCurrentURL",
    Command.GO_BACK: "WebDriver:Back",
    Command.FIND_ELEMENT: "WebDriver:FindElement",
    Command.FIND_ELEMENTS: "WebDriver:FindElements",
    Command.CLICK_ELEMENT: "WebDriver:ElementClick",
    Command.SEND_KEYS_TO_ELEMENT: "WebDriver:ElementSendKeys",
    Command.W3C_EXECUTE_SCRIPT: "WebDriver:ExecuteScript",
    Command.W3C_EXECUTE_SCRIPT_ASYNC: "WebDriver:ExecuteAsyncScript",
    Command.W3C_ACTIONS: "WebDriver:PerformActions",
    Command.W3C_CLEAR_ACTIONS: "WebDriver:ReleaseActions",
    Command.SET_WINDOW_RECT: "WebDriver:SetWindowRect",
    Command.SCREENSHOT: "WebDriver:TakeScreenshot",
}
PARAMETERS: Mapping[str, Mapping[str, object]] = {
    Command.NEW_SESSION: {"pageLoadStrategy": "eager"},
    Command.QUIT: {"flags": ["eForceQuit"]},
    Command.SCREENSHOT: {"full": False},
}


class Marionette:
    """The connection to one Firefox, which stands in for the connection of a Selenium driver."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self.stream = self.socket.makefile("rwb")
        self.said = 0
        self._read()  # its greeting

    def execute(self, command: str, params: Mapping[str, object]) -> dict[str, Any]:
        """Return what Firefox answers to one of Selenium's commands, in the form in which a driver answers by HTTP."""
        given = PARAMETERS.get(command) or {name: value for name, value in params.items() if name != "sessionId"}
        return self.ask(SAID[command], given)

    def close(self) -> None:
        """Close the connection, as a driver does when it quits."""
        self.stream.close()
        self.socket.close()

    def ask(self, name: str, params: Mapping[str, object]) -> dict[str, Any]:
        """Return the answer to one message of the protocol: its value, or a status and the error as JSON text."""
        self.said += 1
        message = json.dumps([0, self.said, name, params]).encode()
        self.stream.write(b"%d:%s" % (len(message), message))
        self.stream.flush()
        _, _, error, result = self._read()
        if error:
            return {"status": 500, "value": json.dumps({"value": error})}
        return {"value": result["value"] if isinstance(result, dict) and "value" in result else result}

    def ask_firefox(self, script: str) -> Any:
        """Return what a script returns that runs in Firefox itself and not in the page."""
        self.ask("Marionette:SetContext", {"value": "chrome"})
        answer = self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})
        self.ask("Marionette:SetContext", {"value": "content"})
        if "status" in answer:
            raise RuntimeError(answer["value"])
        return answer["value"]

    def _read(self) -> Any:
        head = b""
        while (digit := self.stream.read(1)) != b":":
            head += digit
        return json.loads(self.stream.read(int(head)))


@contextmanager
def firefox(
    binary: str, folder: Path, environment: Mapping[str, str], preferences: Mapping[str, object]
) -> Iterator[Remote]:
    """Yield a driver of a new Firefox with a profile and a log in ``folder``; its executor is the ``Marionette``."""
    profile = folder / "profile"
    profile.mkdir()
    set_up = {"marionette.port": 0, "browser.shell.checkDefaultBrowser": False, **preferences}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in set_up.items()]
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [binary, "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", str(profile)]
    with (
        (folder / "firefox.log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=log, env=environment) as process,
    ):
        try:
            driver = Remote(command_executor=Marionette(_port(profile)), options=ArgOptions())
            yield driver
            driver.quit()
            process.wait(30)
        finally:
            process.kill()


def _port(profile: Path, seconds: float = 60) -> int:
    """Return the port that Firefox chose and wrote down in its profile."""
    written, end = profile / "MarionetteActivePort", time.monotonic() + seconds
    while not (written.is_file() and written.read_text()):
        if time.monotonic() > end:
            raise TimeoutError(f"Firefox did not start within {seconds:.0f} s.")
        time.sleep(0.1)
    return int(written.read_text())
