"""Declared words in texts: what they find, and as much that they must not find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.analyses.themes.found import Theme
from pipelines.analyses.themes.written import themes
from pipelines.methods.keywords import Words, alike


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Words]:
    """Those of an organisation that wrote none of its own."""
    known: tuple[Theme, ...] = themes(tmp_path_factory.mktemp("nobody"))
    return {theme.id: Words(theme.words, theme.but_not) for theme in known}


FOUND = [
    ("Delivery was fine", "delivery"),
    ("delivered on Monday", "delivery"),
    ("LATE AGAIN", "delivery"),
    ("It came on time.", "delivery"),
    ("an on-time arrival", "delivery"),
    ("on\n  time", "delivery"),
    ("送货准时", "delivery"),
    ("快递员很好", "delivery"),
    ("ｄｅｌｉｖｅｒｙ very late", "delivery"),
    ("de\u00adlivery", "delivery"),
    ("我的delivery呢", "delivery"),
    ("Quick answer", "speed"),
    ("服务很快", "speed"),
    ("太慢了", "speed"),
    ("Too expensive!", "price"),
    ("价格合理", "price"),
    ("性价比高", "price"),
    ("The seal leaks", "quality"),
    ("质量可靠", "quality"),
    ("(friendly) engineer", "staff"),
    ("工程师很专业", "staff"),
    ("Invoice wrong", "invoice"),
    ("发票开错了", "invoice"),
    ("nobody called", "reachability"),
    ("电话打不通", "reachability"),
    ("thin manual", "information"),
    ("说明书太简单", "information"),
    ("No reply to my complaint", "complaints"),
    ("我要投诉", "complaints"),
    ("too much plastic", "environment"),
    ("包装浪费", "environment"),
]
NOT_FOUND = [
    ("a day of deliverance", "delivery"),
    ("translated well", "delivery"),  # "late" inside a word
    ("chocolate for the chocolatier", "delivery"),
    ("our late payers", "delivery"),
    ("slate roof", "delivery"),
    ("timeon", "delivery"),
    ("on my time", "delivery"),
    ("送货单不对", "delivery"),
    ("快递", "speed"),  # declared as no speed
    ("祝你们快乐", "speed"),
    ("慢性病", "speed"),
    ("fasten the bolt", "speed"),
    ("the waiter smiled", "speed"),
    ("a costume party", "price"),
    ("the price list is missing", "price"),
    ("价格表没有收到", "price"),
    ("quality time with friends", "quality"),
    ("质量部来过", "quality"),
    ("kind regards", "staff"),
    ("user friendly", "staff"),
    ("mankind", "staff"),
    ("billion", "invoice"),
    ("bill of lading", "invoice"),
    ("responsible people", "reachability"),
    ("please write to [phone] or [e-mail]", "reachability"),  # masked; nobody wrote so
    ("manual labour", "information"),
    ("no complaints", "complaints"),
    ("没有投诉", "complaints"),
    ("a waste of time", "environment"),
    ("浪费时间", "environment"),
    ("in order to help", "ordering"),
]


@pytest.mark.parametrize(("text", "theme"), FOUND)
def test_a_declared_word_is_found(house: dict[str, Words], text: str, theme: str) -> None:
    assert house[theme].stand_in(alike(text))


@pytest.mark.parametrize(("text", "theme"), NOT_FOUND)
def test_what_only_looks_like_it_is_not(house: dict[str, Words], text: str, theme: str) -> None:
    assert not house[theme].stand_in(alike(text))


def test_negation_is_not_understood_as_the_method_says(house: dict[str, Words]) -> None:
    assert house["delivery"].stand_in("it was not late")


PLACES = [
    # words, excluding, text, what is found there
    (["deliver*", "delivery note"], [], "Delivery note and deliveries", ["Delivery note", "deliveries"]),
    (["deliver*"], ["delivery note"], "Delivery note and deliveries", ["deliveries"]),
    (["快", "很快"], ["快递"], "快递很快，快", ["很快", "快"]),
    (["快", "很快"], ["快递"], "快递", []),
    (["late"], ["late"], "late", []),  # of two that are alike the one that excludes
    (["café"], [], "Cafe\u0301 and cafe", ["Cafe\u0301"]),
    (["strasse"], [], "Straße", ["Straße"]),
    (["price"], [], "İ ﬁne ｐｒｉｃｅ", ["ｐｒｉｃｅ"]),
    (["don't"], [], "I don’t", ["don’t"]),
    (["a.b"], [], "axb a.b", ["a.b"]),  # no pattern of anybody's
    (["late"], [], "", []),
    ([], [], "late", []),
]


@pytest.mark.parametrize(("words", "excluding", "text", "there"), PLACES)
def test_the_longest_word_is_taken_where_it_stands(
    words: list[str], excluding: list[str], text: str, there: list[str]
) -> None:
    assert [text[place.begins : place.ends] for place in Words(words, excluding).found(text)] == there


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at_and_places_are_in_it(text: str) -> None:
    found = Words(["late", "deliver*", "快"], ["快递"]).found(text)
    assert all(0 <= place.begins < place.ends <= len(text) for place in found)
    assert [place.begins for place in found] == sorted(place.begins for place in found)
    assert {place.word for place in found} == Words(["late", "deliver*", "快"], ["快递"]).stand_in(alike(text))


@given(st.sampled_from(FOUND + NOT_FOUND), st.sampled_from(FOUND + NOT_FOUND))
def test_two_texts_together_hold_what_each_holds(one: tuple[str, str], other: tuple[str, str]) -> None:
    words = Words(["late", "deliver*", "price", "投诉"], ["late payer*", "price list*", "没有投诉"])
    both = words.stand_in(alike(f"{one[0]}. | .{other[0]}"))
    assert both == words.stand_in(alike(one[0])) | words.stand_in(alike(other[0]))


def test_a_text_of_a_megabyte_takes_no_time(house: dict[str, Words]) -> None:
    """Words that almost match, over and over; a pattern that goes back would never end."""
    text = "on  " * 100_000 + "delive " * 100_000
    assert not house["delivery"].stand_in(text)


def test_the_house_speaks_both_languages() -> None:
    known = themes(Path("/nowhere"))
    assert len({theme.id for theme in known}) == len(known) >= 10
    assert all(any(word.isascii() for word in one.words) and not all(w.isascii() for w in one.words) for one in known)
