"""How the frames that come in relate to those that go out."""

import msgspec


class _Mark(msgspec.Struct, frozen=True):
    """From this input frame on, input frame m is stream frame m - offset."""

    input_frame: int
    offset: int


class ClockRelation:
    """Input frame m came in with the callback in which stream frame `m - offset` went out.

    The stream's clock stands still while the speaker starves, and the input's does not; so the offset grows
    with each starvation. What came in before keeps the relation it had.
    """

    def __init__(self) -> None:
        self._marks = [_Mark(0, 0)]

    @property
    def offset(self) -> int:
        """The relation as it is now, in frames."""
        return self._marks[-1].offset

    def change(self, offset: int, *, input_frame: int) -> None:
        """From this input frame on, another offset holds."""
        self._marks = [*self._marks[-63:], _Mark(input_frame, offset)]

    def stream_frame(self, input_frame: int) -> int:
        """The stream frame that went out as this one came in; in a starvation, the one that was awaited."""
        marks = self._marks
        latest = max((n for n, mark in enumerate(marks) if mark.input_frame <= input_frame), default=0)
        found = input_frame - marks[latest].offset
        if latest + 1 < len(marks):
            then = marks[latest + 1]
            found = min(found, then.input_frame - then.offset)
        return found
