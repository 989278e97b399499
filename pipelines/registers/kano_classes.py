"""Taking the classes that a Kano study found over into the register of needs: the edit that would do it."""

from __future__ import annotations

from collections.abc import Mapping

from pipelines.methods.kano_table import KanoClass
from pipelines.registers.edit import Edit
from pipelines.registers.register import Row, opened, standing, version_of
from pipelines.workspace import Workspace

NEEDS = "customer_needs"


def naming(workspace: Workspace, version: int | None, features: Mapping[str, KanoClass]) -> dict[str, tuple[Row, ...]]:
    """Feature -> the needs that name it, by number. Capital letters and outer blanks make no difference."""
    if version is None or not features:
        return {}
    with opened(workspace, NEEDS, version) as connection:
        query = f"select need_id from {NEEDS} where list_contains($names, lower(trim(feature))) order by need_id"
        keys = [key for (key,) in connection.execute(query, {"names": [_same(name) for name in features]}).fetchall()]
    rows = standing(workspace, NEEDS, version, keys)
    by = {feature: [rows[key] for key in keys if _same(rows[key]["feature"]) == _same(feature)] for feature in features}
    return {feature: tuple(each) for feature, each in by.items() if each}


def taken_over(workspace: Workspace, features: Mapping[str, KanoClass]) -> Edit:
    """Those needs with the class of the feature that they name, and nothing else changed; the rest stays out of it."""
    version = version_of(workspace, NEEDS)
    found = naming(workspace, version, features)
    changed = [
        {**row, "kano_class": features[feature]}
        for feature, rows in found.items()
        for row in rows
        if row["kano_class"] != features[feature]
    ]
    return Edit(NEEDS, version, changed=tuple(changed))


def _same(feature: object) -> str:
    return str(feature or "").strip().lower()
