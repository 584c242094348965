"""Charts as shapes on a fixed canvas: what the template draws as inline SVG."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH: Final = 480  # the canvas in SVG units
HEIGHT: Final = 240  # the same
_LEFT: Final = 48  # room for the numbers of the y axis
_BOTTOM: Final = 40  # room for the categories
_TOP: Final = 12  # so that the highest mark is not cut
_RADIUS: Final = 100  # of a pie
_STEPS: Final = 4  # about how many steps the y axis has
_LABELS: Final = 8  # the most categories whose labels fit side by side
_LETTER: Final = 5.4  # about the width of a letter of a label
_NEARLY_ONE: Final = 0.999999  # a full circle would end where it starts; a step may be a rounding error short


@dataclass(frozen=True)
class Shape:
    """One mark: an SVG path, the number of its series for its color, and what it stands for."""

    path: str
    series: int
    title: str


@dataclass(frozen=True)
class Tick:
    """A line of the grid or a place on the x axis, with its label."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Drawing:
    """A chart ready to draw, with the same facts as rows for those who do not see it."""

    shapes: tuple[Shape, ...]
    legend: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    across: tuple[Tick, ...] = ()
    along: tuple[Tick, ...] = ()
    x_label: str = ""
    y_label: str = ""


def drawing(chart: Mapping[str, Any]) -> Drawing:
    """The shapes of a data_visualization's chart that passed the check."""
    return _pie(chart["segments"]) if chart["type"] == "pie" else _plot(chart)


def _pie(segments: Sequence[Mapping[str, Any]]) -> Drawing:
    total = sum(segment["value"] for segment in segments)
    shapes, start = [], 0.0
    for place, segment in enumerate(segments):
        share = segment["value"] / total
        title = f"{segment['label']}: {segment['value']:g} ({share:.0%})"
        shapes.append(Shape(_slice(start, start + min(share, _NEARLY_ONE)), place, title))
        start += share
    return Drawing(
        shapes=tuple(shapes),
        legend=tuple(segment["label"] for segment in segments),
        header=("Segment", "Value"),
        rows=tuple((segment["label"], f"{segment['value']:g}") for segment in segments),
    )


def _slice(start: float, end: float) -> str:
    def edge(part: float) -> str:
        angle = 2 * math.pi * part
        return f"{WIDTH / 2 + _RADIUS * math.sin(angle):.2f} {HEIGHT / 2 - _RADIUS * math.cos(angle):.2f}"

    large = int(end - start > 1 / 2)
    middle = f"{WIDTH / 2:g} {HEIGHT / 2:g}"
    return f"M{middle} L{edge(start)} A{_RADIUS} {_RADIUS} 0 {large} 1 {edge(end)} Z"


@dataclass(frozen=True)
class _Scale:
    """Where values and categories fall on the canvas."""

    low: float
    high: float
    count: int

    def y(self, value: float) -> float:
        plot = HEIGHT - _TOP - _BOTTOM
        return _TOP + plot * (self.high - value) / (self.high - self.low)

    @property
    def band(self) -> float:
        return (WIDTH - _LEFT) / self.count

    def x(self, place: int) -> float:
        return _LEFT + self.band * (place + 1 / 2)


def _plot(chart: Mapping[str, Any]) -> Drawing:
    axis = chart["axis_config"]
    categories = axis["categories"]
    values = [_in_order(series, categories) for series in chart["series"]]
    names = tuple(series["name"] for series in chart["series"])
    every = [value for some in values for value in some]
    low, high = min(0.0, *every), max(0.0, *every)
    step = _round_step((high - low) / _STEPS)
    if all(float(value).is_integer() for value in every):
        step = max(step, 1.0)  # half a meeting is no mark on an axis
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    scale = _Scale(first * step, last * step, len(categories))
    marks = {"bar": _bars, "line": _line, "area": _area}[chart["type"]]
    shapes = tuple(
        shape
        for number, some in enumerate(values)
        for shape in marks(scale, some, number, len(values), names[number], categories)
    )
    every_nth = math.ceil(len(categories) / _LABELS)
    return Drawing(
        shapes=shapes,
        legend=names,
        header=(axis.get("x_label", "Category"), *names),
        rows=tuple(
            (category, *(f"{some[place]:g}" for some in values)) for place, category in enumerate(categories)
        ),
        across=tuple(
            Tick(_LEFT, scale.y(number * step), f"{number * step:g}") for number in range(first, last + 1)
        ),
        along=tuple(
            Tick(scale.x(place), HEIGHT - _BOTTOM, _fitting(category, scale.band * every_nth))
            for place, category in enumerate(categories)
            if place % every_nth == 0
        ),
        x_label=axis.get("x_label", ""),
        y_label=axis.get("y_label", ""),
    )


def _fitting(label: str, room: float) -> str:
    """A label cut to its room, in units of the canvas, so that it does not run into the next."""
    most = max(2, int(room / _LETTER))
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _round_step(rough: float) -> float:
    """The next of 1, 2, 5, 10 and their like at or above a rough step, so that an axis reads well."""
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough * _NEARLY_ONE)


def _in_order(series: Mapping[str, Any], categories: Sequence[str]) -> list[float]:
    by_label = {point["label"]: point["value"] for point in series["data"]}
    return [by_label[category] for category in categories]


def _bars(
    scale: _Scale, values: Sequence[float], number: int, several: int, name: str, categories: Sequence[str]
) -> list[Shape]:
    width = scale.band * 0.8 / several
    zero = scale.y(0)
    shapes = []
    for place, value in enumerate(values):
        if not value:
            continue  # a bar of no height would only rub out the axis
        left = scale.x(place) - scale.band * 0.4 + width * number
        path = f"M{left:.2f} {zero:.2f} V{scale.y(value):.2f} h{width:.2f} V{zero:.2f} Z"
        shapes.append(Shape(path, number, f"{name}, {categories[place]}: {value:g}"))
    return shapes


def _points(scale: _Scale, values: Sequence[float]) -> list[str]:
    return [f"{scale.x(place):.2f} {scale.y(value):.2f}" for place, value in enumerate(values)]


def _line(
    scale: _Scale, values: Sequence[float], number: int, _several: int, name: str, _categories: Sequence[str]
) -> list[Shape]:
    return [Shape("M" + " L".join(_points(scale, values)), number, name)]


def _area(
    scale: _Scale, values: Sequence[float], number: int, _several: int, name: str, _categories: Sequence[str]
) -> list[Shape]:
    zero = scale.y(0)
    first, last = scale.x(0), scale.x(len(values) - 1)
    outline = " L".join(_points(scale, values))
    return [Shape(f"M{first:.2f} {zero:.2f} L{outline} L{last:.2f} {zero:.2f} Z", number, name)]
