"""What is no text is refused, and the quick look lets nothing through that the exact one would not."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audit.errors import SourceError
from pipelines.staging.text_file import refuse_no_text

TEXTS = [b"", b"abc", "é中👩\u200d🔧".encode(), b"\x7f", "\ud7ff\ue000\uffff\U0010ffff".encode()]
NO_TEXTS = [
    b"a\0b", b"\xff", b"\xc3", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"a\x80",
]  # fmt: skip


def refused(piece: bytes) -> bool:
    try:
        refuse_no_text(piece, io.BytesIO(piece), "x.csv", 1)
    except SourceError:
        return True
    return False


@pytest.mark.parametrize("piece", TEXTS)
def test_text_passes(piece: bytes) -> None:
    assert not refused(piece)


@pytest.mark.parametrize("piece", NO_TEXTS)
def test_no_text_is_refused(piece: bytes) -> None:
    assert refused(piece)


@given(st.binary(max_size=8) | st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xed\xbf\xbf")
def test_the_quick_look_sees_what_python_sees(piece: bytes) -> None:
    try:
        no_text = "\0" in piece.decode()
    except UnicodeDecodeError:
        no_text = True
    assert refused(piece) == no_text
