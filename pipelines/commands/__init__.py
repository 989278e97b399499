"""What the command line offers: the words, and which function answers each."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from importlib import import_module
from typing import TypeAlias

from audit.errors import SourceError
from audit.grain import GRAINS

EARLIEST, LATEST = dt.date(1970, 1, 1), dt.date(2200, 12, 31)


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m pipelines", description="Files in, figures and verdicts out.")
    commands = top.add_subparsers(dest="name", metavar="COMMAND", required=True)
    for add in (
        _demo, _load, _loads, _rejects, _run, _kpis, _clauses, _readiness, _gaps, _bridge, _what_if, _effectiveness,
        _method, _objectives, _scorecard, _report, _verify, _trail, _erase, _backup, _restore, _people, _check,
    ):  # fmt: skip
        made = add(commands)
        made.add_argument("--workspace", metavar="DIR", help="folder of the organisation (else CLAUSELIGHT_WORKSPACE)")
        made.add_argument("--json", action="store_true", help="print one JSON document")
    return top


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def _answered_by(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """The function that answers; what it needs is imported when it is asked, so that help comes at once."""

    def answer(asked: argparse.Namespace) -> int:
        return int(getattr(import_module(f"pipelines.commands.{module}"), name)(asked))

    return answer


def _loading(asked: argparse.Namespace) -> int:
    if bool(asked.files) == bool(asked.from_folder):
        raise SourceError("name the files to load, or one folder after --from-folder, and not both")
    return _answered_by("folder" if asked.from_folder else "loading", "load")(asked)


def _demo(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("demo", help="make a workspace from a demo story")
    made.add_argument("--story", default="decline", metavar="NAME")
    made.add_argument("--list", action="store_true", help="name the stories")
    made.set_defaults(command=_answered_by("setting_up", "demo"))
    return made


def _load(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("load", help="receive, stage, gate and publish files")
    made.add_argument("files", nargs="*", metavar="FILE")
    made.add_argument("--from-folder", metavar="DIR", help="load what is new or changed in a folder, by name")
    made.add_argument("--source", required=True, metavar="NAME")
    made.add_argument("--mapping", metavar="FILE", help="a mapping, or the name of a tool, as in qualtrics")
    made.add_argument("--engine", choices=["compiled", "gx"], default="compiled", help="gx: no short way at the gate")
    made.add_argument("--again", action="store_true", help="put rows back that other files have replaced since")
    made.set_defaults(command=_loading)
    return made


def _loads(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("loads", help="what came in")
    made.set_defaults(command=_answered_by("loading", "loads"))
    return made


def _rejects(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("rejects", help="what was refused of a load, and why")
    made.add_argument("load", metavar="LOAD")
    made.set_defaults(command=_answered_by("loading", "rejects"))
    return made


def _run(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("run", help="measure and assess")
    made.add_argument("--from", dest="starts", type=_day, metavar="DATE", help="first day of the audit period")
    made.add_argument("--to", dest="ends", type=_day, metavar="DATE", help="its last day")
    made.add_argument("--as-of", dest="as_of", type=_day, metavar="DATE", help="the audit date; data as known on it")
    made.add_argument("--engine", choices=["duckdb", "spark"], default="duckdb", help="spark: see docs/spark.md")
    made.set_defaults(command=_answered_by("assessing", "run"))
    return made


def _kpis(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("kpis", help="the last run's measurements")
    made.add_argument("--kpi", metavar="K")
    made.add_argument("--grain", choices=GRAINS)
    made.add_argument("--by", metavar="DIM", help="segment, region, channel or product; without it all of them")
    made.set_defaults(command=_answered_by("assessing", "kpis"))
    return made


def _clauses(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("clauses", help="the last run's verdicts")
    made.set_defaults(command=_answered_by("assessing", "clauses"))
    return made


def _readiness(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("readiness", help="how much is shown, and what will have grown old")
    made.add_argument("--on", type=_day, metavar="DATE", help="the day of the audit to come")
    made.set_defaults(command=_answered_by("readying", "readiness"))
    return made


def _gaps(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("gaps", help="what is missing, the most pressing first")
    made.set_defaults(command=_answered_by("readying", "gaps"))
    return made


def _bridge(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("bridge", help="what the next edition of the standard changes for you")
    made.set_defaults(command=_answered_by("readying", "bridge"))
    return made


def _what_if(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("what-if", help="which verdicts would change; nothing is kept")
    made.add_argument("--set", action="append", default=[], metavar="KPI=VALUE", help="a figure, in its own unit")
    made.add_argument("--approve", action="append", default=[], metavar="KIND", help="a kind of document")
    made.add_argument("--heard", action="append", default=[], metavar="EVIDENCE", help="an interview or observation")
    made.set_defaults(command=_answered_by("readying", "what_if"))
    return made


def _effectiveness(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("effectiveness", help="whether the figures show that actions worked")
    made.add_argument("--action", metavar="ID", help="this one alone")
    made.set_defaults(command=_answered_by("effects", "effectiveness"))
    return made


def _method(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("method", help="a statistical method, on a CSV file or on the last run's figures")
    made.add_argument("--list", action="store_true", help="name the methods")
    made.add_argument("method", nargs="?", metavar="NAME", help="as in control-chart; --help after it says more")
    made.add_argument("options", nargs=argparse.REMAINDER, metavar="...", help="its own options")
    made.set_defaults(command=_answered_by("method", "method"))
    return made


def _objectives(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("objectives", help="targets against values; objectives to and from a file")
    made.add_argument("--to", metavar="FILE", help="write the objectives as YAML")
    made.add_argument("--from", dest="file_from", metavar="FILE", help="keep those of a file: shown first, then asked")
    made.add_argument("--yes", action="store_true", help="do not ask")
    made.add_argument("--reason", default="", metavar="TEXT", help="why they change, for the trail")
    made.set_defaults(command=_answered_by("objectives", "objectives"))
    return made


def _scorecard(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("scorecard", help="weighted indicators in points; scorecards to and from a file")
    made.add_argument("--to", metavar="FILE", help="write the scorecards as YAML")
    made.add_argument("--from", dest="file_from", metavar="FILE", help="keep those of a file: shown first, then asked")
    made.add_argument("--yes", action="store_true", help="do not ask")
    made.add_argument("--reason", default="", metavar="TEXT", help="why they change, for the trail")
    made.set_defaults(command=_answered_by("scorecards", "scorecards"))
    return made


def _report(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("report", help="write a report of the last run")
    made.add_argument("kind", choices=["pack", "gap", "methods"])
    made.add_argument("--to", required=True, metavar="FILE")
    made.set_defaults(command=_answered_by("reporting", "report"))
    return made


def _verify(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("verify", help="integrity of the workspace, or of a pack")
    made.add_argument("pack", nargs="?", metavar="PACK", help="with --workspace also against what it was made from")
    made.set_defaults(command=_answered_by("reporting", "verify"))
    return made


def _trail(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("trail", help="who did what to which record, when and why")
    made.add_argument("--who", default="", metavar="NAME")
    made.add_argument("--action", default="", metavar="ACTION", help="as in conclude, sign or load")
    made.add_argument("--object", default="", metavar="KIND", help="as in finding, decision or document")
    made.add_argument("--from", dest="starts", type=_day, metavar="DATE", help="first day, in UTC")
    made.add_argument("--to", dest="ends", type=_day, metavar="DATE", help="its last day")
    made.add_argument("--text", default="", metavar="TEXT", help="in the reason or the content")
    made.set_defaults(command=_answered_by("trailing", "trail"))
    return made


def _erase(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("erase", help="take a person out of all data, and record that")
    made.add_argument("customer", metavar="CUSTOMER", help="the identifier as the files have it, or the pseudonym")
    made.add_argument("--reason", required=True, metavar="TEXT", help="why, naming nobody")
    made.add_argument("--keep-originals", action="store_true", help="the law asks to keep files as they came")
    made.add_argument("--yes", action="store_true", help="do not ask")
    made.set_defaults(command=_answered_by("erasing", "erase"))
    return made


def _people(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("people", help="who may do what, where people sign in")
    made.add_argument("what", nargs="?", choices=["list", "add", "end"], default="list", metavar="list|add|end")
    made.add_argument("who", nargs="?", default="", metavar="WHO", help="an e-mail address, or issuer|subject")
    made.add_argument("--role", default="", metavar="ROLE", help="viewer, auditor, quality manager, administrator")
    made.add_argument("--name", dest="person", default="", metavar="NAME", help="the person's own name")
    made.add_argument("--audit", default="", metavar="AUDIT", help="which one a guest auditor sees")
    made.add_argument("--until", type=_day, metavar="DATE", help="the last day on which the role counts")
    made.add_argument("--reason", default="", metavar="TEXT")
    made.set_defaults(command=_answered_by("people", "people"))
    return made


def _backup(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("backup", help="the whole workspace in one file, while people work")
    made.add_argument("--to", required=True, metavar="FILE_OR_DIR", help="a new file, or a folder for it")
    made.add_argument("--with-key", action="store_true", help="the key of the pseudonyms too; lock such a file away")
    made.set_defaults(command=_answered_by("keeping", "backup"))
    return made


def _restore(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("restore", help="make a workspace of a backup, in a new folder")
    made.add_argument("backup", metavar="FILE")
    made.add_argument("--to", required=True, metavar="FOLDER")
    made.add_argument("--records", metavar="URL", help="an empty database for the records (else inside the folder)")
    made.add_argument("--even-if-older", metavar="REASON", help="though later entries are known; the trail keeps why")
    made.set_defaults(command=_answered_by("keeping", "restore"))
    return made


def _check(commands: Commands) -> argparse.ArgumentParser:
    made = commands.add_parser("check", help="are checklists, KPIs and contracts usable?")
    made.set_defaults(command=_answered_by("setting_up", "check"))
    return made


def _day(text: str) -> dt.date:
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write it as 2026-10-31") from None
    if not EARLIEST <= day <= LATEST:
        raise argparse.ArgumentTypeError(f"'{text}' is out of reach; write a date between {EARLIEST} and {LATEST}")
    return day
