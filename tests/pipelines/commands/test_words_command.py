"""`method themes` and `method service-profit` on CSV files: figures as by hand, and one line for each mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.__main__ import main

Capture = pytest.CaptureFixture[str]


def asked(folder: Path, capsys: Capture, method: str, content: str, *more: str, json_too: bool = True) -> Any:
    file = folder / "given.csv"
    file.write_text(content, encoding="utf-8")
    words = ["method", method, "--csv", str(file), "--workspace", str(folder), *more, *["--json"] * json_too]
    code = main(words)
    told = capsys.readouterr()
    return code, json.loads(told.out) if json_too and not code else told


def comments(n: int = 40) -> str:
    kinds = ("Late again,1", "好价格,5", "nothing,")
    return "comment,satisfaction\n" + "\n".join(kinds[at % 3] for at in range(n)) + "\n,3\n"


def test_comments_of_a_file_are_counted_by_theme(tmp_path: Path, capsys: Capture) -> None:
    code, found = asked(tmp_path, capsys, "themes", comments())
    assert code == 0 and (found["n"], found["scored"], found["without_theme"]["comments"]) == (40, 27, 13)
    each = {one["theme"]: one for one in found["themes"]}
    assert (each["delivery"]["comments"], each["price"]["comments"]) == (14, 13)
    assert each["delivery"]["satisfaction"]["value"] == -4 and each["delivery"]["words"] == {"late": 14}
    assert [place.split(":")[0] for place in each["delivery"]["examples"]] == ["given.csv"]
    assert "again" not in json.dumps(found)


def test_another_column_and_the_organisation_s_own_themes(tmp_path: Path, capsys: Capture) -> None:
    own = "themes: {again: {name: {en: Again, zh: 又}, words: {en: [again]}}}\n"
    (tmp_path / "themes.yaml").write_text(own, encoding="utf-8")
    content = comments().replace("comment,", "remark,")
    _, found = asked(tmp_path, capsys, "themes", content, "--text", "remark")
    assert next(one for one in found["themes"] if one["theme"] == "again")["comments"] == 14


def test_people_read_a_table(tmp_path: Path, capsys: Capture) -> None:
    code, told = asked(tmp_path, capsys, "themes", comments(), json_too=False)
    lines = told.out.splitlines()
    assert code == 0 and lines[0].startswith("theme") and any(line.startswith("delivery") for line in lines)
    assert lines[-1].startswith("(no theme)")


def units(lag: int = 2) -> str:
    rng = np.random.default_rng(1)
    staff = rng.normal(3, 1, (6, 10))
    rows = [
        f"U{unit},P{at:02},{staff[unit, at]:.3f},{(staff[unit, at - lag] if at >= lag else 3) + rng.normal(0, 0.3):.3f}"
        for unit in range(6)
        for at in range(10)
    ]
    return "unit,period,employees,customers\n" + "\n".join(rows) + "\n"


def test_the_lag_of_a_file_is_found(tmp_path: Path, capsys: Capture) -> None:
    code, found = asked(tmp_path, capsys, "service-profit", units())
    (link,) = found["links"]
    assert code == 0 and [lag["lag"] for lag in link["lags"] if lag["adjusted"] < 0.05] == [2]
    assert link["lags"][2]["pearson"]["low"] > 0.7 and link["lags"][2]["pairs"] == 48
    assert "no cause" in found["because"]


MISTAKES = [
    ("themes", "text\nlate\n", (), "there is no column 'comment'"),
    ("themes", "comment,satisfaction\nlate,good\n", (), "'good' in 'satisfaction' is no number"),
    ("themes", comments(20), (), "only 20 comments were written; at least 30 are needed"),
    ("themes", "comment\n", (), "has no rows below its header"),
    ("service-profit", "unit,period,employees\na,b,1\n", (), "there is no column 'customers'"),
    ("service-profit", "unit,period,employees,customers\na,1,3,4\na,1,3,4\n", (), "'a' in '1' stands there twice"),
    ("service-profit", "unit,period,employees,customers\na,1,3,4\n", (), "only 1 units have both figures"),
    ("service-profit", "unit,period,employees,customers\na,1,x,4\n", (), "'x' in 'employees' is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "content", "more", "told"), MISTAKES)
def test_a_mistake_is_one_line(
    tmp_path: Path, capsys: Capture, method: str, content: str, more: tuple[str, ...], told: str
) -> None:
    code, said = asked(tmp_path, capsys, method, content, *more)
    assert code == 2 and told in said.err and said.err.count("\n") == 1 and not said.out
