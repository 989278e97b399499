"""A load in words: its count, its state, and what its gate said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from audit.load import GateOutcome, GateResult, Load
from pages.components import tags
from pages.components.loading.source_state import SourceState
from pages.components.words import _

OUTCOMES: tuple[GateOutcome, ...] = ("passed", "failed", "could not be checked")


def balance(load: Load) -> str:
    """The count that must come out even for every file."""
    if not load.lines:
        return _("refused before any line was read")
    return _(
        "Lines: {lines} = {loaded} loaded + {rejected} rejected + {blank} blank",
        lines=load.lines, loaded=load.loaded, rejected=load.rejected, blank=load.blank,
    )  # fmt: skip


def state_words(load: Load) -> tuple[str, str]:
    """Mark and word, for places that cannot show a badge."""
    return {
        "published": ("●", _("Published")),
        "published with rejects": ("●", _("Published with rejects")),
        "stopped by the gate": ("✕", _("Stopped by the gate")),
        "refused": ("✕", _("Refused")),
    }[load.outcome]


def gate_summary(gate: Sequence[GateResult]) -> str:
    """One badge for each outcome that occurred, with its count; what did not pass says how grave it is."""
    kinds = Counter((OUTCOMES.index(r.outcome), "" if r.outcome == "passed" else r.severity) for r in gate)
    return (
        " ".join(_badge(OUTCOMES[index], severity, count) for (index, severity), count in sorted(kinds.items())) or "–"
    )


def _badge(outcome: GateOutcome, severity: str, count: int) -> str:
    mark, word = tags.gate_words(outcome)
    if not severity:
        return tags.tag(mark, f"{count} {word}")
    grave = _("critical") if severity == "critical" else _("warning")
    return tags.tag(mark, _("{count} {outcome} ({severity})", count=count, outcome=word, severity=grave))


def standing(state: SourceState) -> str:
    return {
        "missing": tags.tag("◇", _("Not loaded")),
        "stopped": tags.tag("✕", _("Stopped by the gate")),
        "stale": tags.tag("◷", _("Older than promised")),
        "current": tags.tag("●", _("Current")),
    }[state.standing]
