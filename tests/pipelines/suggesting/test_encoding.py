"""Encodings are proposed from the bytes, with real bytes of each; what is certain is alone, what is not has company."""

from __future__ import annotations

import codecs
import time

import pytest

from pipelines.suggesting.encoding import encodings, is_ascii, telling_lines

GERMAN = "Kundennummer;Straße;Bemerkung\n1;Müllerstraße 5;Die Lieferung kam zu spät\n2;Königsallee;Schöne Grüße\n"
FRENCH = "numéro;reçu le;catégorie\n1;2026-01-01;problème de qualité, très déçu\n"
CHINESE = "投诉编号,收到时间,客户编号,严重程度\nTS-001,2026年3月5日,K001,高\nTS-002,2026年3月6日,K002,低\n"
TRADITIONAL = "投訴編號,收到時間,客戶編號\n1,2026/3/5,產品有問題\n"
KOREAN = "고객번호,접수일,내용\n1,2026-01-01,배송이 너무 늦었습니다\n"
JAPANESE = "顧客番号,受付日,内容\n1,2026/01/01,配送が遅れました。とても残念です\n"
POLISH = "id,uwagi\n1,Zażółć gęślą jaźń, źle\n"
RUSSIAN = "номер,дата,отзыв\n1,2026-01-01,Доставка опоздала\n"
ONE_NAME = "id,name\n1,{}\n"


@pytest.mark.parametrize(
    ("text", "written", "proposed"),
    [
        (GERMAN, "cp1252", "cp1252"),
        (GERMAN, "latin-1", "cp1252"),
        (FRENCH, "latin-1", "cp1252"),
        ("id;price\n1;12 €\n", "cp1252", "cp1252"),
        (CHINESE, "gbk", "gb18030"),
        (CHINESE, "gb18030", "gb18030"),
        (CHINESE + "𠮷,1,1,1\n", "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (KOREAN, "cp949", "cp949"),
        (JAPANESE, "cp932", "cp932"),
        (JAPANESE, "shift_jis", "cp932"),
        (POLISH, "cp1250", "cp1250"),
        (RUSSIAN, "cp1251", "cp1251"),
        (ONE_NAME.format("Müller"), "cp1252", "cp1252"),
        (ONE_NAME.format("Renée"), "cp1252", "cp1252"),
        (ONE_NAME.format("王伟"), "gbk", "gb18030"),
        (ONE_NAME.format("ありがとう"), "cp932", "cp932"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (CHINESE, "utf-16-be", "utf-16-be"),
    ],
)
def test_the_encoding_in_which_it_was_written_is_proposed_first(text: str, written: str, proposed: str) -> None:
    found = encodings(text.encode(written))
    assert found[0] == proposed
    assert text.encode(written).decode(found[0]) == text


@pytest.mark.parametrize(
    ("content", "only"),
    [
        (b"id,name\n1,Miller\n", "utf-8"),
        (GERMAN.encode(), "utf-8"),
        (CHINESE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), "utf-8"),
        (CHINESE.encode("utf-16"), "utf-16-le"),
        (b"", "utf-8"),
    ],
    ids=["ASCII", "UTF-8", "UTF-8, Chinese", "UTF-8 with its mark", "UTF-16 with its mark", "empty"],
)
def test_what_is_certain_has_no_alternatives(content: bytes, only: str) -> None:
    assert encodings(content) == (only,)


@pytest.mark.parametrize(
    "text, written", [(CHINESE, "gbk"), (KOREAN, "cp949"), (JAPANESE, "cp932"), (ONE_NAME.format("김민수"), "cp949")]
)
def test_where_bytes_leave_it_open_two_or_three_are_offered_that_differ(text: str, written: str) -> None:
    found = encodings(text.encode(written))
    assert 2 <= len(found) <= 3 and {"gbk": "gb18030"}.get(written, written) in found
    read = [text.encode(written).decode(name) for name in found]
    assert len(set(read)) == len(read), "an alternative that reads the same is none"


def test_every_proposal_reads_the_whole_file_and_not_its_beginning_alone() -> None:
    content = b"id,name\n" + b"1,Miller\n" * 50_000 + "2,Müller\n".encode("cp1252")
    for name in encodings(content):
        content.decode(name)
    assert "utf-8" not in encodings(content)


@pytest.mark.parametrize("content", [b"\x80\x81\xfe\xff\xff\x90", bytes([0xFF]) * 8])
def test_bytes_that_are_no_text_are_never_called_utf_8(content: bytes) -> None:
    assert "utf-8" not in encodings(content)


def test_the_lines_that_tell_are_those_with_more_than_ascii() -> None:
    content = "a,b\n1,plain\n2,Größe\n3,plain\n4,Öl\n".encode("cp1252")
    assert telling_lines(content, "cp1252") == ["2,Größe", "4,Öl"]
    assert telling_lines(content, "cp1252", most=1) == ["2,Größe"]
    assert telling_lines(b"a,b\n1,2\n", "cp1252") == []
    assert telling_lines("a\n1\nö\n".encode("utf-16"), "utf-16") == ["ö"]


@pytest.mark.parametrize(
    ("content", "encoding", "lines"),
    [
        (codecs.BOM_UTF8 + b"a,b\n1,2\n", "utf-8", []),
        (codecs.BOM_UTF8 + b"a,b\n1,2\n", "UTF8", []),
        (codecs.BOM_UTF8 + "a,ö\n1,2\n".encode(), "utf-8", ["a,ö"]),
        ("a,b\n1,2\n".encode("utf-16"), "utf-16", []),
        ("a,b\n1,ö\n".encode("utf-16"), "utf-8", ["1,ö"]),
        ("a,b\n1,ö\n".encode("utf-32"), "utf-32-le", ["1,ö"]),
        (("a" * 49_999 + "𠮷").encode("utf-16"), "utf-16", []),
    ],
    ids=["UTF-8", "its other name", "UTF-8 with umlaut", "UTF-16", "called UTF-8", "UTF-32", "cut within a character"],
)
def test_the_mark_of_a_file_is_no_letter_of_it(content: bytes, encoding: str, lines: list[str]) -> None:
    assert telling_lines(content, encoding) == lines


@pytest.mark.parametrize(
    ("content", "alone"),
    [
        (b"a,b\n", True),
        ("ö\n".encode(), False),
        (codecs.BOM_UTF8 + b"a\n", False),
        ("a,b\n".encode("utf-16"), False),
        ("a,b\n".encode("utf-16-le"), False),
    ],
    ids=["ASCII", "UTF-8", "UTF-8 with its mark", "UTF-16 with its mark", "UTF-16"],
)
def test_ascii_is_what_every_usual_encoding_reads_alike(content: bytes, alone: bool) -> None:
    assert is_ascii(content) == alone


def test_a_long_line_without_other_letters_takes_no_time() -> None:
    begun = time.perf_counter()
    assert telling_lines(b"a" * 200_000 + "\n1,ö\r2,ü\r\n".encode("cp1252"), "cp1252") == ["1,ö", "2,ü"]
    assert time.perf_counter() - begun < 1
