"""The day as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._schedule import Schedule

# Okabe and Ito's palette: distinguishable with every common colour vision.
_COLOURS = {"event": "#56B4E9", "task": "#009E73", "wanted": "#E69F00", "fill": "#CC79A7"}


def plot_day(schedule: Schedule, ax: Any = None) -> Any:
    """Draw to-dos and songs as bars over the hours of the day."""
    import matplotlib.pyplot as plt
    from matplotlib.patches import Patch

    if ax is None:
        _, ax = plt.subplots(figsize=(11, 2.6), layout="constrained")
    midnight = None
    for entry in schedule.table():
        start, length = entry["start_s"] / 3600, (entry["end_s"] - entry["start_s"]) / 3600
        song = entry["kind"] == "song"
        kind = ("wanted" if entry["wanted"] is not None else "fill") if song else "event" if entry["fixed"] else "task"
        ax.broken_barh([(start, length)], (0.1 if song else 1.1, 0.8), facecolors=_COLOURS[kind], edgecolor="white", linewidth=0.5)
        if not song:
            ax.text(start + length / 2, 1.5, entry["title"], ha="center", va="center", fontsize=8, clip_on=True,
                    rotation=0 if length > 0.095 * len(entry["title"]) else 90)
        midnight = 24 if entry["end_s"] > 86400 else midnight
    if midnight is not None:
        ax.axvline(midnight, color="grey", linewidth=0.8, linestyle=":")
    ax.set_yticks([0.5, 1.5], ["music", "to-dos"])
    ax.set_ylim(0, 2)
    low, high = ax.get_xlim()
    ticks = range(int(low), int(high) + 2, 1 if high - low < 14 else 2)
    ax.set_xticks(list(ticks), [f"{hour % 24:02}:00" for hour in ticks])
    ax.set_title(f"{schedule.date} ({schedule.status})")
    ax.legend(handles=[Patch(color=colour, label=kind) for kind, colour in _COLOURS.items()], ncols=4, fontsize=8,
              loc="upper center", bbox_to_anchor=(0.5, -0.12), frameon=False)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    return ax
