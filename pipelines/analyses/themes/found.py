"""What a run found in comments: counts and places, and no word of any customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from audit.text import Text
from pipelines.analyses.part import Part
from pipelines.analyses.small_groups import with_result
from pipelines.methods.themes import HIDDEN, Counted, Share


@dataclass(frozen=True)
class Theme:
    """As it was declared when the run was made."""

    id: str
    name: Text
    words: tuple[str, ...]
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """Where a comment came from; its text is read again when somebody who may looks at it."""

    load: str
    line: int


@dataclass(frozen=True)
class Found:
    theme: str
    counted: Counted
    by_word: Mapping[str, int]
    """Declared word -> comments that hold it, the most frequent first."""
    examples: tuple[Line, ...]


@dataclass(frozen=True)
class Comments:
    """Of one source: those of the latest 12 months, and by quarter those of the audit period."""

    n: int
    scored: int
    without: Share
    themes: tuple[Found, ...]
    """The most frequent first."""
    unscored: Text | None = None
    """Why satisfaction is not set beside the themes."""

    def without_small(self, least: int) -> Comments:
        """As somebody may see it who must not learn of single customers: see audit/small_cells."""
        if least <= 1:
            return self
        kept = tuple(_without_small(one, least) for one in self.themes)
        return replace(self, without=_shown(self.without, least), themes=kept)


@dataclass(frozen=True)
class Themes:
    themes: tuple[Theme, ...]
    sources: Mapping[str, Part[Comments]]
    """Source -> what its comments are about."""

    def theme(self, id: str) -> Theme:
        return next(theme for theme in self.themes if theme.id == id)

    def without_small(self, least: int) -> Themes:
        shown = {name: with_result(part, lambda one: one.without_small(least)) for name, part in self.sources.items()}
        return replace(self, sources=shown)


def _without_small(one: Found, least: int) -> Found:
    counted = one.counted
    apart = counted.apart
    if apart and min(apart.n, apart.rest_n) < least:
        apart = None
    share = _shown(counted.share, least)
    # what is hidden alone among quarters or words that are shown could be told from their sum
    over_time = () if share.hidden or any(_few(each.share, least) for each in counted.quarters) else counted.quarters
    words = {} if share.hidden or any(count < least for count in one.by_word.values()) else one.by_word
    return replace(
        one,
        counted=replace(counted, share=share, apart=None if share.hidden else apart, quarters=over_time),
        by_word=words,
        examples=(),
    )


def _shown(share: Share, least: int) -> Share:
    return HIDDEN if _few(share, least) else share


def _few(share: Share, least: int) -> bool:
    return 0 < share.count < least or 0 < share.n - share.count < least
