"""An attack on the loader of checklists: each bad file gives one line with its place, and no traceback anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from audit.errors import AuditError, DefinitionError
from audit.quantity import Quantity
from audit.rule import Computed
from pipelines import definitions
from pipelines.assess import Assessor, Grounds
from pipelines.checking.check_checklists import checklists, refuse_unusable
from pipelines.checking.known import Known
from pipelines.checklists import editions
from pipelines.measure import COLUMNS

CLAUSE = """\
clause: "9.1"
title: {en: Listening, zh: 倾听}
requirements:
  - id: 9.1-a
    asks: {en: They ask., zh: 询问。}
    ask_people: [{to: staff, en: Whom, zh: 问谁？}]
    refs: {ours-2020: "9.1"}
    evidence:
      - id: 9.1-a-1
        computed: csat_top_2_box
        shows: {en: They are content., zh: 满意。}
        accept: {at_least: 70 %, over: 12 months}
        otherwise: observation
      - id: 9.1-a-2
        document: survey method
        shows: {en: It is written., zh: 已成文。}
        accept: {status: approved, reviewed_within: 12 months}
        otherwise: observation
"""
STANDARD = """\
id: ours-2020
title: {en: Ours, zh: 我们的}
edition: "2020"
notice: {en: Ours., zh: 自有。}
"""
CARRYING = """\
clause: "9.1"
title: {en: Hearing, zh: 听取}
carries: "9.1"
requirements:
  - {carries: 9.1-a, change: none}
"""
PACK = """\
id: loud
title: {en: Loud, zh: 响}
meaning: {en: More., zh: 更多。}
notice: {en: Ours., zh: 自有。}
tightens:
  - {evidence: 9.1-a-1, accept: {at_least: 90 %}, because: {en: Strict., zh: 严格。}}
