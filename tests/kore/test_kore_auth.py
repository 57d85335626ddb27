from __future__ import annotations

import jwt
import pytest

from bulkload.errors import SettingsError
from bulkload.kore.auth import Signer, clock_error
from bulkload.settings import Credentials

SECRET = "a-secret-that-must-never-be-seen-anywhere"
NOW = 1_795_000_000.9
DATE_OF_NOW = "Wed, 18 Nov 2026 11:06:40 GMT"


def signer(secret: str = SECRET) -> Signer:
    return Signer(Credentials("cs-1", secret), lambda: NOW)


def test_a_token_is_signed_with_hs256_and_holds_exactly_the_documented_claims():
    token = signer().token()

    claims = jwt.decode(
        token, SECRET, algorithms=["HS256"], options={"verify_exp": False, "verify_iat": False}
    )

    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    assert {name: claims[name] for name in claims if name != "jti"} == {
        "sub": "bulkload",
        "appId": "cs-1",
        "iat": 1_794_999_940,  # a minute in the past, because clocks differ
        "exp": 1_795_000_300,
    }


def test_no_two_tokens_share_a_jti():
    source = signer()
    tokens = [source.token() for _ in range(200)]
    claims = [jwt.decode(token, options={"verify_signature": False}) for token in tokens]
    assert len({claim["jti"] for claim in claims}) == 200


def test_a_signer_shows_neither_secret_nor_token():
    assert repr(signer()) == "Signer(***)"


def test_short_secret_signs_without_a_warning():
    assert signer("short").token()


@pytest.mark.parametrize(
    "secret", ["-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----", "ssh-rsa AAAA", "half \udc80"]
)
def test_unusable_secret_is_refused_at_once_without_being_shown(secret):
    with pytest.raises(SettingsError) as caught:
        signer(secret)

    assert str(caught.value) == (
        "the setting client secret can't be a Client Secret. "
        "Copy it again from the app's page at Kore.ai, without line breaks or other additions."
    )
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("wall", "error"),
    [
        (NOW, None),
        (NOW + 59, None),
        (NOW - 59, None),
        (NOW + 7200, ("120 minutes", "ahead of")),
        (NOW - 70, ("1 minute", "behind")),
    ],
)
def test_a_clock_that_is_wrong_by_more_than_a_minute_is_named(wall, error):
    assert clock_error(DATE_OF_NOW, wall) == error


@pytest.mark.parametrize("date", [None, "", "yesterday", "Wed, 18 Nov 99999 11:06:40 GMT", "\x00"])
def test_a_date_that_cannot_be_read_says_nothing_about_the_clock(date):
    assert clock_error(date, NOW) is None
