"""What is at stake by a run and the assumptions of today."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audit.assumption import AssumptionName
from pipelines import analyses
from pipelines.analyses.lifetime_value.found import LifetimeValue
from pipelines.analyses.value_base.found import ValueBase
from pipelines.worth.heard import Unheard, unheard
from pipelines.worth.stakes import Given, Stake, stakes


@dataclass(frozen=True)
class AtStake:
    lifetime: LifetimeValue
    base: ValueBase
    given: Given
    stakes: tuple[Stake, ...]
    unheard: Unheard

    @property
    def missing(self) -> list[AssumptionName]:
        """Assumptions for want of which something is not evaluated, each once."""
        each = [*(one.missing for one in self.stakes), self.unheard.missing]
        return list(dict.fromkeys(name for names in each for name in names))


def at_stake(folder: Path, given: Given) -> AtStake | None:
    """None for a run that was made before this was looked at."""
    lifetime, base = (analyses.of_run(name, folder) for name in ("lifetime_value", "value_base"))
    if lifetime is None or base is None:
        return None
    return AtStake(lifetime, base, given, stakes(lifetime, base, given), unheard(base, given))
