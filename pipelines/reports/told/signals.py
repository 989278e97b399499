"""Every KPI's verdict: whether it is changing, and by which rule that is said."""

from __future__ import annotations

from audit.records import Records
from audit.text import Text
from audit.wording import say
from pipelines import definitions
from pipelines.analyses.section import Section, nothing
from pipelines.runs.run_folder import Run
from pipelines.signalling.sentence import verdict_word
from pipelines.signals import VERDICTS, readings
from pipelines.workspace import Workspace

FIRST = ("worsening", "improving", "changed", "stable", "too few points", "not evaluated")
"""What a reader looks for comes first; every verdict stands in it."""


def sections(workspace: Workspace, run: Run, records: Records) -> list[Section]:
    found, kpis = readings(workspace, run, records), definitions.kpis()
    title, method = say("Signals of every figure, by month"), _method()
    if not found:
        return [nothing(title, say("The run measured no figure by month."), method)]
    ordered = sorted(found, key=lambda name: (FIRST.index(found[name].verdict), name))
    rows = tuple((kpis[name].title, verdict_word(found[name].verdict), found[name].because) for name in ordered)
    counts = {
        verdict.replace(" ", "_"): sum(each.verdict == verdict for each in found.values()) for verdict in VERDICTS
    }
    sentence = say(
        "Of {all} figures {worsening} are worsening, {improving} improving, {changed} changed and {stable} stable; "
        "{too_few_points} have too few points and {not_evaluated} are not evaluated.",
        all=len(found), **counts,
    )  # fmt: skip
    return [Section(title, sentence, method, (say("Figure"), say("Verdict"), say("Because")), rows)]


def _method() -> Text:
    return say(
        "Control charts (Shewhart 1931; XmR, p, u and c, with Laney's correction) with the rules of Nelson (1984), and "
        "the trend of Mann and Kendall with the slope of Sen. Assumes that months are independent of one another; a "
        "signal says that something changed, not why. With many figures some signals are chance."
    )
