"""What is masked in free text, and, in a list as long, what must stay as it was written."""

from __future__ import annotations

import time
from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.personal.free_text import mask, masked_text

E_MAILS = [
    ("write to ann.lee@firma.de please", "write to [e-mail] please"),
    ("ann+quality@mail.example.co.uk", "[e-mail]"),
    ("<Ann_Lee-1@example.com>, thanks", "<[e-mail]>, thanks"),
    ("Mail: ANN@EXAMPLE.COM.", "Mail: [e-mail]."),
    ("o'neil@example.ie and b@x.io", "[e-mail] and [e-mail]"),
    ("ich bin müller@firma.de", "ich bin [e-mail]"),
    ("邮箱zhang.wei@qq.com谢谢", None),
    ("邮箱：zhang＠例子.公司", "邮箱：[e-mail]"),
    ("ann.lee (at) firma.de", "[e-mail]"),
    ("ann[at]firma.de", "[e-mail]"),
    ("mailto:a@b.cn?subject=x", "mailto:[e-mail]?subject=x"),
]
PHONES = [
    ("call +49 170 1234567 today", "call [phone] today"),
    ("+4917012345678", "[phone]"),
    ("+49 (0)30 / 123 456-78.", "[phone]."),
    ("+86 138 0013 8000", "[phone]"),
    ("+86-13800138000", "[phone]"),
    ("0049 30 12345678", "[phone]"),
    ("+1 (212) 555-0187", "[phone]"),
    ("+33 1 23 45 67 89", "[phone]"),
    ("(+44) 20 7946 0958", "[phone]"),
    ("my number: 030/1234567", "my number: [phone]"),
    ("(030) 123 456 78", "[phone]"),
    ("0171 2345678 any time", "[phone] any time"),
    ("01712345678", "[phone]"),
    ("0171-234 56 78", "[phone]"),
    ("01 23 45 67 89", "[phone]"),
    ("01.23.45.67.89", "[phone]"),
    ("020 7946 0958", "[phone]"),
    ("07700 900123", "[phone]"),
    ("0800 123 4567", "[phone]"),
    ("010-12345678", "[phone]"),
    ("0755-8765 4321", "[phone]"),
    ("手机13800138000，谢谢", "手机[phone]，谢谢"),
    ("请打138 0013 8000找我", "请打[phone]找我"),
    ("138-0013-8000", "[phone]"),
    ("１３８００１３８０００", "[phone]"),
    ("400-800-8888", "[phone]"),
    ("电话：87654321", "电话：[phone]"),
    ("(212) 555-0187", "[phone]"),
    ("212-555-0187", "[phone]"),
    ("212.555.0187", "[phone]"),
    ("1-800-555-0199", "[phone]"),
    ("212 555 0187", "[phone]"),
    ("Tel. 555 0187", "Tel. [phone]"),
    ("please call me back on 612 345 678", "please call me back on [phone]"),
    ("phone: 2125550187!", "phone: [phone]!"),
    ("order 4711, phone 0171 2345678", "order 4711, phone [phone]"),
    ("Bestellung 4711: bitte 0171/2345678 anrufen", "Bestellung 4711: bitte [phone] anrufen"),
    ("on 2026-03-14 I called 0171 2345678", "on 2026-03-14 I called [phone]"),
    ("订单20260314001，电话13800138000", "订单20260314001，电话[phone]"),
    ("ann@example.com, +49 170 1234567", "[e-mail], [phone]"),
]
SILENT = [
    "",
    "The delivery was late, twice.",
    "10 out of 10",
    "@home everything works",
    "meet me @ 5",
    "ratio a@b",
    "Order 20260314001 never came",
    "order no. 0171234567 is late",
    "order number 13800138000",
    "Bestellung Nr. 0171234567",
    "Auftrag 0171-2345678",
    "invoice 2026-0004711",
    "SO-2026-0047110815",
    "INV0171234567",
    "ticket #0171234567",
    "#13800138000",
    "订单号13800138000还没到",
    "运单号：0755876543210",
    "serial 01712345678",
    "SKU 0123456789",
    "EAN 4006381333931",
    "4006381333931",
    "ISBN 978-3-16-148410-0",
    "tracking 00340434161094042557",
    "00340434161094042557",
    "0434 1610 9404 2557",
    "1Z999AA10123456784",
    "1Z 999 AA1 01 2345 6784",
    "RR123456789DE",
    "302-1234567-1234567",
    "DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "GB29 NWBK 6016 1331 9268 19",
    "2026-03-14",
    "2026-03-14T10:15:00",
    "2026-03-14 10:15:00.123456",
    "14.03.2026 10:15",
    "01.02.2026 10:15:00",
    "01/02/2026 and 03/04/2026",
    "2026年03月14日",
    "20260314",
    "between 2020 - 2025",
    "1.234.567,89",
    "1,234,567.89 in all",
    "12 500 000",
    "EUR 12 345 678",
    "$1,234,567",
    "0123456789 EUR",
    "100000000元",
    "12345678 units",
    "ISO 9001:2015 clause 9.1.2",
    "ISO 9001:2015, 8.2.1 and 9.1.2, 10.2.1",
    "9.1.2 / 9.1.3 / 10.2.1",
    "10.0.19045.4170",
    "192.168.100.200",
    "0.123456789",
    "3.14159265358979",
    "1000-2000-3000",
    "123456",
    "12345678901234567890",
    "from 08:00 to 17:30, 7 days",
    "5 x 4 x 3 x 2 x 1 = 120, 7 8 9",
    "C-0000123456",
]


