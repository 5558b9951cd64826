"""Who is limited together, and how much work each may ask for."""

from pathlib import Path

import pytest

from callbacks.serving.client_address import client_of, group_of, networks_of
from callbacks.serving.limits import Limiter
from data.model.errors import SettingError
from data.model.limits import RATES, Rate, parse_rates


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_the_next_waits_until_there_is_enough_again(tmp_path: Path) -> None:
    clock = Clock()
    limiter = Limiter(tmp_path / "limits", {"api": Rate(2, 5)}, now=clock)
    assert [limiter.wait("api", "10.0.0.1") for _ in range(5)] == [0] * 5
    assert limiter.wait("api", "10.0.0.1") == pytest.approx(0.5)
    assert limiter.wait("api", "10.0.0.2") == 0
    clock.now += 0.5
    assert limiter.wait("api", "10.0.0.1") == 0
    assert limiter.wait("api", "10.0.0.1") > 0
    clock.now += 3_600
    assert [limiter.wait("api", "10.0.0.1") for _ in range(5)] == [0] * 5  # no more than a burst is saved up
    assert limiter.wait("api", "10.0.0.1") > 0


def test_two_processes_share_the_buckets(tmp_path: Path) -> None:
    clock = Clock()
    one, other = (Limiter(tmp_path / "limits", {"api": Rate(1, 3), "exports": Rate(1, 1)}, now=clock) for _ in range(2))
    assert [one.wait("api", "a"), other.wait("api", "a"), one.wait("api", "a")] == [0, 0, 0]
    assert other.wait("api", "a") > 0
    assert other.wait("exports", "a") == 0


def test_a_clock_that_goes_back_gives_nothing_and_takes_nothing(tmp_path: Path) -> None:
    clock = Clock()
    limiter = Limiter(tmp_path / "limits", {"api": Rate(1, 2)}, now=clock)
    limiter.wait("api", "a")
    clock.now -= 500
    assert limiter.wait("api", "a") == 0
    assert limiter.wait("api", "a") > 0


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("", "api", RATES["api"]), ("off", "exports", Rate(0, 0)), ("api=3/9", "api", Rate(3, 9)),
        ("exports=0.5/2 api=1/1", "exports", Rate(0.5, 2)), ("callbacks=0/0", "callbacks", Rate(0, 0)),
    ],
)  # fmt: skip
def test_limits_are_read_as_written(text: str, kind: str, expected: Rate) -> None:
    assert parse_rates(text)[kind] == expected


@pytest.mark.parametrize(
    "text", ["api", "api=", "api=1", "api=x/1", "api=1/0", "pictures=1/1", "api=-1/2", "api=1/nan"]
)
def test_limits_that_cannot_be_meant_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SettingError, match="CROSSINGS_LIMITS is"):
        parse_rates(text)


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::9", "2001:db8:1:2::"),
        ("", ""), ("nobody", ""), ("192.0.2.7:80", ""),
    ],
)  # fmt: skip
def test_an_ipv6_subscriber_is_one_reader(address: str, group: str) -> None:
    assert group_of(address) == group


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("198.51.100.1", ["203.0.113.9"], "198.51.100.1"),  # no proxy of ours: what it says is not believed
        ("10.0.0.5", ["203.0.113.9"], "203.0.113.9"),
        ("10.0.0.5", ["1.1.1.1, 203.0.113.9"], "203.0.113.9"),  # a reader wrote the first himself
        ("10.0.0.5", ["1.1.1.1", "203.0.113.9, 10.0.0.9"], "203.0.113.9"),
        ("10.0.0.5", ["203.0.113.9, rubbish"], "10.0.0.5"),
        ("10.0.0.5", [], "10.0.0.5"),
        ("10.0.0.5", ["10.0.0.7"], "10.0.0.5"),
    ],
)
def test_only_a_named_proxy_says_who_asks(peer: str, forwarded: list[str], client: str) -> None:
    assert client_of(peer, forwarded, networks_of("10.0.0.0/24, 127.0.0.1")) == client
