"""What keeping customers is worth, with the assumptions on record, and how many complaints nobody heard."""

from __future__ import annotations

from audit import withheld
from audit.records import Records, assumptions
from audit.text import Text
from audit.wording import say
from pipelines.analyses import small_groups
from pipelines.analyses.section import Section
from pipelines.runs.run_folder import Run
from pipelines.workspace import Workspace
from pipelines.worth import words
from pipelines.worth.of_run import AtStake, at_stake
from pipelines.worth.stakes import Stake


def sections(workspace: Workspace, run: Run, records: Records) -> list[Section]:
    """None for runs that did not look at it; what a few customers alone would tell is left out."""
    found = at_stake(workspace.runs / run.id, assumptions.standing(records))
    if found is None:
        return []
    shown = [each for each in found.stakes if each.name != "at_risk" or not _few(found, workspace)]
    return [*map(_section, shown), *_unheard(found, workspace.set_up.small_cells)]


def _few(found: AtStake, workspace: Workspace) -> bool:
    risk = found.lifetime.at_risk.result
    return risk is not None and 0 < risk.customers < workspace.set_up.small_cells


def _section(stake: Stake) -> Section:
    heads = say("Step"), say("Value (95 % interval)"), say("From")
    steps = stake.worth.steps if stake.worth else ()
    rows = tuple((words.step_word(one.name), words.value_text(one), words.origin_word(one.origin)) for one in steps)
    method = say("Formula: {formula}", formula=words.formula(stake.name))
    return Section(words.stake_title(stake.name), words.stake_sentence(stake), method, heads, rows)


def _unheard(found: AtStake, least: int) -> list[Section]:
    own = found.unheard.by_survey.result
    few = own is not None and small_groups.few((own.silent, own.dissatisfied - own.silent), least)
    told = withheld.words(least) if few else words.survey_sentence(found.unheard)
    of_survey = say("Complaints that nobody heard, by your survey"), told
    assumed = say("Complaints that nobody heard, by your assumption"), words.assumed_sentence(found.unheard)
    return [Section(title, sentence, _method()) for title, sentence in (of_survey, assumed)]


def _method() -> Text:
    return say("Measured are the answers and the complaints of twelve months; the share who complain is an assumption.")
