"""Every page through app.py: it opens in both languages, and nothing that goes wrong shows a traceback."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from audit.evidence import Grade, Outcome, Verdict
from pages.components import tags
from pages.components.words import figure, plain
from pipelines.workspace import SetUp, make_workspace

APP = Path(__file__).resolve().parent.parent.parent / "app.py"
Open = Callable[..., AppTest]
Words = Callable[[AppTest], str]
PAGES = (
    "overview",
    "checklist",
    "clause",
    "audits",
    "findings",
    "sign_off",
    "audit_view",
    "kpi_trends",
    "measure",
    "objectives",
    "scorecard",
    "voice",
    "needs",
    "complaints",
    "commitments",
    "customers",
    "value_at_stake",
    "survey_soundness",
    "data",
    "registers",
    "documents",
    "gap_analysis",
    "bridge",
    "management_review",
    "evidence_pack",
    "people",
    "trail",
)


def lang(app: AppTest) -> str:
    """Streamlit gives a list or the word alone, depending on who wrote it."""
    found = app.query_params["lang"]
    return found if isinstance(found, str) else found[0]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(opened: Open, demo: Path, page: str, language: str) -> None:
    app = opened(demo, page, lang=language)
    assert not app.error
    (title,) = app.title
    assert any("\u4e00" <= letter <= "\u9fff" for letter in title.value) == (language == "zh")


def test_every_file_of_a_page_is_in_the_navigation() -> None:
    assert {path.stem for path in (APP.parent / "pages").glob("[a-z]*.py")} == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_without_a_workspace_a_page_says_how_to_make_one(opened: Open, tmp_path: Path, page: str) -> None:
    app = opened(tmp_path / "none", page)
    assert app.title[0].value == "There is no workspace yet"
    assert app.code[0].value == "python -m pipelines demo"
    assert not app.error


@pytest.mark.parametrize("page", ["overview", "clause", "kpi_trends", "gap_analysis", "bridge"])
def test_without_a_run_a_page_says_what_to_do_next(opened: Open, tmp_path: Path, page: str) -> None:
    make_workspace(tmp_path / "new", SetUp(organisation="New"))
    app = opened(tmp_path / "new", page)
    assert app.title[0].value == "Nothing has been assessed yet"
    assert not app.error


def test_a_broken_set_up_is_one_sentence_with_its_place(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "workspace.yaml").write_text("organization: Lindvale\n", encoding="utf-8")
    app = opened(tmp_path)
    (error,) = app.error
    assert "workspace.yaml:1:1" in error.value.replace("\\", "")
    assert "organisation" in error.value


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("en", "Overview"), ("zh", "总览"), ("fr", "Overview"), ("", "Overview"), ("zh<script>", "Overview")],
)
def test_the_language_comes_from_the_address_and_stays_in_it(
    opened: Open, demo: Path, words: Words, asked: str, shown: str
) -> None:
    app = opened(demo, lang=asked)
    assert f":gray[{shown}]" in words(app)
    assert lang(app) == ("zh" if shown == "总览" else "en")


def test_the_language_is_kept_on_the_way_to_another_page(opened: Open, demo: Path) -> None:
    app = opened(demo, lang="zh")
    app.query_params.clear()
    app.switch_page("pages/clause.py").run()
    assert lang(app) == "zh"
    assert "建议判定" in app.title[0].value


def test_the_switch_changes_the_language(opened: Open, demo: Path) -> None:
    app = opened(demo)
    app.segmented_control(key="language_switch").set_value("zh").run()
    assert lang(app) == "zh"
    assert "建议判定" in app.title[0].value


def failing(kind: str) -> None:
    import streamlit as st

    from audit.errors import RecordError
    from pages.components.states import guard

    with guard():
        if kind == "ours":
            raise RecordError("this line says [what](http://x.example) to write instead")
        if kind == "stop":
            st.stop()
        raise RuntimeError("/secret/path: a bug")


def test_our_own_error_shows_its_sentence_and_no_link() -> None:
    app = AppTest.from_function(failing, args=("ours",)).run()
    assert app.error[0].value.startswith("this line says \\[what\\]")


def test_any_other_error_shows_a_reference_and_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    app = AppTest.from_function(failing, args=("bug",)).run()
    (error,) = app.error
    assert not app.exception
    assert "secret" not in error.value
    (record,) = [record for record in caplog.records if record.name == "clauselight.pages"]
    assert record.getMessage().split()[-1] in error.value
    assert record.exc_info is not None


def test_streamlit_s_own_stop_passes_the_guard() -> None:
    app = AppTest.from_function(failing, args=("stop",)).run()
    assert not app.error
    assert not app.exception


def test_a_page_opened_by_its_address_first_is_run_by_app_py(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAUSELIGHT_WORKSPACE", str(demo))
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.query_params.update(clause="9.1.2", lang="zh")
    app.switch_page("pages/clause.py").run()
    assert PagesManager.uses_pages_directory is False
    assert "建议判定" in app.title[0].value


def test_the_settings_keep_the_program_to_this_computer() -> None:
    settings = tomllib.loads((APP.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["runner"]["magicEnabled"] is False


@pytest.mark.parametrize(
    "text",
    [
        "![x](http://tracker.example/p.png)",
        "[click](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "$\\frac{1}{2}$",
        ":red-badge[✕ Does not conform]",
        "`code` *stars* _lines_ # head | cell",
    ],
)
def test_no_markdown_of_a_stranger_survives(text: str) -> None:
    safe = plain(text)
    for letter in "[]<>$:`*_|#!":
        assert safe.count(letter) == safe.count(f"\\{letter}")


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("see http://evil.example", "http\u2060\\://"),
        ("HTTPS://evil.example", "HTTPS\u2060\\://"),
        ("www.evil.example", "www\u2060.evil"),
        ("a@evil.example", "a@\u2060evil"),
        ("- item", "\\- item"),
        ("1. item", "1\\. item"),
        ("\t--- ", "\\--- "),
    ],
)
def test_a_bare_address_makes_no_link_and_a_dash_no_list(text: str, broken: str) -> None:
    assert broken in plain(text)


@pytest.mark.parametrize("text", ["9.1.2 Customer satisfaction", "78.4 (77.3–79.5), n = 5,136", "顾客满意，n = 30。"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_a_line_never_breaks_between_a_figure_and_its_per_cent() -> None:
    assert plain("78.4 % of 100 %") == "78.4\u00a0% of 100\u00a0%"


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [
        (78.4, 77.3, 79.5, "78.4 % (77.3–79.5)"),
        (78.4, None, None, "78.4 %"),
        (78.4, 77.3, float("nan"), "78.4 %"),
        (0.0, 0.0, 1.2, "0.0 % (0.0–1.2)"),
        (None, None, None, "–"),
        (float("nan"), 1.0, 2.0, "–"),
    ],
)
def test_a_figure_carries_its_interval_and_nothing_is_not_zero(
    value: float | None, low: float | None, high: float | None, shown: str
) -> None:
    assert figure(value, "%", low, high) == shown


@pytest.mark.parametrize(
    ("family", "tagged"), [(Verdict, tags.verdict_words), (Outcome, tags.outcome_words), (Grade, tags.grade_words)]
)
def test_nothing_is_told_by_colour_alone(family: type[Verdict], tagged: object) -> None:
    told = [tagged(member) for member in family]  # type: ignore[operator]
    assert len({mark for mark, _word in told}) == len(family)
    assert len({word for _mark, word in told}) == len(family)
    assert all(mark in tags.COLOURS for mark, _word in told)
