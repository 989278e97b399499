"""What can be wrong with a text of a checklist, each as a rule that says what it found; and every text there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from audit.text import Text
from pipelines import definitions, yaml_file

HAN = "\u4e00-\u9fff"
WIDE = "，。；：？！、（）"

# How a text is written, by the key that it stands under: how many characters at most, and what it is.
SENTENCES = {"asks", "ask_people", "shows", "look_for", "what", "because", "maintained", "retained", "anchors"}
PHRASES = {"title", "observation", "typical_evidence"}
PROSE = {"note", "notice", "meaning"}
LONGEST = {**dict.fromkeys(SENTENCES | PHRASES, (160, 60)), **dict.fromkeys(PROSE, (450, 160))}

OBLIGATION = re.compile(
    r"\b(shall|must|should|(is|are) required to|(is|are) obliged to)\b"
    r"|应当|必须|应该|务必|须(?!知)|(?<![供相响反回适对])应(?![用对急付答])"
)
# A few words each, enough to recognise a sentence that was copied and too few to be one.
NOT_OURS = (
    "consistently met",
    "statutory and regulatory",
    "needs and expectations have been fulfilled",
    "obtaining, monitoring and reviewing",
    "handling or controlling",
    "specific requirements for contingency",
    "data and information arising",
    "conformity of products",
    "planning has been implemented",
    "status of actions from",
    "adequacy of resources",
    "eliminate the cause",
    "deal with the consequences",
    "nature of the nonconformities",
    "make changes to the quality management system",
    "delivered part quality performance",
    "customer notifications related to",
    "incidents of premium freight",
    "improvement that address deficiencies",
    "effectiveness of the results",
    "appropriate to the seriousness",
    "significant increase in a complaint",
    "acknowledged to the complainant",
    "customer focus throughout",
    "得到满足的程度",
    "获取、监视和评审",
    "持续满足",
    "处置或控制",
    "关系重大时",
    "是否得到有效实施",
    "所采取措施的有效性",
    "资源的充分性",
    "任何后续措施",
    "消除产生不合格",
    "整个组织内推动",
    "整个组织推动",
    "管理体系的绩效和有效性",
    "频次、方法",
    "以往的审核结果",
    "明确审核准则和审核范围",
    "审核结果报告给相关管理者",
    "采取纠正和纠正措施",
    "证明审核方案已实施",
    "按策划的时间间隔",
    "在其职责范围内发挥",
    "体系的绩效和改进机会",
    "自身的绩效和有效性",
    "评审的结果保留成文信息",
)
# Words that GB/T 19001 does not use, with the one that it does.
TERMS = {
    "客户": "顾客",
    "审计": "审核",
    "文件化信息": "成文信息",
    "不合格项": "不符合",
    "纪录": "记录",
    "最高管理层": "最高管理者",
    "高层管理": "最高管理者",
    "外部供应商": "外部供方",
    "内审": "内部审核",
    "利益相关": "相关方",
    "客诉": "顾客投诉",
    "持续改善": "持续改进",
    "管理审查": "管理评审",
    "质量体系": "质量管理体系",
    "风险和机会": "风险和机遇",
    "证书机构": "认证机构",
}
ASKING = re.compile(
    r"^(what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|may|would|has|have)\b", re.I
)
ASKING_ZH = re.compile(r"什么|谁|哪|怎|如何|多少|几[个次天]|吗|为何|是否|多久")


def languages(text: Text, key: str) -> str:
    if re.search(f"[{HAN}]", text.en) or not re.search("[A-Za-z]", text.en):
        return "the English is not English"
    return "" if re.search(f"[{HAN}]", text.zh) else "the Chinese is not Chinese"


def widths(text: Text, key: str) -> str:
    """Half-width marks touch no Chinese character, and full-width ones no English."""
    if re.search(f"[{HAN}][,;:?!().]|[,;:?!()][{HAN}]", text.zh) or re.search(r"[\"']", text.zh):
        return "Chinese takes full-width punctuation"
    if re.search(f"\\s[{WIDE}]|[{WIDE}]\\s|[{HAN}] +[{HAN}]", text.zh):
        return "a blank has no place beside a Chinese mark"
    if re.search("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]", text.zh + text.en):
        return "letters and digits are half-width"
    return "English takes half-width punctuation" if re.search("[\u3000-\u303f\uff00-\uffef“”‘’…]", text.en) else ""


def endings(text: Text, key: str) -> str:
    marks = text.en.endswith((".", "?")), text.zh.endswith(("。", "？"))
    if marks != ((False, False) if key in PHRASES else (True, True)):
        return "a sentence ends with a mark, a phrase does not"
    return "" if text.en.endswith("?") == text.zh.endswith("？") else "a question in one language only"


def questions(text: Text, key: str) -> str:
    """What asks has a question mark, and only questions to people ask."""
    if key != "ask_people":
        return "only people are asked" if "?" in text.en or "？" in text.zh else ""
    asked = re.split(r"(?<=[.?])\s+", text.en)
    if any(ASKING.match(each) and not each.endswith("?") for each in asked):
        return "a question without a question mark"
    bidden = "？" in text.zh or text.zh.startswith("请")
    return "a Chinese question without a question mark" if ASKING_ZH.search(text.zh) and not bidden else ""


def lengths(text: Text, key: str) -> str:
    en, zh = LONGEST[key]
    return "" if len(text.en) <= en and len(text.zh) <= zh else f"longer than {en} characters, or {zh} in Chinese"


def obligations(text: Text, key: str) -> str:
    found = OBLIGATION.search(text.en.lower()) or OBLIGATION.search(text.zh)
    return f"'{found[0]}' obliges" if found else ""


def copies(text: Text, key: str) -> str:
    found = [phrase for phrase in NOT_OURS if phrase in text.en.lower() or phrase in text.zh]
    return f"'{found[0]}' is the standard's" if found else ""


def terms(text: Text, key: str) -> str:
    found = [word for word in TERMS if word in text.zh]
    return f"'{found[0]}' is '{TERMS[found[0]]}' here" if found else ""


RULES: tuple[Callable[[Text, str], str], ...] = (
    languages, widths, endings, questions, lengths, obligations, copies, terms,
)  # fmt: skip


def faults(text: Text, key: str) -> list[str]:
    return [found for rule in RULES if (found := rule(text, key))]


def written() -> Iterator[tuple[str, str, Text]]:
    """Each text of each file: where it stands, the key that it stands under, and the text."""
    for path in sorted(definitions.CHECKLISTS.rglob("*.yaml")):
        file = path.relative_to(definitions.CHECKLISTS).as_posix()
        for at, text in _texts(yaml_file.read(path).content, ()):
            key = next(part for part in reversed(at) if part in LONGEST)
            yield f"{file} {'.'.join(at)}", key, text


def _texts(value: Any, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
    if isinstance(value, dict) and "en" in value:
        yield at, Text(en=value["en"], zh=value["zh"])
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*at, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*at, str(place)))
