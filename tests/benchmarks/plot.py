"""The growth of each stage as a small picture.

matplotlib draws it: axes, logarithmic scales and a legend are its subject, not ours. It is in the extra
``bench``, so nobody who only runs bulkload or its tests installs it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.growth import Stages

# Okabe and Ito's palette, which colour-blind people tell apart; each line has a marker of its own too.
COLOURS = ("#000000", "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7", "#999999", "#8B6D00")
MARKERS = "os^vD<>Px"


def draw(table: dict[int, Stages], path: Path) -> None:
    """Seconds over rows, both logarithmic; a dotted line shows what grows with the rows and no more."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 4.4), dpi=110, layout="constrained")
    axes = figure.add_subplot()
    counts = list(table)
    for stage, colour, marker in zip(table[counts[0]], COLOURS, MARKERS, strict=False):
        seconds = [table[count][stage] for count in counts]
        axes.plot(counts, seconds, color=colour, marker=marker, markersize=4.5, linewidth=1.4, label=stage)
    bottom = min(min(stages.values()) for stages in table.values())
    axes.plot(counts, [bottom * count / counts[0] for count in counts], ":", color="#777777", label="linear")
    axes.set(xscale="log", yscale="log", xlabel="rows", ylabel="seconds")
    axes.set_title("Every stage from 10 to 10,000 rows")
    axes.grid(visible=True, which="major", color="#DDDDDD", linewidth=0.6)
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), frameon=False, fontsize=8.5)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Software": None})
