"""The effects that a style may name, as the mixer has them, so that a slip is told of when the file is read.

The mixer stands on the same floor and may not be asked; a test holds both to be the same.
"""

import difflib
from collections.abc import Mapping

PARAMETERS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "bitcrush": {
        "bits": (2.0, 16.0),
        "wet": (0.0, 1.0),
    },
    "chorus": {
        "rate_hz": (0.05, 10.0),
        "depth": (0.0, 1.0),
        "centre_delay_ms": (1.0, 50.0),
        "feedback": (-0.9, 0.9),
        "wet": (0.0, 1.0),
    },
    "compressor": {
        "threshold_db": (-60.0, 0.0),
        "ratio": (1.0, 40.0),
        "attack_ms": (0.1, 200.0),
        "release_ms": (5.0, 2000.0),
        "makeup_db": (-12.0, 24.0),
        "wet": (0.0, 1.0),
    },
    "delay": {
        "time_beats": (0.0625, 8.0),
        "time_ms": (0.0, 4000.0),
        "feedback": (0.0, 0.95),
        "wet": (0.0, 1.0),
        "ping_pong": (0.0, 1.0),
        "low_cut_hz": (0.0, 2000.0),
        "high_cut_hz": (0.0, 22000.0),
    },
    "distortion": {
        "drive_db": (0.0, 48.0),
        "tone": (0.0, 1.0),
        "wet": (0.0, 1.0),
    },
    "equalizer": {
        "low_cut_hz": (0.0, 2000.0),
        "low_shelf_hz": (20.0, 2000.0),
        "low_shelf_db": (-24.0, 24.0),
        "peak1_hz": (20.0, 20000.0),
        "peak1_db": (-24.0, 24.0),
        "peak1_q": (0.1, 12.0),
        "peak2_hz": (20.0, 20000.0),
        "peak2_db": (-24.0, 24.0),
        "peak2_q": (0.1, 12.0),
        "peak3_hz": (20.0, 20000.0),
        "peak3_db": (-24.0, 24.0),
        "peak3_q": (0.1, 12.0),
        "high_shelf_hz": (500.0, 20000.0),
        "high_shelf_db": (-24.0, 24.0),
        "high_cut_hz": (0.0, 22000.0),
    },
    "filter": {
        "mode": (0.0, 2.0),
        "cutoff_hz": (20.0, 20000.0),
        "resonance": (0.0, 1.0),
    },
    "gain": {
        "gain_db": (-60.0, 24.0),
    },
    "gate": {
        "threshold_db": (-90.0, 0.0),
        "ratio": (1.0, 40.0),
        "attack_ms": (0.1, 100.0),
        "release_ms": (5.0, 2000.0),
    },
    "limiter": {
        "gain_db": (-24.0, 36.0),
        "ceiling_db": (-24.0, 0.0),
    },
    "phaser": {
        "rate_hz": (0.05, 10.0),
        "depth": (0.0, 1.0),
        "centre_hz": (100.0, 8000.0),
        "feedback": (-0.9, 0.9),
        "wet": (0.0, 1.0),
    },
    "pump": {
        "depth_db": (0.0, 36.0),
        "time_beats": (0.25, 4.0),
        "recovery": (0.1, 1.0),
    },
    "reverb": {
        "room_size": (0.0, 1.0),
        "damping": (0.0, 1.0),
        "width": (0.0, 1.0),
        "wet": (0.0, 1.0),
        "pre_delay_ms": (0.0, 250.0),
        "low_cut_hz": (0.0, 2000.0),
    },
    "saturation": {
        "drive_db": (0.0, 24.0),
        "wet": (0.0, 1.0),
    },
    "width": {
        "width": (0.0, 2.0),
        "mono_below_hz": (0.0, 500.0),
    },
}
"""Kind of effect → parameter → lowest and highest value."""


def complaint_of_effect(effect: object) -> tuple[str, str]:
    """What is wrong with an effect such as {kind = "delay", wet = 0.3}.

    Returns:
        the key, and the end of a sentence; two empty texts when nothing is wrong.
    """
    kind = effect.get("kind") if isinstance(effect, dict) else None
    if not isinstance(effect, dict) or not isinstance(kind, str):
        return "", 'an effect needs its kind, like { kind = "delay", wet = 0.3 }.'
    if kind not in PARAMETERS:
        return ".kind", f"there is no effect “{kind[:40]}”; use one of {', '.join(PARAMETERS)}."
    ranges = PARAMETERS[kind]
    for name, value in effect.items():
        if name == "kind":
            continue
        if name not in ranges:
            near = difflib.get_close_matches(name, ranges, n=1, cutoff=0.6)
            hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(ranges)}."
            return f".{name[:40]}", f"the {kind} has no such parameter; {hint}"
        low, high = ranges[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            return f".{name}", f"write a number from {low:g} to {high:g} there."
    return "", ""
