"""themes.yaml of an organisation: what it changes, and each kind of mistake with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.errors import DefinitionError
from pipelines.__main__ import main
from pipelines.analyses.themes.written import HOUSE, mistakes, themes

OWN = """
themes:
  pumps:
    name: {en: Pumps, zh: 泵}
    words:
      en: [pump*]
      zh: [水泵]
"""


def written(folder: Path, text: str) -> Path:
    (folder / "themes.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_house_s_file_has_no_mistake() -> None:
    assert mistakes(HOUSE) == []


def test_own_themes_come_beside_those_of_the_house(tmp_path: Path) -> None:
    house = {theme.id for theme in themes(tmp_path)}
    assert {theme.id for theme in themes(written(tmp_path, OWN))} == house | {"pumps"}


def test_a_theme_of_the_same_name_replaces_the_one_of_the_house(tmp_path: Path) -> None:
    own = {theme.id: theme for theme in themes(written(tmp_path, OWN.replace("pumps:", "delivery:")))}
    assert own["delivery"].words == ("pump*", "水泵") and own["delivery"].but_not == ()


def test_themes_of_the_house_can_be_left_out(tmp_path: Path) -> None:
    own = {theme.id for theme in themes(written(tmp_path, OWN + "leave_out: [price, speed]\n"))}
    assert not {"price", "speed"} & own and {"pumps", "delivery"} <= own


MISTAKES = [
    # written, instead, the text at which it is shown, what is said
    ("en: [pump*]", "en: [p*]", "p*", "'p*' would find too much; write at least three letters before the star"),
    ("en: [pump*]", "en: [p*mp]", "p*mp", "'p*mp': a star may stand at the end alone, as in deliver*"),
    ("en: [pump*]", 'en: ["*pump"]', '"*pump"', "'*pump': a star may stand at the end alone"),
    ("en: [pump*]", "en: [x]", "x]", "'x' is no word; write letters and digits, two at least"),
    ("en: [pump*]", 'en: ["pump|valve"]', '"pump|valve"', "'pump|valve' is no word"),
    ("en: [pump*]", 'en: ["(pump)+"]', '"(pump)+"', "'(pump)+' is no word"),
    ("en: [pump*]", 'en: [" "]', '" "', "' ' is no word"),
    ("en: [pump*]", "en: [水泵]", "水泵]\n      zh", "'水泵' is Chinese; write it under 'zh'"),
    ("zh: [水泵]", "zh: [pump]", "pump]\n", "'pump' holds no Chinese character; write it under 'en'"),
    ("zh: [水泵]", "zh: [水泵*]", "水泵*", "'水泵*': a star has no meaning in Chinese; leave it out"),
    ("en: [pump*]", "en: [pump*, valve, VALVE]", "VALVE", "'VALVE' is declared twice; keep one"),
    ("zh: [水泵]", "zh: [水泵]\n    but_not: {en: [pump*]}", "pump*]}", "'pump*' is declared twice; keep one"),
    ("zh: [水泵]", "zh: [水泵]\n    but_not: {en: [car]}", "car]}", "'car' excludes nothing: no word of 'pumps'"),
    ("  pumps:", "  Our Pumps:", "Our Pumps:", "'Our Pumps' is no name of a theme; write small letters and digits"),
    ("words:\n      en: [pump*]\n      zh: [水泵]", "words: {}", "words: {}", "no word is declared; write one at"),
    ("    name: {en: Pumps, zh: 泵}\n", "", "pumps:", "'name' is missing; add it"),
    (", zh: 泵}", "}", "name:", "'zh' is missing; add it"),
    ("    words:", "    word:", "word:", "'word' is not known here (did you mean 'words'?)"),
    ("en: [pump*]", "en: pump", "en: pump", "write a list, as in [a, b]"),
    ("en: [pump*]", "en: &a [pump*]", "&a", "anchors (&name) are not allowed; write the value out"),
    ("zh: [水泵]\n", "zh: [水泵]\nleave_out: [prices]\n", "prices", "there is no theme 'prices' (did you mean 'price'"),
]  # fmt: skip


@pytest.mark.parametrize(("instead", "by", "at", "told"), MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, instead: str, by: str, at: str, told: str) -> None:
    assert instead in OWN
    text = OWN.replace(instead, by)
    with pytest.raises(DefinitionError) as raised:
        themes(written(tmp_path, text))
    assert told in raised.value.message and "\n" not in str(raised.value)
    assert raised.value.line == text[: text.index(at)].count("\n") + 1


UNDISTURBED = [
    OWN,
    OWN.replace("[pump*]", "[pump*, pumping station, valve-seat, r&d, don't, 3d]"),
    OWN.replace("[pump*]", "[pomp, PUMPE, pümpchen*]"),
    OWN.replace("zh: [水泵]", "zh: [水泵, A泵]\n    but_not: {en: [pump room], zh: [水泵房]}"),
    "leave_out: [price]\n",
    "themes: {}\n",
]


@pytest.mark.parametrize("text", UNDISTURBED)
def test_what_is_well_written_is_left_alone(tmp_path: Path, text: str) -> None:
    themes(written(tmp_path, text))


def test_every_mistake_is_named_not_the_first_alone(tmp_path: Path) -> None:
    text = OWN.replace("en: [pump*]", "en: [x, p*, 泵]")
    found = mistakes(written(tmp_path, text) / "themes.yaml")
    assert len(found) == 3 and len({mistake.column for mistake in found}) == 3


def test_check_reads_the_organisation_s_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, OWN.replace("pump*", "p*"))
    assert main(["check", "--workspace", str(tmp_path), "--json"]) == 1
    (mistake,) = json.loads(capsys.readouterr().out)["mistakes"]
    assert mistake["file"].endswith("themes.yaml") and mistake["line"] == 6 and "three letters" in mistake["message"]
