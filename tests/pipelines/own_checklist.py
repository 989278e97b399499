"""Two small editions and two packs, written by hand: what an organisation may write, and what tests may break."""

from __future__ import annotations

from pathlib import Path

FORMER, LATER = "ours-2020", "ours-2025"
STANDARD = """\
id: ours-2020
title: {en: Ours, zh: 我们的}
edition: "2020"
notice: {en: Our own., zh: 自有。}
"""
LATER_STANDARD = STANDARD.replace("2020", "2025") + "follows: ours-2020\n"
CLAUSE = """\
clause: "9.9"
title: {en: Listening, zh: 倾听}
documented:
  maintained: [{en: A method., zh: 方法。}]
typical_evidence: [{en: A survey, zh: 调查}]
requirements:
  - id: 9.9-a
    asks: {en: Do they ask, zh: 是否询问？}
    ask_people: [{to: staff, en: Whom do you ask, zh: 问谁？}]
    refs: {ours-2020: "9.9"}
    evidence:
      - id: 9.9-a-1
        computed: csat_top_2_box
        shows: {en: They are content., zh: 满意。}
        accept: {at_least: 70 %, sample_of: 30, over: 12 months}
        otherwise: minor nonconformity
      - id: 9.9-a-2
        document: survey method
        shows: {en: It is written., zh: 已成文。}
        accept: {status: approved, reviewed_within: 12 months}
        otherwise: minor nonconformity
      - id: 9.9-a-3
        interview: staff
        shows: {en: They know it., zh: 知道。}
        otherwise: observation
  - id: 9.9-b
    asks: {en: Do they use it, zh: 是否使用？}
    evidence:
      - id: 9.9-b-1
        computed: csat_top_2_box
        shows: {en: It does not fall., zh: 未下降。}
        accept: {at_least: 50 %, sample_of: 10, no_worse_than_before: yes}
        otherwise: observation
"""
SAMPLED = """\
clause: "10.9"
title: {en: Answering, zh: 答复}
requirements:
  - id: 10.9-a
    asks: {en: Is each answer read, zh: 是否阅读？}
    evidence:
      - id: 10.9-a-1
        sample: survey_responses
        look_for: [{en: Somebody read it., zh: 有人阅读。}]
        shows: {en: They are read., zh: 已阅读。}
        otherwise: minor nonconformity
"""
CARRYING = """\
clause: "9.9"
title: {en: Hearing, zh: 听取}
carries: "9.9"
requirements:
  - {carries: 9.9-a, change: none}
  - carries: 9.9-b
    change: wording
    confidence: low
    asks: {en: Do they act on it, zh: 是否据此行动？}
    ask_people: [{to: top management, en: What did you change, zh: 改了什么？}]
    evidence:
      - id: 9.9-b-2
        interview: top management
        shows: {en: They decide., zh: 决策。}
        otherwise: observation
  - id: 9.9-c
    altered: {change: new}
    asks: {en: Do they watch the silent, zh: 是否关注沉默者？}
    evidence:
      - id: 9.9-c-1
        document: survey method
        shows: {en: The method says so., zh: 方法有此规定。}
        accept: {status: approved}
        otherwise: minor nonconformity
"""
CARRYING_ON = """\
clause: "10.10"
title: {en: Answering, zh: 答复}
requirements:
  - {carries: 10.9-a, change: moved, ref: "10.10"}
"""
PACK = """\
id: loud
title: {en: Loud, zh: 响}
meaning: {en: More., zh: 更多。}
notice: {en: Ours., zh: 自有。}
tightens:
  - {evidence: 9.9-a-1, accept: {at_least: 90 %}, because: {en: Strict., zh: 严格。}}
"""
PACK_CLAUSE = """\
clause: "9.9"
title: {en: Louder, zh: 更响}
documented:
  retained: [{en: The tape., zh: 录音。}]
requirements:
  - id: loud-9.9-a
    asks: {en: Is it loud, zh: 是否响亮？}
    evidence:
      - id: loud-9.9-a-1
        document: survey method
        shows: {en: It says so., zh: 有规定。}
        accept: {status: approved}
        otherwise: minor nonconformity
"""
PACK_OWN_CLAUSE = PACK_CLAUSE.replace('"9.9"', '"9.10"').replace("loud-9.9-a", "loud-9.10-a")
DOCUMENTS = "survey method: {title: {en: Survey method, zh: 调查方法}, meaning: {en: How we ask., zh: 如何调查。}}\n"
EVERYTHING = {
    "documents.yaml": DOCUMENTS,
    "ours-2020/_standard.yaml": STANDARD,
    "ours-2020/9.9-listening.yaml": CLAUSE,
    "ours-2020/10.9-answering.yaml": SAMPLED,
    "ours-2025/_standard.yaml": LATER_STANDARD,
    "ours-2025/9.9-hearing.yaml": CARRYING,
    "ours-2025/10.10-answering.yaml": CARRYING_ON,
    "packs/loud/_pack.yaml": PACK,
    "packs/loud/9.9-louder.yaml": PACK_CLAUSE,
    "packs/loud/9.10-alone.yaml": PACK_OWN_CLAUSE,
}


def written(folder: Path, files: dict[str, str] | None = None) -> Path:
    """The files in a folder of checklists; without any, all of the above."""
    for name, content in (EVERYTHING if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
