"""Where two courses part."""

from musicgen_desktop.playback.transport import Playhead

NEVER = 1 << 62
_MOST_JUMPS = 1000


def agree_until(before: Playhead | None, after: Playhead | None, clock: int) -> int:
    """The first frame of the stream from `clock` on at which two courses may be at different places.

    Returns:
        `clock` itself when they are so from the start, `NEVER` when they never are.
    """
    if before is None or after is None:
        return clock
    if max(before.sounding_clock, clock) != max(after.sounding_clock, clock):
        return clock
    for _ in range(_MOST_JUMPS):
        if before.place_at(clock) != after.place_at(clock):
            return clock
        jumps = before.next_jump(clock), after.next_jump(clock)
        if jumps[0] != jumps[1]:
            return min(jump for jump in jumps if jump is not None)
        if jumps[0] is None:
            return NEVER
        clock = jumps[0]
    return clock
