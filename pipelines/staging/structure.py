"""Proves, from the bytes alone, where the records of a piece of CSV begin, or says that it cannot be proved."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]
Signs = bytes | bytearray
QUOTE, LINE_FEED, RETURN = ord('"'), ord("\n"), ord("\r")


class Structure(NamedTuple):
    lines: Positions
    """The line on which each record begins, the first of the piece being 0. An empty line is no record."""
    begins: Positions
    ends: Positions
    """Of each record: its first byte, and the byte behind its line end."""
    blank: int
    physical_lines: int
    quoted_lines: bool
    """A line break stands in quotes somewhere."""


class Marks(NamedTuple):
    """Where quotes and line feeds stand in a piece."""

    quotes: Positions
    feeds: Positions
    outside: NDArray[np.bool_]
    """Line feeds that stand in no quotes, as long as quotes pair."""

    @property
    def last_end(self) -> int:
        """Behind the last line feed outside of quotes; 0 where there is none."""
        ends = np.flatnonzero(self.outside)
        return int(self.feeds[ends[-1]]) + 1 if len(ends) else 0

    def until(self, end: int) -> Marks:
        feeds = np.searchsorted(self.feeds, end)
        return Marks(self.quotes[: np.searchsorted(self.quotes, end)], self.feeds[:feeds], self.outside[:feeds])


def marked(piece: Signs) -> Marks:
    signs = np.frombuffer(piece, dtype=np.uint8)
    quotes = np.flatnonzero(signs == QUOTE) if b'"' in piece else np.empty(0, dtype=np.int64)
    feeds = np.flatnonzero(signs == LINE_FEED)
    return Marks(quotes, feeds, _outside(quotes, feeds))


def proven(piece: Signs, marks: Marks, delimiter: str) -> Structure | None:
    """
    None where two careful readers might disagree: a quote within a bare value, text behind a closing quote, quotes
    that do not pair, a carriage return that ends no line. The piece begins where a record begins.
    """
    if b"\r" in piece and piece.count(b"\r") != piece.count(b"\r\n"):
        return None
    if len(marks.quotes) and not _paired(piece, marks.quotes, delimiter):
        return None
    outside = marks.outside
    ends = marks.feeds[outside]
    begins = np.concatenate(([0], ends + 1))
    lines = np.concatenate(([0], np.flatnonzero(outside) + 1))
    empty = _empty(piece, begins, np.append(ends, len(piece)))
    behind = begins[-1] == len(piece)  # nothing follows the last line end
    return Structure(
        lines=lines[~empty],
        begins=begins[~empty],
        ends=np.append(begins[1:], len(piece))[~empty],
        blank=int(empty.sum()) - int(behind),
        physical_lines=len(marks.feeds) + int(not behind),
        quoted_lines=not bool(outside.all()),
    )


def widths(piece: Signs, marks: Marks, structure: Structure, delimiter: str) -> Positions:
    """How many fields each record of a proven piece has."""
    parts = np.flatnonzero(np.frombuffer(piece, dtype=np.uint8) == ord(delimiter))
    parts = parts[_outside(marks.quotes, parts)]
    return 1 + np.searchsorted(parts, structure.ends) - np.searchsorted(parts, structure.begins)


def _outside(quotes: Positions, places: Positions) -> NDArray[np.bool_]:
    """Which of these stand in no quotes, as long as quotes pair."""
    if not len(quotes):
        return np.ones(len(places), dtype=bool)
    outside: NDArray[np.bool_] = np.searchsorted(quotes, places) % 2 == 0
    return outside


def _empty(piece: Signs, begins: Positions, ends: Positions) -> NDArray[np.bool_]:
    length = ends - begins
    empty: NDArray[np.bool_] = length == 0
    for at in np.flatnonzero(length == 1):
        empty[at] = piece[begins[at]] == RETURN
    return empty


def _paired(piece: Signs, quotes: Positions, delimiter: str) -> bool:
    """Every opening quote stands at the beginning of a value, every closing one at its end; two in one are a quote."""
    if len(quotes) % 2:
        return False
    signs = np.frombuffer(piece, dtype=np.uint8)
    opens, closes = quotes[0::2], quotes[1::2]
    doubled = closes[:-1] + 1 == opens[1:]
    before = np.where(opens > 0, signs[opens - 1], LINE_FEED)
    after = np.where(closes + 1 < len(piece), signs[(closes + 1) % len(piece)], LINE_FEED)
    parting = np.zeros(256, dtype=bool)
    parting[[ord(delimiter), LINE_FEED]] = True
    begins_value = parting[before] | np.concatenate(([False], doubled))
    ends_value = parting[after] | (after == RETURN) | np.concatenate((doubled, [False]))
    return bool(begins_value.all() and ends_value.all())
