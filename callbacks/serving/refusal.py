"""What is refused before the app sees it: the same shape, words and headers as the app's own refusals."""

from http import HTTPStatus
from typing import Final

from callbacks.server.headers import policy_headers
from callbacks.server.responses import RETRY_AFTER, problem_content
from data.model.answers import as_json
from data.model.settings import read_settings

Answer = tuple[str, list[tuple[str, str]], bytes]

BUSY: Final = (429, 503)


def refusal(status: int, sentence: str, *, retry_after: int = RETRY_AFTER) -> Answer:
    """Return an answer as WSGI writes it: status line, headers, content."""
    content = as_json(problem_content(status, sentence))
    headers = [
        ("Content-Type", "application/problem+json"), ("Content-Length", str(len(content))),
        ("Cache-Control", "no-store"), *policy_headers("", is_https=read_settings().address.startswith("https://")),
    ]  # fmt: skip
    if status in BUSY:
        headers.append(("Retry-After", str(max(retry_after, 1))))
    return f"{status} {HTTPStatus(status).phrase}", headers, content


def as_http(answer: Answer) -> bytes:
    """Return an answer as bytes for a connection that is closed after it."""
    line, headers, content = answer
    head = "".join(f"{name}: {value}\r\n" for name, value in (*headers, ("Connection", "close")))
    return f"HTTP/1.1 {line}\r\n{head}\r\n".encode("latin-1") + content
