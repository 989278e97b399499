"""Editions, what they carry over, packs, and an organisation's own layer; each mistake named where it stands."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audit.checklist import Checklist, Clause, Requirement
from audit.errors import DefinitionError
from audit.quantity import Quantity
from audit.rule import Computed
from pipelines import definitions
from pipelines.checking.check_checklists import checklists, refuse_unusable
from pipelines.checking.known import Known
from pipelines.checklists import editions
from tests.pipelines.own_checklist import CLAUSE, FORMER, LATER, PACK, PACK_CLAUSE, SAMPLED, STANDARD, written


@pytest.fixture
def house(tmp_path: Path) -> Path:
    return written(tmp_path / "house")


def clauses(found: Checklist) -> dict[str, Clause]:
    return {clause.clause: clause for clause in found.clauses}


def requirements(found: Checklist) -> dict[str, Requirement]:
    return {requirement.id: requirement for clause in found.clauses for requirement in clause.requirements}


def at_least(found: Checklist, evidence_id: str) -> Quantity | None:
    (rule,) = [rule for _, _, rule in found.rules() if rule.id == evidence_id]
    assert isinstance(rule, Computed)
    return rule.accept.at_least


# --- reading ----------------------------------------------------------------------------------------------------------
def test_clauses_stand_in_the_order_of_their_numbers(house: Path) -> None:
    found = editions.checklist(FORMER, ("loud",), (house,))
    assert [clause.clause for clause in found.clauses] == ["9.9", "9.10", "10.9"]


def test_an_edition_carries_requirements_with_their_ids_questions_and_evidence(house: Path) -> None:
    former = requirements(editions.checklist(FORMER, (), (house,)))
    later = requirements(editions.checklist(LATER, (), (house,)))
    assert list(later) == ["9.9-a", "9.9-b", "9.9-c", "10.9-a"]
    assert later["9.9-a"].evidence == former["9.9-a"].evidence and later["9.9-a"].asks == former["9.9-a"].asks
    assert later["9.9-a"].refs == {"ours-2020": "9.9", "ours-2025": "9.9"}
    changed = later["9.9-b"]
    assert changed.asks.en == "Do they act on it" and [q.to for q in changed.ask_people] == ["top management"]
    assert [rule.id for rule in changed.evidence] == ["9.9-b-1", "9.9-b-2"]
    assert changed.altered and (changed.altered.change, changed.altered.confidence) == ("wording", "low")
    assert later["10.9-a"].refs["ours-2025"] == "10.10" and former["10.9-a"].refs == {}
    assert all(requirement.altered is None for requirement in former.values())


def test_a_clause_carries_what_it_does_not_write_itself(house: Path) -> None:
    former, later = (clauses(editions.checklist(each, (), (house,)))["9.9"] for each in (FORMER, LATER))
    assert (later.title.en, later.documented.maintained, later.typical_evidence) == (
        "Hearing", former.documented.maintained, former.typical_evidence)  # fmt: skip
    alone = clauses(editions.checklist(LATER, (), (house,)))["10.10"]
    assert alone.documented.maintained == () and alone.typical_evidence == ()


@pytest.mark.parametrize(("edition", "known_from"), [(FORMER, ""), (LATER, FORMER)])
def test_documented_information_that_is_carried_says_from_which_edition(
    house: Path, edition: str, known_from: str
) -> None:
    """Also where none is known, and where a pack adds its own."""
    found = editions.checklist(edition, ("loud",) if edition == FORMER else (), (house,))
    assert {clause.documented.as_in for clause in found.clauses} == {known_from}


def test_the_later_edition_of_ours_claims_to_know_of_no_documented_information_itself() -> None:
    """Nobody here read its text."""
    assert {clause.documented.as_in for clause in editions.checklist("iso-9001-2026").clauses} == {"iso-9001-2015"}
    assert {clause.documented.as_in for clause in editions.checklist("iso-9001-2015").clauses} == {""}


def test_a_pack_joins_its_requirements_to_a_clause_and_brings_its_own(house: Path) -> None:
    found = editions.checklist(FORMER, ("loud",), (house,))
    joined = clauses(found)["9.9"]
    assert [(r.id, r.pack) for r in joined.requirements] == [("9.9-a", ""), ("9.9-b", ""), ("loud-9.9-a", "loud")]
    assert joined.title.en == "Listening"
    assert [text.en for text in joined.documented.maintained + joined.documented.retained] == ["A method.", "The tape."]
    assert clauses(found)["9.10"].title.en == "Louder"
    assert [each.id for each in found.packs] == ["loud"]


def test_a_pack_that_is_not_switched_on_changes_nothing(house: Path) -> None:
    found = editions.checklist(FORMER, (), (house,))
    assert at_least(found, "9.9-a-1") == Quantity(70, "%") and "loud-9.9-a" not in requirements(found)


def test_a_pack_tightens_a_limit_and_leaves_the_others(house: Path) -> None:
    for edition in (FORMER, LATER):
        found = editions.checklist(edition, ("loud",), (house,))
        assert at_least(found, "9.9-a-1") == Quantity(90, "%") and at_least(found, "9.9-b-1") == Quantity(50, "%")
    (rule,) = [rule for _, _, rule in found.rules() if rule.id == "9.9-a-1"]
    assert isinstance(rule, Computed) and rule.accept.sample_of == 30


def test_packs_are_joined_in_the_order_in_which_they_are_switched_on_and_once_each(house: Path) -> None:
    written(house, {"packs/quiet/_pack.yaml": PACK.replace("loud", "quiet").replace("90 %", "80 %"),
                    "packs/quiet/9.9-more.yaml": PACK_CLAUSE.replace("loud", "quiet")})  # fmt: skip
    for packs in (("loud", "quiet"), ("quiet", "loud"), ("loud", "quiet", "loud")):
        found = editions.checklist(FORMER, packs, (house,))
        added = [r.pack for r in clauses(found)["9.9"].requirements if r.pack]
        assert added == list(dict.fromkeys(packs))
        assert at_least(found, "9.9-a-1") == Quantity(90, "%"), "what one pack tightens, another does not loosen"


@pytest.mark.parametrize(
    ("edition", "packs", "words"),
    [
        ("our-2020", (), "there is no checklist 'our-2020' (did you mean 'ours-2020'?); known are: ours-2020, ours-"),
        (FORMER, ("lowd",), "there is no pack 'lowd' (did you mean 'loud'?); known are: loud"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_nearest(
    house: Path, edition: str, packs: tuple[str, ...], words: str
) -> None:
    with pytest.raises(DefinitionError) as refused:
        editions.checklist(edition, packs, (house,))
    assert str(refused.value).startswith(words)


# --- an organisation's own layer --------------------------------------------------------------------------------------
def test_an_own_layer_replaces_a_clause_and_adds_one(house: Path, tmp_path: Path) -> None:
    own = written(tmp_path / "own", {
        "ours-2020/9.9-ours.yaml": CLAUSE.replace("70 %", "60 %").replace("Listening", "Our listening"),
        "ours-2020/7.4-talking.yaml": SAMPLED.replace("10.9", "7.4"),
        "documents.yaml": "site plan: {title: {en: Plan, zh: 图}, meaning: {en: A plan., zh: 图。}}\n"})  # fmt: skip
    found = editions.checklist(FORMER, (), (house, own))
    assert [(c.clause, c.title.en) for c in found.clauses] == [
        ("7.4", "Answering"), ("9.9", "Our listening"), ("10.9", "Answering")]  # fmt: skip
    assert at_least(found, "9.9-a-1") == Quantity(60, "%") and set(found.documents) == {"survey method", "site plan"}
    assert at_least(editions.checklist(LATER, (), (house, own)), "9.9-a-1") == Quantity(60, "%")
    assert at_least(editions.checklist(FORMER, (), (house,)), "9.9-a-1") == Quantity(70, "%")
    assert mistakes(house, own) == []


def test_what_an_own_clause_leaves_out_the_next_edition_still_carries(house: Path, tmp_path: Path) -> None:
    own = written(tmp_path / "own", {"ours-2020/9.9-ours.yaml": CLAUSE[: CLAUSE.index("  - id: 9.9-b")]})
    assert "9.9-b" not in requirements(editions.checklist(FORMER, (), (house, own)))
    assert "9.9-b" in requirements(editions.checklist(LATER, (), (house, own)))
    assert mistakes(house, own) == []


def test_an_own_edition_and_an_own_pack_stand_beside_those_of_the_house(house: Path, tmp_path: Path) -> None:
    own = written(tmp_path / "own", {
        "mine/_standard.yaml": STANDARD.replace("ours-2020", "mine"), "mine/1.2-a.yaml": SAMPLED.replace("10.9", "1.2"),
        "packs/mine/_pack.yaml": PACK.replace("loud", "mine").partition("tightens")[0]})  # fmt: skip
    assert editions.named((house, own)) == ["mine", FORMER, LATER] and editions.packs_named((house, own)) == [
        "loud",
        "mine",
    ]
    assert list(requirements(editions.checklist("mine", ("mine",), (house, own)))) == ["1.2-a"]
    assert mistakes(house, own) == []


def test_a_change_of_the_own_layer_is_seen_at_once(house: Path, tmp_path: Path) -> None:
    own = written(tmp_path / "own", {"ours-2020/9.9-ours.yaml": CLAUSE.replace("70 %", "60 %")})
    file = own / "ours-2020" / "9.9-ours.yaml"
    assert at_least(editions.checklist(FORMER, (), (house, own)), "9.9-a-1") == Quantity(60, "%")
    file.write_text(CLAUSE.replace("70 %", "5 %"), encoding="utf-8")
    os.utime(file, (1, 1))  # put back from a copy that is older
    assert at_least(editions.checklist(FORMER, (), (house, own)), "9.9-a-1") == Quantity(5, "%")
    file.unlink()
    assert at_least(editions.checklist(FORMER, (), (house, own)), "9.9-a-1") == Quantity(70, "%")


# --- mistakes ---------------------------------------------------------------------------------------------------------
def mistakes(*layers: Path) -> list[DefinitionError]:
    known = Known(definitions.sources(), definitions.kpis())
    checklists(known, layers)
    return known.mistakes


def test_what_is_written_by_hand_here_has_no_mistake(house: Path) -> None:
    assert mistakes(house) == []


F, S, L, LS, P, PC = ("ours-2020/9.9-listening.yaml", "ours-2020/_standard.yaml", "ours-2025/9.9-hearing.yaml",
                      "ours-2025/_standard.yaml", "packs/loud/_pack.yaml", "packs/loud/9.9-louder.yaml")  # fmt: skip
ONE_MISTAKE = [
    # file, written, instead, the text at which the mistake is shown, what is said
    (F, "computed: csat_top_2_box", "computed: csat_top_box", "computed: csat_top_box",
     "there is no usable KPI 'csat_top_box' (did you mean 'csat_top_2_box'?)"),
    (F, "at_least: 70 %", "at_least: 70 days", "at_least: 70 days", "at_least is in days, but csat_top_2_box is in %"),
    (F, "sample_of: 30", "sample_off: 30", "sample_off", "'sample_off' is not known here (did you mean 'sample_of'?)"),
    (F, "document: survey method", "document: survey metod", "document: survey metod",
     "'survey metod' is no kind of document in documents.yaml (did you mean 'survey method'?)"),
    (F, "status: approved", "status: aproved", "status: aproved", "'aproved': input should be 'draft', 'in review'"),
    (F, "interview: staff", "interview: boss", "interview: boss", "'boss': input should be 'top management'"),
    (F, "interview: staff", "interview: process owner", "interview: process owner",
     "no question of 9.9-a is to 'process owner'; add one under ask_people"),
    (F, "{to: staff", "{to: stuff", "to: stuff", "'stuff': input should be 'top management'"),
    (F, "otherwise: observation", "otherwise: good practice", "otherwise: good practice", "is no good practice"),
    (F, "id: 9.9-b\n", "id: 9.2-b\n", "id: 9.2-b", "'9.2-b' must begin with '9.9-'"),
    (F, "id: 9.9-a-2", "id: 9.9-a-1", "id: 9.9-a-1\n        document", "'9.9-a-1' is taken already, in "),
    (F, "    refs: {ours-2020", "    weight: 0\n    refs: {ours-2020", "weight: 0", "input should be greater than 0"),
    (F, "    refs: {ours-2020", "    weight: inf\n    refs: {ours-2020", "weight: inf", "should be a finite number"),
    (F, "    refs: {ours-2020", "    pack: loud\n    refs: {ours-2020", "pack: loud",
     "'pack' is taken from the folder; leave the line out"),
    (F, "documented:\n", "documented:\n  as_in: ours-2019\n", "as_in: ours-2019",
     "'as_in' follows from the edition; leave the line out"),
    (F, "refs: {ours-2020", "refs: {ours-2019", "ours-2019", "'ours-2019' is no standard; write it as iso-9001-2015"),
    (F, "over: 12 months", "over: 1201 months", "over: 1201", "write at most 1200 months"),
    ("ours-2020/10.9-answering.yaml", "sample: survey_responses", "sample: survey_response", "sample: survey_response",
     "there is no usable source 'survey_response' (did you mean 'survey_responses'?)"),
    ("ours-2020/10.9-answering.yaml", "look_for: [{en: Somebody read it., zh: 有人阅读。}]", "look_for: []",
     "look_for: []", "write at least one entry"),
    (S, "id: ours-2020", "id: our-2020", "id: our-2020", "the folder is named 'ours-2020'; write 'id: ours-2020'"),
    (LS, "follows: ours-2020", "follows: ours-202", "follows", "there is no checklist 'ours-202' (did you mean 'ours-"),
    (LS, "follows: ours-2020", "follows: ours-2025", "follows", "'ours-2025' would follow itself"),
    (L, 'carries: "9.9"', 'carries: "9.2"', "carries", "there is no clause '9.2' in ours-2020 (did you mean '9.9'?)"),
    (L, "{carries: 9.9-a", "{carries: 9.9-z", "carries: 9.9-z", "there is no requirement '9.9-z' in ours-2020"),
    (L, "{carries: 9.9-a, change: none}", "{carries: 9.9-a}", "{carries: 9.9-a}", "'change' is missing; add it"),
    (L, "change: wording", "change: words", "change: words", "'words': input should be 'none', 'wording'"),
    (L, "id: 9.9-b-2", "id: 9.9-b-1", "id: 9.9-b-1", "'9.9-b-1' is taken already, in "),
    (L, "id: 9.9-b-2", "id: 9.9-c-2", "id: 9.9-c-2", "'9.9-c-2' must begin with '9.9-b-'"),
    (L, "  - id: 9.9-c\n", "  - {carries: 9.9-b, change: none}\n  - id: 9.9-c\n", "carries: 9.9-b, change: none",
     "'9.9-b' is carried already, in "),
    (L, "id: 9.9-c\n", "id: 9.9-a\n", "id: 9.9-a\n", "'9.9-a' is taken already, in "),
    (L, "confidence: low", "confidence: low\n    sources: [S99]", "S99", "'S99' is no source in sources.yaml"),
    (P, "id: loud", "id: lowd", "id: lowd", "the folder is named 'loud'; write 'id: loud'"),
    (P, "evidence: 9.9-a-1", "evidence: 9.9-a-9", "evidence: 9.9-a-9", "there is no evidence '9.9-a-9' (did you mean"),
    (P, "at_least: 90 %", "at_least: 90 points", "at_least: 90 points", "at_least is in points, but"),
    (P, "at_least: 90 %", "reviewed_within: 9 months", "accept", "is no limit of this kind of evidence; write one of"),
    (P, "at_least: 90 %", "at_least: much", "accept", "criterion of 9.9-a-1: at_least: 'much' is not a quantity"),
    (PC, "id: loud-9.9-a\n", "id: 9.9-a\n", "id: 9.9-a\n", "'9.9-a' must begin with 'loud-9.9-'"),
    (PC, "requirements:\n", "carries: '9.9'\nrequirements:\n", "carries", "'carries' is not known here"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "says", "instead", "at", "words"), ONE_MISTAKE, ids=[f"{c[0][:12]}: {c[2][:30]}" for c in ONE_MISTAKE]
)
def test_a_mistake_is_named_with_file_line_and_column(
    house: Path, file: str, says: str, instead: str, at: str, words: str
) -> None:
    text = (house / file).read_text(encoding="utf-8")
    assert says in text
    changed = text.replace(says, instead, 1)
    (house / file).write_text(changed, encoding="utf-8")
    found = mistakes(house)
    mine = [mistake for mistake in found if words in mistake.message]
    assert mine, [str(mistake) for mistake in found]
    above = changed[: changed.index(at)].split("\n")
    assert (mine[0].file, mine[0].line, mine[0].column) == ((house / file).as_posix(), len(above), len(above[-1]) + 1)
    assert all("\n" not in str(mistake) for mistake in found)


def test_a_circle_of_editions_is_a_mistake_and_no_endless_way(house: Path) -> None:
    written(house, {S: STANDARD + "follows: ours-2025\n"})
    circular = [mistake.file for mistake in mistakes(house) if "would follow itself" in mistake.message]
    assert len(circular) == 2
    with pytest.raises(DefinitionError, match="would follow itself"):
        editions.checklist(LATER, (), (house,))


def test_three_editions_in_a_row_are_checked_from_the_first_on_whatever_their_names(house: Path) -> None:
    written(house, {"a-2030/_standard.yaml": STANDARD.replace("ours-2020", "a-2030") + "follows: ours-2025\n",
                    "a-2030/9.9-a.yaml": 'clause: "9.9"\ntitle: {en: A, zh: 甲}\ncarries: "9.9"\nrequirements:\n'
                                         "  - {carries: 9.9-c, change: none}\n"})  # fmt: skip
    assert mistakes(house) == []
    carried = requirements(editions.checklist("a-2030", (), (house,)))["9.9-c"]
    assert carried.refs == {"a-2030": "9.9"}


def test_an_organisations_mistake_stops_its_run_and_one_of_another_does_not(house: Path, tmp_path: Path) -> None:
    broken = CLAUSE.replace("csat_top_2_box", "csat")
    own = written(tmp_path / "own", {"ours-2020/9.9-ours.yaml": broken})
    with pytest.raises(DefinitionError, match=r"9.9-ours.yaml:13:9: there is no usable KPI 'csat'"):
        refuse_unusable((house, own))
    written(house, {F: broken})
    refuse_unusable((house,))
    refuse_unusable((house, written(tmp_path / "other", {"ours-2020/10.9-ours.yaml": SAMPLED})))
