"""The way in for a file, step by step: seen, matched, confirmed and tried before anything is published."""

from __future__ import annotations

from collections.abc import Sequence

from pages.components.guided.columns_step import columns_step
from pages.components.guided.done_step import done_step
from pages.components.guided.draft import current
from pages.components.guided.file_step import file_step
from pages.components.guided.formats_step import formats_step
from pages.components.guided.preview_step import preview_step
from pages.components.guided.stepper import stepper
from pages.components.guided.trial_step import trial_step


def upload(offered: Sequence[str]) -> None:
    """`offered` are the names of the sources, the likeliest first."""
    draft = current()
    stepper(draft)
    if draft is None or draft.step == "file":
        file_step()
    elif draft.step == "preview":
        preview_step(draft, offered)
    elif draft.step == "columns":
        columns_step(draft)
    elif draft.step == "formats":
        formats_step(draft)
    elif draft.step == "trial":
        trial_step(draft)
    else:
        done_step(draft)
