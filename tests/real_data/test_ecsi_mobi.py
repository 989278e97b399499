"""The ECSI of a mobile phone operator is the published one, and its index that of an independent script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import main
from pipelines.methods.path_model.estimate import SCHEMES

pytestmark = pytest.mark.real_data
FOLDERS = {"centroid": "centroid", "factorial": "factorial", "path": "pathWeighting"}
PRINTED = 1e-6
NAMES = {"image": "Image", "expectations": "Expectation", "quality": "Quality", "value": "Value",
         "satisfaction": "Satisfaction", "complaints": "Complaints", "loyalty": "Loyalty"}  # fmt: skip


@pytest.fixture(scope="module", params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def found(real_data: Path, scheme: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """As the command prints it."""
    told = tmp_path_factory.mktemp("mobi")
    return csi(real_data, told, "--scheme", scheme)


def csi(real_data: Path, folder: Path, *more: str, low: str = "1") -> dict[str, Any]:
    import contextlib
    import io

    out = io.StringIO()
    file = str(real_data / "ecsi_mobi" / "mobi.csv")
    asked = ["method", "csi", "--csv", file, "--model", "ecsi", "--lowest", low, "--highest", "10", "--json"]
    with contextlib.redirect_stdout(out):
        assert main([*asked, "--workspace", str(folder), *more]) == 0
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def published(real_data: Path, scheme: str, file: str) -> Iterator[tuple[str, str, float]]:
    """Row, column and figure of a table of SmartPLS 2.0.M3; zeros are what is not in the model."""
    text = (real_data / "ecsi_mobi" / "published_smartpls" / FOLDERS[scheme] / f"{file}.txt").read_text("utf-8")
    head, *lines = [[cell.strip() for cell in line.split("\t") if cell.strip()] for line in text.splitlines()]
    for row, *cells in lines:
        yield from ((row, column, float(cell.replace(",", "."))) for column, cell in zip(head, cells, strict=True))


def test_the_paths_and_total_effects_are_the_published_ones(
    found: dict[str, Any], real_data: Path, scheme: str
) -> None:
    for ours, file, count in (("paths", "pathCoefficients", 12), ("effects", "totalEffects", 21)):
        known = {(row, column): value for row, column, value in published(real_data, scheme, file) if value}
        each = {(NAMES[one["from"]], NAMES[one["to"]]): one["value"] for one in found[ours]}
        assert len(known) == count and each == pytest.approx(known, abs=PRINTED)


def test_the_weights_and_cross_loadings_are_the_published_ones(
    found: dict[str, Any], real_data: Path, scheme: str
) -> None:
    weights = {(row, column): value for row, column, value in published(real_data, scheme, "outerWeights") if value}
    ours = {(one["question"], NAMES[one["latent"]]): one["weight"]["value"] for one in found["questions"]}
    assert len(weights) == 24 and ours == pytest.approx(weights, abs=PRINTED)
    crossing = {(row, column): value for row, column, value in published(real_data, scheme, "crossLoadings")}
    own = {(one["question"], NAMES[latent["latent"]]): value for one in found["questions"]
           for latent, value in zip(found["latents"], one["crossing"], strict=True)}  # fmt: skip
    assert len(crossing) == 24 * 7 and own == pytest.approx(crossing, abs=PRINTED)


def test_index_r2_and_validity_are_those_of_an_independent_script(
    found: dict[str, Any], real_data: Path, scheme: str
) -> None:
    reference = json.loads((real_data / "reference_ecsi_mobi.json").read_text("utf-8"))[FOLDERS[scheme]]
    for latent in found["latents"]:
        name = NAMES[latent["latent"]]
        known = reference["index_0_100"][name]
        assert latent["index"] == pytest.approx(known["mean"], abs=1e-9)
        assert latent["plain"] == pytest.approx(known["equal_weight_mean"], abs=1e-9)
        # a whole fit drawn again knows more than the spread of the scores does, seldom by much
        assert 0.8 * known["se"] < latent["error"] < 1.6 * known["se"]
        assert latent["low"] < latent["index"] < latent["high"]
        assert (latent["r2"] or {}).get("value") == pytest.approx(reference["r2"].get(name))
        if latent["questions"] > 1:
            assert latent["extracted"] == pytest.approx(reference["ave"][name])
            assert latent["alpha"] == pytest.approx(reference["cronbach_alpha_std"][name])
    shares = {one["question"]: one["share"] for one in found["questions"]}
    assert shares == pytest.approx(
        {q: share for known in reference["index_0_100"].values() for q, share in known["norm_weights"].items()}
    )


def test_the_satisfaction_index_is_the_one_that_is_printed(real_data: Path, tmp_path: Path) -> None:
    found = csi(real_data, tmp_path)
    assert found["scheme"] == "centroid" and found["n"] == 250 and found["left_out"] == found["failed"] == 0
    assert found["index"]["value"] == pytest.approx(72.543, abs=0.0005)


def test_the_scale_of_another_questionnaire_would_shift_it_without_an_error(real_data: Path, tmp_path: Path) -> None:
    """Which is why it must be said: the answers from 1 to 10 are possible on 0 to 10 too."""
    right, wrong = (csi(real_data, tmp_path, low=low) for low in ("1", "0"))
    assert wrong["index"]["value"] - right["index"]["value"] == pytest.approx((100 - right["index"]["value"]) / 10)
    assert [one["value"] for one in wrong["paths"]] == pytest.approx([one["value"] for one in right["paths"]])
