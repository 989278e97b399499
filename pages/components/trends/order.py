"""The order in which figures are looked at, and which of them a reader asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from audit.measurement import Kpi
from pages.components.trends.series import Series
from pages.components.words import said
from pipelines.readiness.by_group import process_of

SIGNALS = ("worsening", "changed", "improving")
ORDER = (*SIGNALS, "stable", "too few points", "not evaluated")


@dataclass(frozen=True)
class Asked:
    """What stands in the URL; "" asks for nothing."""

    subject: str = ""
    clause: str = ""
    only_signals: bool = False
    text: str = ""

    def fits(self, series: Series) -> bool:
        kpi = series.kpi
        return (
            self.subject in ("", process_of(kpi))
            and self.clause in ("", *kpi.clauses)
            and (not self.only_signals or series.reading.verdict in SIGNALS)
            and all(word in _words(kpi) for word in self.text.lower().split())
        )


def _words(kpi: Kpi) -> str:
    """In both languages, so that whoever knows a figure by its other name finds it."""
    return " ".join([kpi.name, kpi.title.en, kpi.title.zh, kpi.why.en, kpi.why.zh]).lower()


def ordered(found: Iterable[Series]) -> list[Series]:
    """Worsening first, the newest signal first among those; what cannot be judged last."""
    return sorted(
        found, key=lambda each: (ORDER.index(each.reading.verdict), -_newness(each), said(each.kpi.title).lower())
    )


def _newness(series: Series) -> int:
    signal = series.reading.signal
    return signal.last if signal else -1


def with_signal(found: Sequence[Series]) -> list[Series]:
    return [each for each in ordered(found) if each.reading.verdict in SIGNALS]
