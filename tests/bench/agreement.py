"""Whether all ways did the same work: a fast answer that counts otherwise is not an answer."""

from __future__ import annotations

from typing import Any

from tests.bench import survey
from tests.bench.rounds import Measurements

CASE_AND_FILE = [("load", "survey"), ("bare", "survey"), ("hand", "survey"), ("gx", "survey"), ("month", "month")]
CASE_AND_FILE += [(case, file) for case in ("three", "bare_three") for file in ("survey", "orders", "complaints")]


def disagreements(found: Measurements) -> list[str]:
    told = {case: [run.told for run in runs] for case, runs in found.runs.items()}
    rows = {(case, file): answer[file]["loaded"] for case, file in CASE_AND_FILE for answer in told.get(case, [])}
    wrong = [f"{case}: {count:,} rows of {file}" for (case, file), count in rows.items() if count != _rows(found, file)]
    wrong += _counts(told, [("load", "survey"), ("hand", "survey"), ("gx", "survey")])
    wrong += _counts(told, [("suite", "survey"), ("suite_gx", "survey"), ("dirty", "dirty")])
    for answer in told.get("dirty", []):
        rejected, planted = answer["dirty"]["rejected"], survey.rejected(found.size)
        if rejected != planted:
            wrong.append(f"dirty: {rejected:,} rows rejected, {planted:,} were spoilt")
    wrong += [
        f"measure_ten and measure_hand: {answer['equal']['unequal']:,} of {answer['equal']['cells']:,} cells differ"
        for answer in told.get("measure_equal", [])
        if answer["equal"]["unequal"] or not answer["equal"]["cells"]
    ]
    return sorted(set(wrong)) + _unfinished(told)


def _rows(found: Measurements, file: str) -> int:
    from tests.bench.files import names

    return len(names(found.size)[f"{file}.csv"][2])


def _counts(told: dict[str, list[Any]], wanted: list[tuple[str, str]]) -> list[str]:
    """All of them checked as many expectations, and found as many rows unexpected."""
    seen = {
        (case, answer[file]["expectations"], answer[file]["unexpected"])
        for case, file in wanted
        for answer in told.get(case, [])
    }
    if len({each[1:] for each in seen}) <= 1:
        return []
    return [f"{case}: {unexpected:,} unexpected of {count} expectations" for case, count, unexpected in sorted(seen)]


def _unfinished(told: dict[str, list[Any]]) -> list[str]:
    """Loads that were not published, and expectations that could not be checked."""
    answers = [(case, part) for case, runs in told.items() for answer in runs for part in answer.values()]
    loads = [(case, part) for case, part in answers if isinstance(part, dict)]
    wrong = {f"{case}: not published" for case, part in loads if not part.get("published", True)}
    wrong |= {f"{case}: {part['unchecked']} expectations not checked" for case, part in loads if part.get("unchecked")}
    return sorted(wrong)
