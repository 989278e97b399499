"""The figures of the index behind its drawing: paths, variables with their validity, questions with their weights."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from pages.components.satisfaction_index.downloads import download
from pages.components.soundness.words import coefficient
from pages.components.table import code, table
from pages.components.tags import tag
from pages.components.words import _, plain, said
from pipelines.analyses.satisfaction_index.found import SatisfactionIndex
from pipelines.analyses.satisfaction_index.words import of_hundred, of_one
from pipelines.methods.path_model.result import Arrow, Bounded, Latent


def paths(found: SatisfactionIndex) -> None:
    heads = [_("What moves"), _("What is moved"), _("Path (95 % interval)"), _("Along every way (95 % interval)"), ""]
    total = {(each.source, each.target): each for each in found.fit.effects}
    direct = {(each.source, each.target): each for each in found.fit.paths}
    cells = [_path(found, one, direct.get(ends)) for ends, one in total.items()]
    figures = [
        {"from": source, "to": target, **_spread("path", direct.get((source, target))), **_spread("effect", one)}
        for (source, target), one in total.items()
    ]
    with st.expander(_("Paths: what moves what")):
        table(heads, cells, _("Paths: what moves what"))
        download("satisfaction-paths", pd.DataFrame(figures))


def _path(found: SatisfactionIndex, effect: Arrow, path: Arrow | None) -> list[str]:
    names = [plain(said(found.names[end])) for end in (effect.source, effect.target)]
    unsure = tag("–", _("not shown")) if path is not None and not path.value.shown else ""
    return [*names, "–" if path is None else of_one(path.value), of_one(effect.value), unsure]


def _spread(name: str, one: Arrow | None) -> dict[str, float | None]:
    value: Bounded | None = one.value if one else None
    parts = ("value", "error", "low", "high")
    return {f"{name} {part}": getattr(value, part) if value else None for part in parts}


def indices(found: SatisfactionIndex) -> None:
    heads = [_("Variable"), _("Index (95 % interval)"), _("Equal weights"), _("R²"), _("Questions"), _("Alpha"),
             _("Composite reliability"), _("Average variance extracted"), _("Nearest other")]  # fmt: skip
    cells = [_latent(found, each) for each in found.fit.latents]
    figures = [
        {"variable": each.latent}
        | {f"index {part}": getattr(each.index, part) for part in ("value", "error", "low", "high")}
        | {key: value for key, value in asdict(each).items() if key not in ("latent", "index", "r2")}
        | {"r2": each.r2.value if each.r2 else None}
        for each in found.fit.latents
    ]
    ratios = [[plain(said(found.names[pair.one])), plain(said(found.names[pair.other])), coefficient(pair.htmt)]
              for pair in found.fit.pairs]  # fmt: skip
    with st.expander(_("Variables: index, what explains it, and whether the questions hold")):
        table(heads, cells, _("Variables: index, what explains it, and whether the questions hold"))
        download("satisfaction-variables", pd.DataFrame(figures))
        if ratios:
            table([_("Variable"), _("Variable") + " ", _("Heterotrait-monotrait ratio")], ratios, _("Told apart?"))
            download("satisfaction-told-apart", pd.DataFrame([asdict(pair) for pair in found.fit.pairs]))


def _latent(found: SatisfactionIndex, each: Latent) -> list[str]:
    held = map(coefficient, (each.alpha, each.composite, each.extracted, each.nearest))
    explained = of_one(each.r2) if each.r2 else "–"
    name = plain(said(found.names[each.latent]))
    return [name, of_hundred(each.index), f"{each.plain:.1f}", explained, str(each.questions), *held]


def questions(found: SatisfactionIndex) -> None:
    heads = [_("Variable"), _("Question"), _("Mean, 0 to 100"), _("Share of the index"), _("Weight (95 % interval)"),
             _("Loading (95 % interval)")]  # fmt: skip
    cells = [
        [plain(said(found.names[item.latent])), code(item.question), f"{item.mean:.1f}", f"{100 * item.share:.0f} %",
         of_one(item.weight), of_one(item.loading)]
        for item in found.fit.items
    ]  # fmt: skip
    crossing = [dict(zip((f"with {each.latent}" for each in found.fit.latents), item.crossing, strict=True))
                for item in found.fit.items]  # fmt: skip
    figures = [
        {"variable": item.latent, "question": item.question, "mean": item.mean, "share": item.share}
        | {f"weight {part}": getattr(item.weight, part) for part in ("value", "error", "low", "high")}
        | {f"loading {part}": getattr(item.loading, part) for part in ("value", "error", "low", "high")}
        | crossing[at]
        for at, item in enumerate(found.fit.items)
    ]
    with st.expander(_("Questions: weights and loadings")):
        table(heads, cells, _("Questions: weights and loadings"))
        download("satisfaction-questions", pd.DataFrame(figures))


def earlier(found: SatisfactionIndex) -> None:
    """Nothing where the questions were not asked before."""
    if not found.earlier:
        return
    now = [str(found.ends), str(found.fit.n), of_hundred(found.value)]
    cells = [now, *([str(each.ends), str(each.n), of_hundred(each.index)] for each in found.earlier)]
    figures = [{"to": found.ends, "n": found.fit.n} | asdict(found.value)]
    figures += [{"to": each.ends, "n": each.n} | asdict(each.index) for each in found.earlier]
    with st.expander(_("The index of earlier years")):
        table([_("12 months to"), "n", _("Index (95 % interval)")], cells, _("The index of earlier years"))
        download("satisfaction-index-years", pd.DataFrame(figures))
