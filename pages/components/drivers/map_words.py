"""A driver of the map in words."""

from __future__ import annotations

from pages.components.words import _, said
from pipelines.methods.driver_words import quadrant_name
from pipelines.methods.importance_performance import Placed


def importance_words(one: Placed) -> str:
    return _(
        "{driver}: {quadrant}; importance {importance} ({low} to {high}), performance {performance} ({least} to "
        "{most})",
        driver=one.driver,
        quadrant=said(quadrant_name(one.quadrant)),
        importance=f"{one.importance.value:.1f}",
        low=f"{one.importance.low:.1f}",
        high=f"{one.importance.high:.1f}",
        performance=f"{one.performance.value:.1f}",
        least=f"{one.performance.low:.1f}",
        most=f"{one.performance.high:.1f}",
    )