"""
PACK_CLAUSE = CLAUSE.replace("9.1-a", "loud-9.1-a").replace('    refs: {ours-2020: "9.1"}\n', "")
C, S, L = "ours-2020/9.1-listening.yaml", "ours-2020/_standard.yaml", "ours-2025/9.1-hearing.yaml"
LS, P, PC, D = "ours-2025/_standard.yaml", "packs/loud/_pack.yaml", "packs/loud/9.1-louder.yaml", "documents.yaml"
HOUSE = {
    D: "survey method: {title: {en: Method, zh: 方法}, meaning: {en: How., zh: 如何。}}\n",
    C: CLAUSE,
    S: STANDARD,
    L: CARRYING,
    LS: STANDARD.replace("2020", "2025") + "follows: ours-2020\n",
    P: PACK,
    PC: PACK_CLAUSE,
}
SHY = PACK.replace("loud", "shy").replace("Loud", "Shy")
MANY = "".join(f"  - id: 9.1-b{number}\n    asks: {{en: A., zh: 甲。}}\n" for number in range(3000))


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return write(tmp_path / "house", dict(HOUSE))


def mistakes(*layers: Path) -> list[DefinitionError]:
    known = Known(definitions.sources(), definitions.kpis())
    checklists(known, layers)
    return known.mistakes


def load_all(layers: tuple[Path, ...]) -> None:
    for edition in editions.named(layers):
        for packs in ((), tuple(editions.packs_named(layers))):
            editions.checklist(edition, packs, layers)


# file, what it says, what somebody wrote instead, line:column, and what the one line says
WRONG_VALUES = [
    (C, 'clause: "9.1"', "clause: [9, 1]", "1:1", "clause: write plain text"),
    (C, 'clause: "9.1"', "clause: nine", "1:1", "'nine' is no number of a clause; write one in quotes"),
    (C, 'clause: "9.1"', 'clause: "٩.١"', "1:1", "is no number of a clause"),
    (C, 'clause: "9.1"', f'clause: "9.{"9" * 5000}"', "1:1", "is no number of a clause"),
    (C, "{en: Listening, zh: 倾听}", "Listening", "2:1", "title: 'Listening': write 'name: value' lines"),
    (C, "{en: Listening, zh: 倾听}", "{en: Listening}", "2:1", "'zh' is missing; add it"),
    (C, "{en: Listening, zh: 倾听}", '{en: "", zh: ""}', "2:9", "title.en: '': write some text"),
    (C, "[{to: staff, en: Whom, zh: 问谁？}]", "{to: staff}", "6:5", "write a list, as in [a, b]"),
    (C, "to: staff, ", "", "6:18", "'to' is missing; add it"),
    (C, '{ours-2020: "9.1"}', "[ours-2020]", "7:5", "write 'name: value' lines"),
    (C, "  - id: 9.1-a\n", "  - listen\n  - id: 9.1-a\n", "4:5", "'listen': write 'name: value' lines"),
    (C, "id: 9.1-a\n", 'id: "9.1-a\\nx"\n', "9:9", "'9.1-a-1' must begin with '9.1-a x-'"),
    (C, "    refs", "    weight: nan\n    refs", "7:5", "'nan': input should be a finite number"),
    (C, "    refs", "    stated: {sources: S77}\n    refs", "7:14", "'S77': write a list, as in [a, b]"),
    (C, "    refs", "    stated: {sources: [S77]}\n    refs", "7:24", "'S77' is no source in sources.yaml"),
    (C, "    refs", "    stated: {confidence: sure}\n    refs", "7:14", "'sure': input should be 'high', 'medium'"),
    (C, "computed: csat_top_2_box", "computed: csat_top_3_box", "10:9", "(did you mean 'csat_top_2_box'?)"),
    (C, "computed: csat_top_2_box", "computed: ../nps", "10:9", "there is no usable KPI '../nps'"),
    (C, "        computed: csat_top_2_box\n", "", "9:9", "'computed' is missing; add it"),
    (C, "        document:", "        computed: nps\n        document:", "15:9", "is a second kind of evidence"),
    (C, "{at_least: 70 %, over: 12 months}", "70 %", "12:9", "'70 %': write 'name: value' lines"),
    (C, "{at_least: 70 %, over: 12 months}", "{}", "12:9", "write at least one of: at_least, at_most"),
    (C, "at_least: 70 %", "at_least: 70 days", "12:18", "at_least is in days, but csat_top_2_box is in %"),
    (C, "at_least: 70 %", "at_least: 70", "12:18", "write a limit in %"),
    (C, "at_least: 70 %", f"at_least: {'9' * 400} %", "12:18", "is not a quantity; write a number and one of"),
    (C, "at_least: 70 %", "at_least: 70 %, at_most: 10 %", "12:9", "exchange the two"),
    (C, "at_least: 70 %", "at_least: 70 %, sample_of: -1", "12:34", "greater than or equal to 1"),
    (C, "over: 12 months", "over: 1 year", "12:34", "'1 year' is not a quantity"),
    (C, "over: 12 months", "for_each: planet", "12:34", "not measured by 'planet', only by segment"),
    (C, "over: 12 months", "no_worse_than_before: yes, acted_on_by: survey methods", "12:61",
     "'survey methods' is no kind of document in documents.yaml (did you mean 'survey method'?)"),
    (C, "{status: approved, reviewed_within: 12 months}", "{at_least: 3 %}", "17:18", "'at_least' has no place here"),
    (C, "document: survey method", "document: survey metod", "15:9", "(did you mean 'survey method'?)"),
    (C, 'clause: "9.1"', 'clause: "9.1"\nclause: "9.2"', "2:1", "'clause' is written twice, first in line 1; keep one"),
    (C, "title: {", "title: &t {", "2:8", "anchors (&name) are not allowed; write the value out"),
    (C, 'clause: "9.1"', 'clause: !!python/object:os.system "9.1"', "1:9", "tags (!name) are not allowed"),
    (C, "title: {", "\ttitle: {", "2:1", "a tab stands where spaces are needed; indent with spaces"),
    (C, "Listening", "Liste\x07ning", "2:18", "the character U+0007 is not allowed; delete it"),
    (C, "Listening", '"\\ud800"', "2:13", "the character U+D800 is not allowed; delete it"),
    (L, "carries: 9.1-a", "carries: 9.1-z", "5:6", "there is no requirement '9.1-z' in ours-2020"),
    (L, "carries: 9.1-a", "carries: [9.1-a]", "5:6", "carries: write plain text"),
    (L, "  - {", "  - {carries: 9.1-a, change: none}\n  - {", "6:6", "'9.1-a' is carried already"),
    (LS, "follows: ours-2020", "follows: ours-2025", "5:1", "'ours-2025' would follow itself"),
    (LS, "follows: ours-2020", "follows: [ours-2020]", "5:1", "follows: write plain text"),
    (LS, "id: ours-2025", "id: ours-2026", "1:1", "write 'id: ours-2025'"),
    (S, 'edition: "2020"', 'edition: "2020"\ntransition: {until: 2029-02-31}', "4:14", "day value is outside"),
    (P, "evidence: 9.1-a-1", "evidence: 9.1-a-7", "6:6", "there is no evidence '9.1-a-7' (did you mean"),
    (P, "{at_least: 90 %}", "{}", "6:25", "no limit is written; write one"),
    (P, "at_least: 90 %", "at_least: 10 %", "6:34", "at_least is looser than in the clause; write a stricter one"),
    (P, "at_least: 90 %", "at_most: 10 %", "6:25", "at_least is above at_most"),
    (P, "at_least: 90 %", "at_least: 90 points", "6:34", "write a limit in %"),
    (PC, "id: loud-9.1-a\n", "id: quiet-9.1-a\n", "4:5", "'quiet-9.1-a' must begin with 'loud-9.1-'"),
    (PC, "id: loud-9.1-a-2", "id: loud-9.1-a-1", "13:9", "'loud-9.1-a-1' is taken already"),
]  # fmt: skip
# the whole file, under which name, and what the one line about that file says; a place where there is one
WRONG_FILES: list[tuple[str, str | bytes, str, str]] = [
    (C, "", ":1:1", "the file is empty"),
    (C, "# nothing yet\n", ":1:1", "the file is empty"),
    (C, "- a\n- b\n", ":1:1", "expected 'name: value' lines"),
    (C, CLAUSE.split("requirements")[0] + "requirements: []\n", ":3:1", "write at least one entry"),
    (C, CLAUSE.split("requirements")[0] + "requirements:\n", ":3:1", "write a list, as in [a, b]"),
    (C, CLAUSE + "---\n" + CLAUSE, ":19:1", "another document begins here; keep one in a file"),
    (C, "[" * 100_000, ":1:21", "nested deeper than 20 levels"),
    (C, CLAUSE + "#" * 1_000_000, "", "longer than 1,000,000 characters; split the file"),
    (C, CLAUSE.encode("gbk"), "", "not UTF-8 at byte 41; save the file as UTF-8"),
    (C, CLAUSE.encode("utf-16"), "", "not UTF-8 at byte 0; save the file as UTF-8"),
    (C, CLAUSE.encode() + b"\0", ":19:1", "the character U+0000 is not allowed; delete it"),
    (D, "- survey method\n", ":1:1", "expected 'name: value' lines"),
    (D, "survey method: how we ask\n", ":1:1", "'how we ask': write 'name: value' lines"),
    ("sources.yaml", "S1: a book\n", ":1:1", "'a book': write 'name: value' lines"),
    ("9.1-listening.yaml", CLAUSE, "", "put it into the folder of its edition, as in ours-2020/9.1-listening.yaml"),
    ("ours-2051/9.1-x.yaml", CLAUSE, "", "there is no edition 'ours-2051' (did you mean 'ours-2025'?)"),
    ("ours-2030/standard.yaml", STANDARD, "", "there is no edition 'ours-2030'"),
    ("packs/quiet/9.1-x.yaml", PACK_CLAUSE, "", "packs/quiet has no _pack.yaml; write one"),
    ("ours-2020/_pack.yaml", PACK, "", "let its name begin with the number of its clause"),
    ("ours-2020/listening.yaml", CLAUSE, "", "let its name begin with the number of its clause"),
    ("ours-2020/9.2-x.yml", CLAUSE, "", "let its name end with .yaml, as in 9.2-x.yaml"),
    ("ours-2020/old/9.1-x.yaml", CLAUSE, "", "put it into the folder of an edition or of a pack, and not deeper"),
    ("ours-2020/10.4-x.yaml", CLAUSE.replace("9.1", "10.5"), ":1:1", "let it begin with 10.5-"),
    ("ours-2020/9.10-x.yaml", CLAUSE.replace('"9.1"', '"9.10"'), ":4:5", "'9.1-a' must begin with '9.10-'"),
    ("packs/loud/9.1-more.yaml", PACK_CLAUSE, "", "clause 9.1 is written already, in"),
    ("packs/shy/_pack.yaml", PACK, ":1:1", "the folder is named 'shy'; write 'id: shy'"),
]  # fmt: skip


def test_the_house_that_is_broken_here_is_whole(house: Path) -> None:
    assert mistakes(house) == []
    load_all((house,))


@pytest.mark.parametrize(
    ("file", "says", "instead", "at", "told"), WRONG_VALUES, ids=[case[2][:40] for case in WRONG_VALUES]
)
def test_a_wrong_value_gives_one_line_with_its_place(
    house: Path, file: str, says: str, instead: str, at: str, told: str
) -> None:
    assert says in HOUSE[file]
    write(house, {file: HOUSE[file].replace(says, instead, 1)})
    _told(house, f"{house / file}:{at}: ", told)


@pytest.mark.parametrize(
    ("file", "content", "at", "told"), WRONG_FILES, ids=[f"{c[0]} {c[3][:30]}" for c in WRONG_FILES]
)
def test_a_wrong_file_gives_one_line(house: Path, file: str, content: str | bytes, at: str, told: str) -> None:
    write(house, {file: content})
    found = _told(house, "", told)
    assert file.split("/")[-1].split("-")[0] in found and (not at or f"{at}: " in found)


def _told(house: Path, place: str, told: str) -> str:
    found = [str(mistake) for mistake in mistakes(house)]
    mine = [line for line in found if line.startswith(place) and told in line]
    assert mine, found
    assert not [line for line in found if "\n" in line or len(line) > 600]
    with_one_line_or_none(lambda: load_all((house,)))
    return mine[0]


def with_one_line_or_none(load: Callable[[], None]) -> None:
    """Loading may refuse the file or leave it alone; anything else is a traceback."""
    try:
        load()
    except DefinitionError as error:
        assert "\n" not in str(error)


def test_a_folder_a_loop_of_links_and_a_file_that_nobody_may_read_are_named(house: Path) -> None:
    (house / C).unlink()
    (house / C).symlink_to(house / C)
    assert any("cannot be read" in str(mistake) for mistake in mistakes(house))
    (house / C).unlink()
    (house / C).mkdir()
    assert any("this is a folder; name a file" in str(mistake) for mistake in mistakes(house))


def test_a_long_file_is_read_in_good_time(house: Path) -> None:
    write(house, {C: CLAUSE + MANY})
    begun = dt.datetime.now()
    assert mistakes(house) == []
    assert (dt.datetime.now() - begun).total_seconds() < 60, "each requirement costs the same, not more and more"


# packs against each other


@pytest.mark.parametrize(
    ("packs", "limit"), [(("loud",), 90), (("shy",), 80), (("loud", "shy"), 90), (("shy", "loud"), 90)]
)
def test_what_one_pack_tightens_another_does_not_loosen(house: Path, packs: tuple[str, ...], limit: int) -> None:
    write(house, {"packs/shy/_pack.yaml": SHY.replace("90 %", "80 %")})
    found = editions.checklist("ours-2020", packs, (house,)).rules()[0][2]
    assert isinstance(found, Computed) and found.accept.at_least == Quantity(limit, "%")


def test_packs_that_contradict_each_other_are_refused_together_and_usable_alone(house: Path) -> None:
    write(house, {"packs/shy/_pack.yaml": SHY.replace("at_least: 90 %", "at_least: 75 %, at_most: 80 %")})
    editions.checklist("ours-2020", ("shy",), (house,))
    with pytest.raises(DefinitionError, match=r"at_least is above at_most.*loud and shy.*switch one off"):
        editions.checklist("ours-2020", ("loud", "shy"), (house,))


def test_packs_may_tighten_each_other(house: Path) -> None:
    limit = "reviewed_within: 6 months"
    own = PACK_CLAUSE.replace("loud", "shy")
    write(house, {
        P: PACK.replace("9.1-a-1", "shy-9.1-a-2").replace("at_least: 90 %", limit),
        "packs/shy/_pack.yaml": SHY.replace("9.1-a-1", "loud-9.1-a-2").replace("at_least: 90 %", limit),
        "packs/shy/9.1-shyer.yaml": own,
    })  # fmt: skip
    assert mistakes(house) == []
    found = editions.checklist("ours-2020", ("loud", "shy"), (house,)).rules()
    tight = [rule.id for _, _, rule in found if getattr(rule.accept, "reviewed_within", None) == Quantity(6, "months")]
    assert tight == ["loud-9.1-a-2", "shy-9.1-a-2"]


# an organisation's own layer, broken before a run and while the program runs


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (CLAUSE.replace("csat_top_2_box", "csat"), "9.1-ours.yaml:10:9: there is no usable KPI 'csat'"),
        (CLAUSE.replace("survey method", "method"), "9.1-ours.yaml:15:9: 'method' is no kind of document"),
        ("clause: [", "9.1-ours.yaml:1:10: not readable as YAML"),
    ],
)
def test_a_broken_own_layer_stops_the_run_in_one_line(house: Path, tmp_path: Path, content: str, told: str) -> None:
    own = write(tmp_path / "own", {"ours-2020/9.1-ours.yaml": content})
    with pytest.raises(DefinitionError) as refused:
        refuse_unusable((house, own))
    assert told in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("says", "instead", "told"),
    [
        ("csat_top_2_box", "csat_top_3_box", "names 'csat_top_3_box', which is no KPI.*did you mean 'csat_top_2_box'"),
        ("survey method", "survey metod", "names 'survey metod', which is no kind of document.*did you mean"),
    ],
)
def test_what_a_changed_file_names_in_vain_is_one_line_where_verdicts_are_asked_again(
    house: Path, says: str, instead: str, told: str
) -> None:
    write(house, {C: CLAUSE.replace(says, instead)})
    with pytest.raises(AuditError, match=told):
        assessor(house).clauses()


def test_whole_files_are_assessed(house: Path) -> None:
    (clause,) = assessor(house).clauses()
    assert [str(e.outcome) for r in clause.requirements for e in r.evidence] == ["not evaluated", "not evaluated"]


def assessor(house: Path) -> Assessor:
    nothing = pd.DataFrame(columns=COLUMNS)
    day = dt.date(2026, 10, 31)
    found = editions.checklist("ours-2020", (), (house,))
    return Assessor(found, definitions.kpis(), nothing, Grounds(), day, day)
