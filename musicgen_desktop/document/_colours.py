"""The colours that new tracks are given, one after the other."""

TRACK_COLOURS = (
    "#ff8a65", "#ffb74d", "#ffd54f", "#aed581", "#4db6ac", "#4fc3f7",
    "#64b5f6", "#9575cd", "#ba68c8", "#f06292", "#a1887f", "#90a4ae",
)  # fmt: skip
