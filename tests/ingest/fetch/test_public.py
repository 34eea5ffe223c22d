from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ingest.fetch.public import Reach, is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001:82a::200e"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "100.100.100.200", "198.18.0.1", "192.0.2.1", "198.51.100.7", "203.0.113.9", "192.88.99.1", "192.0.0.192",
        "224.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1",
        "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::80ff:fffe",
        "2001:db8::1", "3fff::1", "100::1", "fe80::1", "fe80::1%lo", "fec0::1", "fc00::1", "fd00:ec2::254",
        "ff02::1", "5f00::1", "", "localhost", "8.8.8", "08.8.8.8",
    ],
)  # fmt: skip
def test_every_other_address_is_not(address: str) -> None:
    assert not is_public(address)


@given(some.ip_addresses())
def test_what_the_standard_library_holds_private_is_never_public(address: object) -> None:
    known = ip_address(str(address))
    assert not (is_public(str(address)) and (known.is_private or known.is_multicast or not known.is_global))


def test_nothing_private_is_in_reach_unless_it_is_named() -> None:
    reach = Reach.parse("")
    assert reach.covers("news.example", "93.184.216.34", 443)
    assert not reach.covers("news.example", "93.184.216.34", 8080)
    assert not reach.covers("news.example", "10.1.2.3", 443)


def test_a_host_is_let_in_by_name_on_its_port() -> None:
    reach = Reach.parse("Intranet.example, wire.example:8080")
    assert reach.covers("intranet.example", "10.1.2.3", 80)
    assert reach.covers("wire.example.", "10.1.2.3", 8080)
    assert not reach.covers("wire.example", "10.1.2.3", 80)
    assert not reach.covers("intranet.example", "10.1.2.3", 8080)
    assert not reach.covers("other.example", "10.1.2.3", 80)
    assert reach.has_port(8080)
    assert not reach.has_port(22)


def test_a_network_is_let_in_by_address() -> None:
    reach = Reach.parse("10.1.0.0/16:8000, [fd00::/8], 127.0.0.1:9")
    assert reach.covers("any.example", "10.1.2.3", 8000)
    assert reach.covers("any.example", "fd12::1", 443)
    assert reach.covers("127.0.0.1", "127.0.0.1", 9)
    assert not reach.covers("any.example", "10.2.0.1", 8000)
    assert not reach.covers("any.example", "::ffff:10.1.2.3", 8000)


@pytest.mark.parametrize("text", ["10.0.0.0/99", "fd00::/8", "[fd00::", "host:0", "host:99999", "a b", "[nonsense]"])
def test_an_entry_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Reach.parse(text)
