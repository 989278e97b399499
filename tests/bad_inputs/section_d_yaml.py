"""Faults 82 to 90: YAML that people write, in a mapping, a workspace.yaml and the clause of a checklist."""

from __future__ import annotations

from answers import TABLE
from fault import Accepted, File, Refused, Variants, Yaml, fault, whole

MAPPING = "source: survey_responses\ncolumns:\n  comment: comment\n"
WORKSPACE = "organisation: Anybody Ltd\nas_of: 2026-10-31\n"
CLAUSE = """clause: "9.1.2"
title: {en: Customer satisfaction, zh: 顾客满意}
requirements:
  - id: 9.1.2-a
    asks: {en: The method is known., zh: 方法已知。}
    evidence:
      - id: 9.1.2-a-1
        document: survey method
        shows: {en: It is written down., zh: 已成文。}
        accept: {status: approved}
        otherwise: minor nonconformity
"""
USUAL = {"mapping": MAPPING, "workspace": WORKSPACE, "clause": CLAUSE}


def changed(kind: str, written: str, instead: str) -> Yaml:
    assert written in USUAL[kind], f"the {kind} says nothing of {written!r}"
    return Yaml(USUAL[kind].replace(written, instead, 1), kind)


@fault(82, "aliases and anchors")
def anchors() -> Variants:
    told = r"anchors \(&name\) are not allowed; write the value out"
    laughs = "source: &a [x,x]\nencoding: &b [*a,*a]\nsheet: [*b,*b]\n"
    yield "a bomb in a mapping", Yaml(laughs, "mapping"), Refused(f"mapping.yaml:1:9: {told}")
    itself = changed("workspace", "Anybody Ltd", "&a [*a]")
    yield "itself in itself", itself, Refused(f"workspace.yaml:1:15: {told}")
    alias = changed("clause", "minor nonconformity", "*same")
    yield "a name of nothing", alias, Refused(r"9.1.2.yaml:11:20: aliases \(\*name\) are not allowed; write the value")


@fault(83, "a tab for an indent")
def tabs() -> Variants:
    told = "a tab stands where spaces are needed; indent with spaces"
    yield "in a mapping", changed("mapping", "  comment", "\tcomment"), Refused(f"mapping.yaml:3:1: {told}")
    yield "in a set-up", changed("workspace", "as_of: ", "as_of:\n\t"), Refused(f"workspace.yaml:3:1: {told}")
    yield "in a clause", changed("clause", "    asks", "\tasks"), Refused(f"9.1.2.yaml:5:1: {told}")


@fault(84, "a word that nobody knows")
def unknown_word() -> Variants:
    colums = changed("mapping", "columns", "colums")
    yield "in a mapping", colums, Refused(r"mapping.yaml:2:1: 'colums' is not known here \(did you mean 'columns'\?\)")
    as_off = changed("workspace", "as_of", "as_off")
    yield "in a set-up", as_off, Refused(r"workspace.yaml:2:1: 'as_off' is not known here \(did you mean 'as_of'\?\)")
    acept = changed("clause", "accept", "acept")
    yield "in a clause", acept, Refused(r"9.1.2.yaml:10:9: 'acept' is not known here \(did you mean 'accept'\?\)")
    column = changed("mapping", "comment: comment", "coment: comment")
    yield "a column", column, Refused(r"mapping.yaml:3:3: 'coment' is not a column .*did you mean 'comment'\?")


@fault(85, "one key twice")
def twice() -> Variants:
    again = "is written twice, first in line {}; keep one"
    more = changed("mapping", "columns:", "columns:\n  comment: Remarks")
    yield "in a mapping", more, Refused("mapping.yaml:4:3: 'comment' " + again.format(3))
    name = changed("workspace", "as_of", "organisation: B\nas_of")
    yield "in a set-up", name, Refused("workspace.yaml:2:1: 'organisation' " + again.format(1))
    flow = changed("clause", "{status: approved}", "{status: approved, status: draft}")
    yield "in braces", flow, Refused("9.1.2.yaml:10:36: 'status' " + again.format(10))


COMPLAINTS = b"complaint_id,received_at,Level\nc1,2026-03-01,NO\nc2,2026-03-02,9.10\nc3,2026-03-03,12:30:45\n"
WORDS = """source: complaints
columns:
  severity: {from: Level, recode: {NO: low, 9.10: medium, 12:30:45: high}}
"""


