"""Windows over a take of any length: the decoder hears a stretch, goes on from its end, and moves forward."""

from dataclasses import dataclass

_KEPT = 2 / 3


@dataclass(frozen=True)
class Window:
    """What the decoder hears in one sequence, in codec steps from the start of what was given.

    Attributes:
        start: the first step it hears.
        new: the first step it draws; those from `start` up to here are forced.
        end: one past the last step it draws.
        offset: token positions that the windows before it have, so that its noise is other noise.
    """

    start: int
    new: int
    end: int
    offset: int

    def positions(self, delays: tuple[int, ...]) -> int:
        """How many token positions are fed: a column of padding first, and the last column is only drawn."""
        return self.end - self.start + max(delays)


def plan_windows(given: int, steps: int, window_steps: int, delays: tuple[int, ...]) -> tuple[Window, ...]:
    """Windows that draw each of `steps` new steps once, after `given` known ones.

    A window keeps at most two thirds of itself from what came before: 20 s of 30 s. More would draw too
    little a window, less would forget the music's theme.

    Args:
        given: known steps, 0 or more.
        steps: new steps, 1 or more.
        window_steps: the most steps heard at once, 2 or more.
        delays: of each codebook, in steps.
    """
    kept = min(window_steps - 1, round(window_steps * _KEPT))
    windows: list[Window] = []
    new, offset = given, 0
    while new < given + steps:
        start = max(0, new - kept)
        window = Window(start, new, min(start + window_steps, given + steps), offset)
        windows.append(window)
        new, offset = window.end, offset + window.positions(delays)
    return tuple(windows)
