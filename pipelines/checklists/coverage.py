"""Who can judge each requirement: `python -m pipelines.checklists.coverage` prints the table of docs/coverage.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audit.checklist import Clause, Requirement
from pipelines.checklists import editions

KINDS = ("computed", "document", "sample", "interview", "observation")
HEAD = "| requirement | data | document | sample | interview | observation |\n|---|---|---|---|---|---|"
BEGIN = """\
# Who can judge each requirement

A number says how many pieces of evidence of a kind a requirement has. Data judges by itself; documents once they are
registered; samples, interviews and observations stay *not evaluated* until somebody records an answer.
A later edition lists only what it asks in another way than the edition before. After a change of the checklists, write
this page again: `python -m pipelines.checklists.coverage > docs/coverage.md`.
"""


def coverage() -> str:
    parts = [BEGIN, *(_edition(name) for name in editions.named()), *(_pack(name) for name in editions.packs_named())]
    return "\n".join(parts)


def _edition(name: str) -> str:
    checklist = editions.checklist(name)
    follows = checklist.standard.follows
    former = {r.id: r.evidence for r in _requirements(editions.checklist(follows).clauses)} if follows else {}
    asked = [r for r in _requirements(checklist.clauses) if former.get(r.id) != r.evidence]
    return _section(checklist.standard.title.en, asked)


def _pack(name: str) -> str:
    return _section(editions.pack(name).title.en, _requirements(editions.pack_clauses(name, (editions.CHECKLISTS,))))


def _requirements(clauses: Iterable[Clause]) -> Iterator[Requirement]:
    for clause in editions.in_order(clauses):
        yield from clause.requirements


def _section(title: str, asked: Iterable[Requirement]) -> str:
    return f"## {title}\n\n{HEAD}\n" + "".join(f"| {r.id} | {' | '.join(_counts(r))} |\n" for r in asked)


def _counts(requirement: Requirement) -> Iterator[str]:
    for kind in KINDS:
        count = sum(rule.kind == kind for rule in requirement.evidence)
        yield str(count) if count else ""


if __name__ == "__main__":
    print(coverage(), end="")
