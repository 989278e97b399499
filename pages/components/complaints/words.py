"""Words for what complaints are told apart by."""

from __future__ import annotations

from pages.components.words import _
from pipelines.complaints.found import TOGETHER, Band


def band_word(band: Band) -> str:
    if band.most is None:
        return _("over {days} days", days=band.least - 1)
    return _("{least} to {most} days", least=band.least, most=band.most)


def about_word(by: str) -> str:
    return {"category": _("Category"), "product": _("Product"), "channel": _("Channel")}[by]


def step_word(step: str) -> str:
    return {
        "acknowledged": _("Receipt acknowledged"),
        "corrected": _("Put right for this customer"),
        "cause found": _("Cause found"),
        "action taken": _("Corrective action"),
        "effect reviewed": _("Its effect reviewed"),
    }[step]


def named(group: str) -> str:
    """As plain text: a table takes it through `plain`, a chart through `escape`."""
    if group == TOGETHER:
        return _("small groups together")
    return group or _("not stated")


def days(count: int) -> str:
    return _("1 day") if count == 1 else _("{count} days", count=count)
