"""One figure among many, drawn as a picture of a few hundred bytes: line, limits, signals, events, targets and n."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from pages.components.trends.marks import dated, heights, lines, marks, runs
from pages.components.trends.series import Series

WIDE, TALL, BARS, RIM = 360.0, 104.0, 18.0, 7.0
"""Units of the picture; bars of n stand below the line."""
ROOM = 0.06
Place = tuple[float, float]


def picture(series: Series, colours: Mapping[str, str], alt: str) -> str:
    """HTML. What is drawn is said by `alt`, to whoever does not see it."""
    svg = "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE:g} {TALL:g}">',
            *_parts(series, colours),
            "</svg>",
        ]
    )
    source = base64.b64encode(svg.encode()).decode()
    ends = [escape(series.points[at].name) for at in (0, -1)]
    return (
        f'<img class="small-multiple" alt="{escape(alt)}" src="data:image/svg+xml;base64,{source}">'
        f'<div class="ends-of-time"><span>{ends[0]}</span><span>{ends[1]}</span></div>'
    )


def _parts(series: Series, colours: Mapping[str, str]) -> Iterator[str]:
    scale = Scale(series)
    yield from _bars(series, scale, colours["bars"])
    for at, _event in dated(series):
        yield _path([(scale.x(at), RIM), (scale.x(at), TALL)], colours["text"], 1, "1 3")
    for line, dashed in lines(series):
        yield from _line(line, scale, colours["muted"], 1, "4 3" if dashed else "")
    yield from _targets(series, scale, colours["text"])
    yield from _line([p.value if p.evaluated else None for p in series.points], scale, colours["accent"], 2)
    yield from _dots(series, scale, colours)
    for mark in marks(series):
        yield _triangle(
            scale.place(mark.at, series.points[mark.at].value or 0.0), mark.up, colours[mark.tone], colours["page"]
        )


class Scale:
    """From points and values to places in the picture."""

    def __init__(self, series: Series) -> None:
        known = [v for p in series.points for v in (p.value,) if v is not None] + heights(series)
        low, high = min(known, default=0.0), max(known, default=1.0)
        free = (high - low) * ROOM or abs(high) * ROOM or 1.0
        self.low, self.span = low - free, high - low + 2 * free
        self.step = (WIDE - 2 * RIM) / max(1, len(series.points) - 1)

    def x(self, at: float) -> float:
        return RIM + at * self.step

    def place(self, at: float, value: float) -> Place:
        share = (value - self.low) / self.span
        return self.x(at), (TALL - BARS - 4) - min(max(share, 0.0), 1.0) * (TALL - BARS - 4 - RIM)


def _bars(series: Series, scale: Scale, colour: str) -> Iterator[str]:
    most = max((point.n or 0 for point in series.points), default=0) or 1
    wide = min(scale.step * 0.7, 14.0)
    for at, point in enumerate(series.points):
        tall = (point.n or 0) / most * BARS
        if tall:
            corner = f'x="{scale.x(at) - wide / 2:.1f}" y="{TALL - tall:.1f}"'
            yield f'<rect {corner} width="{wide:.1f}" height="{tall:.1f}" fill="{colour}"/>'


def _line(line: Sequence[float | None], scale: Scale, colour: str, width: float, dash: str = "") -> Iterator[str]:
    for run in runs(line):
        yield _path([scale.place(at, value) for at, value in run], colour, width, dash)


def _targets(series: Series, scale: Scale, colour: str) -> Iterator[str]:
    for side in zip(*series.targets, strict=True) if series.targets else ():
        for run in runs(side):
            steps = [scale.place(at + off, value) for at, value in run for off in (-0.5, 0.5)]
            yield _path(steps, colour, 1.4)


def _dots(series: Series, scale: Scale, colours: Mapping[str, str]) -> Iterator[str]:
    """Hollow where a value is not evaluated; the last one that is, filled; and one that stands alone, or it would be
    no line."""
    alone = [run[0][0] for run in runs([p.value if p.evaluated else None for p in series.points]) if len(run) == 1]
    last = max((at for at, point in enumerate(series.points) if point.evaluated), default=-1)
    for at, point in enumerate(series.points):
        if point.value is not None and (not point.evaluated or at == last or at in alone):
            x, y = scale.place(at, point.value)
            look = f'fill="{colours["accent"]}"' if point.evaluated else f'fill="none" stroke="{colours["violet"]}"'
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" {look}/>'


def _triangle(place: Place, up: bool | None, colour: str, rim: str) -> str:
    x, y = place
    corners = {
        True: [(0, -6), (5, 4), (-5, 4)],
        False: [(0, 6), (5, -4), (-5, -4)],
        None: [(0, -6), (5, 0), (0, 6), (-5, 0)],
    }
    points = " ".join(f"{x + a:.1f},{y + b:.1f}" for a, b in corners[up])
    return f'<polygon points="{points}" fill="{colour}" stroke="{rim}"/>'


def _path(places: Sequence[Place], colour: str, width: float, dash: str = "") -> str:
    if len(places) < 2:
        return ""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>'
