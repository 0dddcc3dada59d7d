"""The day as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._schedule import Schedule

# Okabe and Ito's palette: distinguishable with every common colour vision.
_COLOURS = {"event": "#56B4E9", "task": "#009E73", "wanted song": "#E69F00", "fill": "#CC79A7"}
_FONT, _LINE = 8.0, 1.35  # points, and the height of a line over that of its font
_WIDEST = (32, 56)  # characters of a to-do's and of a song's name; longer ones are cut


def _kind(entry: dict[str, Any]) -> str:
    if entry["kind"] == "song":
        return "fill" if entry["wanted"] is None else "wanted song"
    return "event" if entry["fixed"] else "task"


def _label(entry: dict[str, Any]) -> str:
    minute = entry["start_s"] // 60
    name = f"{entry['title']} - {entry['artist']}" if entry["artist"] else str(entry["title"])
    most = _WIDEST[entry["kind"] == "song"]
    return (
        f"{minute // 60 % 24:02}:{minute % 60:02} "
        f" {name if len(name) <= most else name[: most - 1].rstrip() + '…'}"
    )


def _spread(wanted: list[float], gap: float) -> list[float]:
    """The places nearest to the wanted ones, which ascend, that lie `gap` apart."""
    blocks: list[
        tuple[float, int]
    ] = []  # sum and number of what moves together, less what the gaps take
    for index, place in enumerate(wanted):
        block = (place - index * gap, 1)
        while blocks and blocks[-1][0] / blocks[-1][1] > block[0] / block[1]:
            total, count = blocks.pop()
            block = (total + block[0], count + block[1])
        blocks.append(block)
    lows = [total / count for total, count in blocks for _ in range(count)]
    return [low + index * gap for index, low in enumerate(lows)]


def plot_day(schedule: Schedule, ax: Any = None) -> Any:
    """Draw the day from top to bottom: to-dos with their names on the left, songs on the right."""
    import matplotlib.pyplot as plt
    from matplotlib.patches import Patch

    entries = list(schedule.table())
    sides = [
        [e for e in entries if e["kind"] != "song"],
        [e for e in entries if e["kind"] == "song"],
    ]
    most = max(map(len, sides))
    low = min((e["start_s"] for e in entries), default=8 * 3600) // 3600
    high = max(-(-max((e["end_s"] for e in entries), default=20 * 3600) // 3600), low + 1)
    if ax is None:
        height = max(2.5, 0.4 * (high - low), most * _FONT * _LINE / 72) + 1.2
        _, ax = plt.subplots(figsize=(9, height), layout="constrained")
    room = (
        0.9 * ax.get_window_extent().height / ax.figure.dpi * 72 / _LINE
    )  # in points, less what ticks and legend take
    size = min(_FONT, room / max(most, 1))
    gap = (high - low) * size / room
    for column, side in enumerate(sides):
        x, outwards = (-1, -1) if column == 0 else (0, 1)
        places = _spread([e["start_s"] / 3600 for e in side], gap)
        for entry, place in zip(side, places):
            start, end = entry["start_s"] / 3600, entry["end_s"] / 3600
            ax.bar(
                x,
                end - start,
                0.96,
                start,
                align="edge",
                color=_COLOURS[_kind(entry)],
                edgecolor="white",
                linewidth=0.5 if column == 0 else 0.25,
            )
            # parse_math: a dollar sign in a title is not a formula.
            ax.text(
                1.5 * outwards,
                place,
                _label(entry),
                ha="right" if column == 0 else "left",
                va="center",
                fontsize=size,
                clip_on=True,
                parse_math=False,
            )
            ax.plot(
                [outwards, 1.15 * outwards, 1.45 * outwards],
                [start, start, place],
                color="#999999",
                linewidth=0.6,
            )
        low, high = min([low, *places[:1]]), max([high, *places[-1:]])
    if high > 24:
        ax.axhline(24, color="grey", linewidth=0.8, linestyle=":")
    ax.set_xlim(-5.5, 9.5)
    ax.set_ylim(high + gap / 2, low - gap / 2)
    ax.set_xticks([-0.5, 0.5], ["to-dos", "music"], fontsize=8)
    ax.tick_params(axis="x", length=0)
    hours = range(-int(-low // 1), int(high) + 1)
    ax.set_yticks(list(hours), [f"{hour % 24:02}:00" for hour in hours])
    ax.grid(visible=False)
    missing = len(schedule.unplaced)
    ax.set_title(
        f"{schedule.date} ({schedule.status}{f', {missing} unscheduled' if missing else ''})"
    )
    ax.legend(
        handles=[Patch(color=colour, label=kind) for kind, colour in _COLOURS.items()],
        ncols=4,
        fontsize=8,
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        borderaxespad=2.2,
        frameon=False,
    )
    for side_of_axes in ("top", "right", "bottom"):
        ax.spines[side_of_axes].set_visible(False)
    return ax
