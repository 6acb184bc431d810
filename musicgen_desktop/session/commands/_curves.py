"""What a curve of automation does where it is cut."""

from musicgen_desktop.document import Automation


def value_before(curve: Automation, tick: int) -> float | None:
    """The value that a curve has arrived at right before a tick; None when it begins there or later."""
    left = next((point for point in reversed(curve.points) if point.tick < tick), None)
    right = next((point for point in curve.points if point.tick >= tick), None)
    if left is None:
        return None
    if right is None or left.curve == "hold":
        return left.value
    share = (tick - left.tick) / (right.tick - left.tick)
    return left.value + share * (right.value - left.value)
