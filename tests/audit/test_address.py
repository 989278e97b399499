"""An address is shown without its password, however wrongly it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.address import without_password

CASES = {
    "postgresql+psycopg://cl:s3cret@h/x": "postgresql+psycopg://cl:***@h/x",
    "postgresql://cl:s3cret@h:5432/x?connect_timeout=1": "postgresql://cl:***@h:5432/x?connect_timeout=1",
    "postgresql://cl:s3:c@r/et@h/x": "postgresql://cl:***@h/x",
    "postgresql://cl:s3 cret@h/x": "postgresql://cl:***@h/x",
    "postgresql://:s3cret@h/x": "postgresql://:***@h/x",
    "postgresql:/cl:s3cret@h/x": "postgresql:***@h/x",
    "cl:s3cret@h": "cl:***@h",
    "postgresql://h/x?user=cl&password=s3cret&sslmode=require": "postgresql://h/x?user=cl&password=***&sslmode=require",
    "postgresql://h/x?sslpassword=s3cret": "postgresql://h/x?sslpassword=***",
    "https://key:s3cret@s3.example.org": "https://key:***@s3.example.org",
    "https://h/x?client_secret=s3cret&session_token=t0ken": "https://h/x?client_secret=***&session_token=***",
    "postgresql://cl@h:5432/x": "postgresql://cl@h:5432/x",
    "sqlite:///records.sqlite": "sqlite:///records.sqlite",
    "sqlite:////srv/house/records.sqlite": "sqlite:////srv/house/records.sqlite",
    "": "",
}


@pytest.mark.parametrize(("address", "shown"), CASES.items())
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_password(address) == shown


@given(st.text(min_size=1).map(lambda letters: f"S3CRET{letters}S3CRET"))
def test_no_password_comes_through(password: str) -> None:
    assert "S3CRET" not in without_password(f"postgresql+psycopg://cl:{password}@h:5432/x")