@fault(86, "text that some readers take for something else")
def text_stays_text() -> Variants:
    yield "in a mapping", File(COMPLAINTS, WORDS, "complaints"), whole(3)
    yield (
        "9.10 and not 9.1",
        Yaml(CLAUSE.replace('"9.1.2"', "9.10").replace("9.1.2-", "9.10-"), "clause"),
        Accepted({"clause": "9.10"}),
    )
    yield "a name", changed("workspace", "Anybody Ltd", "NO"), Accepted({"organisation": "NO"})


@fault(87, "the wrong number of a clause")
def wrong_clause() -> Variants:
    told = r"'9.1.22-a' must begin with '9.1.2-'"
    yield "of a requirement", changed("clause", "id: 9.1.2-a\n", "id: 9.1.22-a\n"), Refused(f"9.1.2.yaml:4:5: {told}")
    told = r"'9.1.3-a-1' must begin with '9.1.2-a-'"
    yield "of evidence", changed("clause", "id: 9.1.2-a-1", "id: 9.1.3-a-1"), Refused(f"9.1.2.yaml:7:9: {told}")
    yield (
        "no number",
        changed("clause", '"9.1.2"', "nine"),
        Refused("9.1.2.yaml:1:1: clause: 'nine' is no number of a clause"),
    )
    edition = changed("workspace", "as_of: 2026-10-31", "edition: iso-9001-2051")
    yield "of an edition", edition, Refused("there is no checklist 'iso-9001-2051'.*; known are: .*iso-9001-2015")


@fault(88, "a tag that runs code")
def tag() -> Variants:
    told = r"tags \(!name\) are not allowed; write plain text"
    run = "!!python/object/apply:os.system [ls]"
    yield "in a mapping", Yaml(f"source: {run}\n", "mapping"), Refused(f"mapping.yaml:1:9: {told}")
    yield "in a set-up", changed("workspace", "Anybody Ltd", run), Refused(f"workspace.yaml:1:15: {told}")
    yield "of a number", changed("clause", '"9.1.2"', "!!float 9.1"), Refused(f"9.1.2.yaml:1:9: {told}")


@fault(89, "lists in lists in lists")
def deep() -> Variants:
    told = "nested deeper than 20 levels"
    yield "in a mapping", Yaml("[" * 3000, "mapping"), Refused(f"mapping.yaml:1:21: {told}")
    yield "in a set-up", Yaml("- " * 3000 + "a", "workspace"), Refused(f"workspace.yaml:1:41: {told}")
    steps = "\n".join(" " * at + "a:" for at in range(300))
    yield "in a clause", Yaml(steps, "clause"), Refused(f"9.1.2.yaml:21:21: {told}")


@fault(90, "no single page of text")
def no_page() -> Variants:
    second = Yaml(f"{MAPPING}---\n{MAPPING}", "mapping")
    yield "two pages", second, Refused("mapping.yaml:4:1: another document begins here; keep one in a file, and delete")
    yield "an empty mapping", Yaml("# only a comment\n", "mapping"), Refused("mapping.yaml:1:1: the file is empty")
    yield "an empty set-up", Yaml("", "workspace"), Refused("workspace.yaml:1:1: the file is empty")
    nul = changed("clause", "9.1.2-a\n", "9.1.2\0-a\n")
    yield "a NUL", nul, Refused(r"9.1.2.yaml:4:14: the character U\+0000 is not allowed; delete it")
    yield (
        "another encoding",
        Yaml("source: 顾客\n".encode("gbk"), "mapping"),
        Refused("mapping.yaml: not UTF-8 at byte 8"),
    )
    digits = Yaml(f"source: survey_responses\nheader_line: {'9' * 5000}\n", "mapping")
    yield "5,000 digits", digits, Refused("mapping.yaml:2:1: .*integer")
    marked = "\ufeff" + MAPPING
    yield "a byte order mark", File(TABLE.encode(), marked), whole(3)
    yield (
        "half a line",
        changed("workspace", "Anybody Ltd", "'Anybody"),
        Refused("workspace.yaml:3:1: not readable as YAML"),
    )
