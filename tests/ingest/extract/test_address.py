import pytest

from ingest.address import site_of
from ingest.extract.body.desk import is_of_desk


@pytest.mark.parametrize(
    ("name", "site"),
    [
        ("sarn.example", "sarn.example"),
        ("news.sarn.example", "sarn.example"),
        ("sport.orf.at", "orf.at"),
        ("dw.com", "dw.com"),
        ("rss.dw.com", "dw.com"),
        ("sarn.co.uk", "sarn.co.uk"),
        ("news.sarn.com.au.", "sarn.com.au"),
        ("News.Sarn.or.jp", "sarn.or.jp"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
        ("", ""),
    ],
)
def test_the_site_of_a_host_is_what_its_holder_registered(name: str, site: str) -> None:
    assert site_of(name) == site


def test_a_policy_of_another_publisher_in_the_same_country_is_not_the_outlets_own() -> None:
    assert is_of_desk("Our policy", ["https://news.sarn.co.uk/policy"], "https://sarn.co.uk/a")
    assert not is_of_desk("Our policy", ["https://other.co.uk/policy"], "https://sarn.co.uk/a")
    assert not is_of_desk("Write to us", ["mailto:desk@other.co.uk"], "https://sarn.co.uk/a")
