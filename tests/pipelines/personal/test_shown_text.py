"""What is masked in a comment before somebody reads it, and what stays readable."""

from __future__ import annotations

import pytest

from pipelines.personal.shown_text import shown_text

MASKED = [
    # text, who wrote it, what is shown
    ("write to anna@ohm.example", [], "write to [e-mail]"),
    ("call +49 171 9081726 please", [], "call [phone] please"),
    ("电话 13812345678 谢谢", [], "电话 [phone] 谢谢"),
    ("身份证 11010519491231002X", [], "身份证 [number]"),
    ("my passport AB 1234567", [], "my passport [number]"),
    ("account 6222 0202 0000 1234 567", [], "account [number]"),
    ("order 4500123456 is late", [], "order [number] is late"),
    ("I am Quillon Xanthedral, sadly", ["Quillon Xanthedral"], "I am [name], sadly"),
    ("yours, XANTHEDRAL", ["Quillon Xanthedral"], "yours, [name]"),
    ("我是王小明，很满意", ["王小明"], "我是[name]，很满意"),
    ("we at Alder Dairies and Co", ["Alder Dairies and Co"], "we at [name]"),
    ("Alder again", ["Alder Dairies and Co"], "[name] again"),
    ("see KUNDE-7731", ["KUNDE-7731"], "see [name]"),
    ("a.b (c) Quillon", ["a.b (c)", "Quillon"], "[name] [name]"),
]
LEFT = [
    ("two of three pumps and 100 seals", ["Alder Dairies and Co"]),
    ("since 2026-03-05", []),
    ("on 5.3.2026 at 10:30", []),
    ("cost 1,250.00 EUR", []),
    ("room 1234, floor 12", []),
    ("Quillonesque service", ["Quillon Xanthedral"]),
    ("Li is a word, Lima a town", ["Li"]),
    ("", ["Anna"]),
    ("质量很好", ["王小明"]),
    ("<b>late</b> =1+1", []),  # made harmless where it is shown
]


@pytest.mark.parametrize(("text", "known_by", "shown"), MASKED)
def test_contacts_long_numbers_and_the_writer_are_masked(text: str, known_by: list[str], shown: str) -> None:
    assert shown_text(text, known_by) == shown


@pytest.mark.parametrize(("text", "known_by"), LEFT)
def test_the_rest_stays_readable(text: str, known_by: list[str]) -> None:
    assert shown_text(text, known_by) == text


@pytest.mark.parametrize(("text", "known_by", "shown"), MASKED)
def test_masking_again_changes_nothing(text: str, known_by: list[str], shown: str) -> None:
    assert shown_text(shown, known_by) == shown
