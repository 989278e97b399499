"""Index models in YAML: the house's are usable, one's own replaces them, and each mistake is named with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.errors import DefinitionError
from pipelines.__main__ import main
from pipelines.analyses.satisfaction_index import checked, model
from pipelines.analyses.satisfaction_index.ways_round import way_round

HOUSE = sorted(path.stem for path in model.HOUSE.glob("*.yaml"))
PUBLISHED = {
    ("image", "expectations"), ("image", "satisfaction"), ("image", "loyalty"), ("expectations", "quality"),
    ("expectations", "value"), ("expectations", "satisfaction"), ("quality", "value"), ("quality", "satisfaction"),
    ("value", "satisfaction"), ("satisfaction", "complaints"), ("satisfaction", "loyalty"), ("complaints", "loyalty"),
}  # fmt: skip
"""The ECSI of Tenenhaus et al. (2005)."""
OURS = """title: {en: Our model, zh: 本公司模型}
source: {en: We, zh: 本公司}
index: satisfaction
latents:
  - id: quality
    name: {en: Quality, zh: 质量}
    drivers: [product quality, service]
  - id: satisfaction
    name: {en: Satisfaction, zh: 满意}
    questions: [overall]
paths:
  - {from: quality, to: satisfaction}
"""


def own(folder: Path, text: str = OURS, name: str = "ours.yaml") -> Path:
    (folder / model.OWN).mkdir(exist_ok=True)
    file = folder / model.OWN / name
    file.write_text(text, encoding="utf-8")
    return file


def paths(name: str) -> set[tuple[str, str]]:
    return {(path.source, path.target) for path in model.named(name).paths}


def test_the_house_has_three_models_without_a_mistake() -> None:
    assert HOUSE == ["acsi", "ccsi", "ecsi"] and not list(checked.mistakes())


def test_the_paths_are_the_published_ones() -> None:
    assert paths("ecsi") == PUBLISHED
    assert paths("acsi") == {pair for pair in PUBLISHED if "image" not in pair}
    ccsi = paths("ccsi")
    assert len(ccsi) == 11 and ("image", "quality") in ccsi and not any("complaints" in pair for pair in ccsi)


@pytest.mark.parametrize("name", HOUSE)
def test_every_variable_has_a_place_of_its_own_and_a_word_in_both_languages(name: str) -> None:
    latents = model.named(name).latents
    assert len({(each.place.column, each.place.row) for each in latents if each.place}) == len(latents)
    assert all(each.name.en.isascii() and not each.name.zh.isascii() for each in latents)
    assert all(any(not driver.isascii() for driver in each.drivers) for each in latents)


@pytest.mark.parametrize(
    ("question", "drivers", "measures"),
    [
        ("CUSA1", frozenset(), "satisfaction"),
        ("cusa1", frozenset(), "satisfaction"),
        ("anything", frozenset({"Perceived Quality"}), "quality"),
        ("随便", frozenset({"品牌形象"}), "image"),
        ("PERV1", frozenset({"brand image"}), "value"),  # its own name says more
        ("works as needed", frozenset({"product quality"}), None),
        ("CUSA11", frozenset(), None),
        ("", frozenset(), None),
    ],
)
def test_what_a_question_measures(question: str, drivers: frozenset[str], measures: str | None) -> None:
    assert model.named("ecsi").measured_by(question, drivers) == measures


def test_an_own_model_is_read_and_replaces_the_houses_of_the_same_name(tmp_path: Path) -> None:
    own(tmp_path)
    own(tmp_path, OURS.replace("Our model", "Our ECSI"), "ecsi.yaml")
    assert list(model.available(tmp_path))[:2] == ["ecsi", "ours"]
    assert model.named("ecsi", tmp_path).title.en == "Our ECSI" and model.named("ecsi").title.en.startswith("European")
    assert not list(checked.mistakes(tmp_path))


MISTAKES = [
    ("index: satisfaction", "index: satsfaction", 3, "'satsfaction' is no variable of this model (did you mean"),
    ("from: quality", "from: qualty", 12, "'qualty' is no variable of this model (did you mean 'quality'?)"),
    ("to: satisfaction}", "to: joy}", 12, "'joy' is no variable of this model; known are: quality, satisfaction"),
    ("    questions: [overall]\n", "", 8, "nothing measures 'satisfaction'; name its drivers or questions"),
    ("id: satisfaction", "id: quality", 8, "'quality' is the id of another variable; choose another"),
    ("questions: [overall]", "drivers: [Service]", 10, "'Service' measures 'quality' already"),
    ("to: satisfaction}\n", "to: satisfaction}\n  - {from: quality, to: satisfaction}\n", 13, "written twice"),
    ("to: satisfaction}\n", "to: satisfaction}\n  - {from: satisfaction, to: quality}\n", 13,
     "lead round in a circle, quality → satisfaction → quality; causes run one way"),
    ("to: satisfaction}", "to: quality}", 12, "lead round in a circle, quality → quality"),
    ("to: satisfaction}", "to: quality}", 8, "no path leads to or from 'satisfaction'; add one, or leave it out"),
    ("drivers: [product quality", "driver: [product quality", 7, "'driver' is not known here (did you mean"),
    ("from: quality, to", "of: quality, to", 12, "'from' is missing; add it"),
    ("questions: [overall]", "place: {column: 4, row: 1}", 10, "latents.1.place.column: '4'"),
    ("name: {en: Quality, zh: 质量}", "name: {en: Quality}", 6, "'zh' is missing; add it"),
    ("title: {en: Our model, zh: 本公司模型}", "title: &a {en: Our model, zh: 本公司模型}", 1, "anchors"),
    ("paths:\n  - {from: quality, to: satisfaction}\n", "paths: []\n", 11, "write at least one entry"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "line", "message"), MISTAKES)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, written: str, instead: str, line: int, message: str) -> None:
    assert written in OURS
    file = own(tmp_path, OURS.replace(written, instead, 1))
    found = [mistake for mistake in checked.mistakes(tmp_path) if mistake.line == line]
    assert any(message in mistake.message for mistake in found), [str(m) for m in checked.mistakes(tmp_path)]
    with pytest.raises(DefinitionError):
        model.read(file)


def test_every_mistake_is_named_and_not_the_first_alone(tmp_path: Path) -> None:
    file = own(tmp_path, OURS.replace("index: satisfaction", "index: joy").replace("from: quality", "from: qualty"))
    lines = [mistake.line for mistake in model.mistakes(file)]
    assert lines == [3, 12], "that no path leads to quality any more is no mistake of its own"


@pytest.mark.parametrize(
    "drop", ["    questions: [overall]\n", "    drivers: [product quality, service]\n", "index: satisfaction\n"]
)
def test_comments_and_order_are_no_mistake(tmp_path: Path, drop: str) -> None:
    """The same line elsewhere in its block, with a remark behind it."""
    block = OURS.replace(drop, "") if drop.startswith("index") else OURS.replace(drop, drop[:-1] + "  # ours\n")
    own(tmp_path, f"# ours\n{block}{drop if drop.startswith('index') else ''}")
    assert not list(checked.mistakes(tmp_path))


def test_check_names_the_model_that_is_not_there_and_the_file_that_is_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "workspace.yaml").write_text("organisation: Ours\nsatisfaction_index: ecsy\n", encoding="utf-8")
    own(tmp_path, OURS, "ours.yml")
    assert main(["check", "--workspace", str(tmp_path), "--json"]) == 1
    first, second = json.loads(capsys.readouterr().out)["mistakes"]
    assert "let its name end with .yaml, as in ours.yaml" in first["message"]
    assert second["line"] == 2 and "no index model 'ecsy' (did you mean 'ecsi'?)" in second["message"]


@pytest.mark.parametrize(
    ("ways", "found"),
    [
        ([("a", "b")], []),
        ([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")], []),
        ([("a", "a")], ["a", "a"]),
        ([("a", "b"), ("b", "c"), ("c", "a")], ["a", "b", "c", "a"]),
    ],
)
def test_ways_that_lead_round(ways: list[tuple[str, str]], found: list[str]) -> None:
    assert way_round(ways) == found
    assert [way_round(ways[: at + 1]) for at in range(len(ways) - 1)] == [[]] * (len(ways) - 1)