@pytest.mark.parametrize(("written", "kept"), [(a, b) for a, b in E_MAILS + PHONES if b])
def test_contacts_are_masked(written: str, kept: str) -> None:
    counts: Counter[str] = Counter()
    assert masked_text(written, counts) == kept
    assert counts == {kind: kept.count(f"[{kind}]") for kind in ("e-mail", "phone") if f"[{kind}]" in kept}


@pytest.mark.parametrize("written", SILENT)
def test_other_numbers_stay(written: str) -> None:
    counts: Counter[str] = Counter()
    assert (masked_text(written, counts), counts) == (written, Counter())


def test_silence_is_tried_as_often_as_masking() -> None:
    assert len(SILENT) >= len(E_MAILS) + len(PHONES)


def test_a_column_is_masked_as_each_of_its_texts() -> None:
    """The quick look that passes over clean texts must let none through that the slow one would mask."""
    texts = [a for a, _ in E_MAILS + PHONES] + SILENT + ["no number", "1", None]
    slow, counts = [], Counter[str]()
    for text in texts:
        slow.append(None if text is None else masked_text(text, counts))
    masked, counted = mask(pa.array(texts, pa.string()))
    assert masked.to_pylist() == slow
    assert counted == counts


@given(st.lists(st.sampled_from([a for a, _ in E_MAILS[:3] + PHONES[:3]] + SILENT[:3] + ["", None]), max_size=12))
def test_a_coded_column_is_masked_and_counted_as_a_bare_one(texts: list[str | None]) -> None:
    bare = pa.array(texts, pa.string())
    masked, counted = mask(bare)
    coded, also = mask(bare.dictionary_encode())
    assert (coded.to_pylist(), also) == (masked.to_pylist(), counted)


def test_a_text_that_no_row_has_any_more_is_masked_and_not_counted() -> None:
    coded = pa.array(["write to anna@example.com", "fine"]).dictionary_encode().take(pa.array([1]))
    masked, counted = mask(coded)
    assert (masked.to_pylist(), counted) == (["fine"], Counter())
    assert "anna" not in str(masked.dictionary)


LONG = [
    "1 " * 100_000,
    "1" * 200_000 + "x",
    "tel " * 50_000 + "0171 2345678",
    "1 111" * 40_000,
    "call 1,1" * 30_000,
    "a@" * 100_000,
    "a" * 200_000 + "@",
]


@pytest.mark.parametrize("written", LONG, ids=[text[:6] for text in LONG])
def test_a_long_text_takes_no_longer_than_many_short_ones(written: str) -> None:
    began = time.process_time()
    masked_text(written, Counter())
    assert time.process_time() - began < 5
