"""The satisfaction index on the page: its sentence, the drawing, the tables behind it, and why where there is none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from audit.text import Text
from pages.components.satisfaction_index.places import places
from pages.components.words import plain
from pipelines import analyses
from pipelines.analyses.part import Part
from pipelines.analyses.satisfaction_index import FILE, FOUND
from pipelines.analyses.satisfaction_index.found import Earlier, SatisfactionIndex
from pipelines.analyses.satisfaction_index.words import of_hundred, of_one, sentence
from pipelines.runs import results
from pipelines.workspace import open_workspace

Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]


def folder_of(workspace: Path) -> Path:
    opened = open_workspace(workspace)
    run = results.latest(opened)
    assert run is not None
    return opened.runs / run.id


def kept(workspace: Path) -> SatisfactionIndex:
    part = analyses.of_run("satisfaction_index", folder_of(workspace))
    assert part is not None and part.result is not None
    found: SatisfactionIndex = part.result
    return found


@pytest.fixture
def keep(own_demo: Path) -> Iterator[Callable[[Part[SatisfactionIndex]], Path]]:
    """Puts something else into the run of a demo of one's own, as that run might have found it."""

    def put(part: Part[SatisfactionIndex]) -> Path:
        file = folder_of(own_demo) / FILE
        file.chmod(0o644)
        file.write_bytes(FOUND.dump_json(part))
        analyses._read.cache_clear()
        return own_demo

    yield put
    analyses._read.cache_clear()


def drawing(app: AppTest) -> dict[str, object]:
    chart = next(each for each in app.get("plotly_chart") if "satisfaction index" in each.proto.alt.lower()
                 or "满意" in each.proto.alt)  # fmt: skip
    found: dict[str, object] = json.loads(chart.proto.spec)
    return found


def test_the_demo_shows_the_index_of_the_chinese_model(opened: Open, demo: Path, words: Words) -> None:
    found, app = kept(demo), opened(demo, "voice")
    assert found.model == "ccsi" and found.fit.n > 300 and 60 < found.value.value < 90
    told = words(app)
    assert plain(sentence(found).en) in told and not app.error
    assert f"{found.fit.n:,} respondents answered every question" in told


def test_every_box_and_every_arrow_is_drawn(opened: Open, demo: Path) -> None:
    found, app = kept(demo), opened(demo, "voice")
    spec = drawing(app)
    layout = spec["layout"]
    assert isinstance(layout, dict) and isinstance(spec["data"], list)
    assert len(spec["data"]) == len(found.fit.paths) and len(layout["shapes"]) == len(found.fit.latents)
    written = " ".join(each["text"] for each in layout["annotations"])
    assert all(f"<b>{each.index.value:.1f}</b>" in written for each in found.fit.latents)
    assert all(f"{path.value.value:z.2f}" in written for path in found.fit.paths)
    widths = {
        abs(path.value.value): line["line"]["width"] for path, line in zip(found.fit.paths, spec["data"], strict=True)
    }
    assert [widths[strength] for strength in sorted(widths)] == sorted(widths.values())
    dotted = [line["line"]["dash"] == "dot" for line in spec["data"]]
    assert dotted == [path.value.low <= 0 <= path.value.high for path in found.fit.paths] and any(dotted)


def test_behind_the_drawing_stand_tables_and_files(opened: Open, demo: Path) -> None:
    found, app = kept(demo), opened(demo, "voice")
    behind = {each.label: each.table[0].value for each in app.expander if each.table}
    paths = behind["Paths: what moves what"]
    assert len(paths) == len(found.fit.effects)
    direct = [of_one(path.value) for path in found.fit.paths]
    assert sorted(cell for cell in paths["Path (95 % interval)"] if cell != "–") == sorted(direct)
    variables = behind["Variables: index, what explains it, and whether the questions hold"]
    assert variables["Index (95 % interval)"].tolist() == [of_hundred(each.index) for each in found.fit.latents]
    assert len(behind["Questions: weights and loadings"]) == len(found.fit.items)
    files = [each.proto.id for each in app.get("download_button") if "satisfaction-" in each.proto.id]
    assert len(files) == 4, "paths, variables, told apart, questions"


def test_warnings_and_earlier_years_are_said(
    opened: Open, keep: Callable[[Part[SatisfactionIndex]], Path], demo: Path, words: Words
) -> None:
    found = kept(demo)
    before = Earlier(found.starts, 321, found.value)
    weak = Text(en="s2 weighs less than nothing.", zh="s2 的权重为负。")
    gate = Text(en="4.1 % of rows broke an expectation", zh="4.1 % 的行")
    app = opened(keep(Part(replace(found, earlier=(before,), warnings=(weak,), one_in=3), None, gate)), "voice")
    told = words(app)
    assert all(f"Beware] {plain(each.en)}" in told for each in (weak, gate))
    assert "One questionnaire in 3 was looked at" in told
    years = next(each.table[0].value for each in app.expander if each.label == "The index of earlier years")
    assert years["n"].tolist() == [str(found.fit.n), "321"]


def test_where_there_is_none_the_reason_stands_there(
    opened: Open, keep: Callable[[Part[SatisfactionIndex]], Path], words: Words
) -> None:
    because = Text(en="nothing is loaded of Survey answers; load a file on the Data page", zh="尚未加载调查答案")
    told = words(opened(keep(Part(None, because)), "voice"))
    assert plain(because.en) in told and "Paths: what moves what" not in told


def test_the_drawing_and_the_sentence_are_chinese_for_chinese_readers(opened: Open, demo: Path, words: Words) -> None:
    app = opened(demo, "voice", lang="zh")
    layout = drawing(app)["layout"]
    assert isinstance(layout, dict)
    assert any("品牌形象" in each["text"] for each in layout["annotations"])
    assert plain(sentence(kept(demo)).zh) in words(app)


@pytest.mark.parametrize("name", ["acsi", "ccsi", "ecsi"])
def test_no_straight_arrow_of_the_house_crosses_a_box(name: str) -> None:
    from pages.components.satisfaction_index.diagram import HIGH, WIDE
    from pipelines.analyses.satisfaction_index import model

    found = model.named(name)
    at = {each.id: (each.place.column, each.place.row) for each in found.latents if each.place}
    for path in found.paths:
        for other in set(at) - {path.source, path.target}:
            for step in range(101):
                x, y = (a + step / 100 * (b - a) for a, b in zip(at[path.source], at[path.target], strict=True))
                assert abs(x - at[other][0]) > WIDE or abs(y - at[other][1]) > HIGH, (path, other)


@pytest.mark.parametrize(
    ("latents", "paths"),
    [
        ("ab", ["ab"]),
        ("abcdef", ["ab", "bc", "cd", "de", "ef", "af", "ad"]),
        ("abcdefgh", ["ah", "bh", "ch", "dh", "eh", "fh", "gh"]),
    ],
)
def test_a_model_without_places_is_laid_out_causes_first_and_nothing_on_nothing(latents: str, paths: list[str]) -> None:
    found = places(list(latents), [(pair[0], pair[1]) for pair in paths], {})
    assert len(set(found.values())) == len(latents) and {column for column, _ in found.values()} <= {1, 2, 3}
    assert all(found[target][1] > found[source][1] for source, target in paths)
