"""Who asks: the address of a reader, behind proxies only where the setting names them."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from data.model.caches import kept_small

Network = IPv4Network | IPv6Network

NETWORK_OF_ONE: Final = 64  # bits that one subscriber holds of an IPv6 address


def networks_of(proxies: str) -> tuple[Network, ...]:
    """Return the networks of trusted proxies, given as addresses or networks joined by commas."""
    return tuple(ip_network(one.strip(), strict=False) for one in proxies.split(",") if one.strip())


@kept_small(4_096, each=200, in_words=False)
def group_of(address: str) -> str:
    """Return what is limited together: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Network((found, NETWORK_OF_ONE), strict=False).network_address)
    return str(found)


def client_of(peer: str, forwarded: Iterable[str], proxies: tuple[Network, ...]) -> str:
    """Return the reader's address: the peer's, or the last one forwarded that is no trusted proxy itself.

    What a reader writes into ``X-Forwarded-For`` stands before what a trusted proxy adds, and is never believed.
    """
    if not proxies or not _is_in(peer, proxies):
        return group_of(peer)
    named = [one.strip() for line in forwarded for one in line.split(",")]
    for address in reversed(named):
        if not group_of(address):
            break  # no address: what stands before it is not to be believed either
        if not _is_in(address, proxies):
            return group_of(address)
    return group_of(peer)


def _is_in(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
