"""Line plots as SVG, drawn here so that a plot needs nothing installed and the same numbers give
the same bytes.
"""

import dataclasses
import html
import math

WIDTH, HEIGHT = 760, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 18, 52
COLOURS = ("#3f51c4", "#1f8a6d", "#c25e17", "#8d5fd3", "#b3261e", "#5b6270")


def linear(value):
    return value


def logarithmic(value):
    return math.log10(max(value, 1e-3))


def nines(percentile):
    """0, 90, 99, 99.9 stand at 0, 1, 2, 3: the tail is what is looked at."""
    return -math.log10(max(1 - percentile / 100, 1e-5))


@dataclasses.dataclass
class Axis:
    label: str
    scale: callable = linear
    ticks: tuple = ()  # of the values; made up where empty
    low: float = None  # of the values; the data's where None
    high: float = None


def round_ticks(low, high, count=5):
    """Round steps within low to high."""
    raw = (high - low) / count or 1
    magnitude = 10 ** math.floor(math.log10(raw))
    step = next(f * magnitude for f in (1, 2, 5, 10) if f * magnitude >= raw)
    return [
        k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    ]


def decades(low, high):
    return [
        10.0**k
        for k in range(
            math.floor(math.log10(max(low, 1e-3))), math.ceil(math.log10(max(high, 1e-3))) + 1
        )
    ]


def span(axis, values):
    """Lowest and highest value shown on an axis, and its ticks."""
    low = min(values) if axis.low is None else axis.low
    high = max(values) if axis.high is None else axis.high
    if axis.ticks:
        return low, high, list(axis.ticks)
    if axis.scale is logarithmic:
        ticks = decades(low, high)
        return ticks[0], ticks[-1], ticks
    ticks = round_ticks(low, high)
    step = ticks[1] - ticks[0] if len(ticks) > 1 else 1
    high = math.ceil(high / step - 1e-9) * step
    return low, high, round_ticks(low, high)


def number(value):
    return format(round(value), ",") if value >= 1000 else "%g" % round(value, 3)


def tick(value):
    """A number that fits beside an axis."""
    if value < 1e4:
        return number(value)
    return "%g k" % (value / 1e3) if value < 1e6 else "%g M" % (value / 1e6)


def text(x, y, content, more=""):
    return '<text x="%.1f" y="%.1f"%s>%s</text>' % (x, y, more and " " + more, html.escape(content))


def line_plot(label, series, x_axis, y_axis):
    """A plot of {name: [(x, y)]}; `label` is what it is called by a screen reader."""
    xs = [x for points in series.values() for x, _ in points]
    ys = [y for points in series.values() for _, y in points]
    x_low, x_high, x_ticks = span(x_axis, xs)
    y_low, y_high, y_ticks = span(y_axis, ys)
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def place(scale, low, high, value):
        return (scale(value) - scale(low)) / ((scale(high) - scale(low)) or 1)

    def px(x):
        return LEFT + place(x_axis.scale, x_low, x_high, x) * (right - LEFT)

    def py(y):
        return bottom - place(y_axis.scale, y_low, y_high, y) * (bottom - TOP)

    out = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s"'
        ' font-family="sans-serif" font-size="13" fill="#333a4d">'
        % (WIDTH, HEIGHT, html.escape(label)),
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for y in y_ticks:
        out.append('<path d="M%d %.1fH%d" stroke="#dde0e8"/>' % (LEFT, py(y), right))
        out.append(text(LEFT - 8, py(y) + 4, tick(y), 'text-anchor="end"'))
    for x in x_ticks:
        out.append('<path d="M%.1f %dv5" stroke="#8a90a2"/>' % (px(x), bottom))
        out.append(text(px(x), bottom + 20, tick(x), 'text-anchor="middle"'))
    for colour, (name, points) in zip(COLOURS, series.items()):
        out.append(
            '<polyline fill="none" stroke="%s" stroke-width="2" stroke-linejoin="round"'
            ' points="%s"/>' % (colour, " ".join("%.1f,%.1f" % (px(x), py(y)) for x, y in points))
        )
        if len(points) <= 16:
            out += [
                '<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>' % (px(x), py(y), colour)
                for x, y in points
            ]
    for row, (colour, name) in enumerate(zip(COLOURS, series)):
        y = TOP + 12 + 22 * row
        out.append(
            '<path d="M%d %dh18" stroke="%s" stroke-width="3"/>' % (right + 16, y - 4, colour)
        )
        out.append(text(right + 42, y, name))
    out.append(text((LEFT + right) / 2, HEIGHT - 10, x_axis.label, 'text-anchor="middle"'))
    middle = (TOP + bottom) / 2
    out.append(
        text(
            18,
            middle,
            y_axis.label,
            'text-anchor="middle" transform="rotate(-90 18 %.1f)"' % middle,
        )
    )
    return "\n".join(out) + "\n</svg>\n"
