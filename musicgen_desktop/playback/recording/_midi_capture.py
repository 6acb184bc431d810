"""What one track hears from a MIDI keyboard."""

from collections.abc import Iterable

from musicgen_desktop.playback.transport import Playhead

from ._midi_notes import EARLY_S, Message, notes_of_rounds
from ._values import ArmedNotes, FinishedNotes, RecordingSetup
from ._window import RecordingWindow, Round

_LENGTHS = {0x80: 3, 0x90: 3, 0xB0: 3, 0xD0: 2, 0xE0: 3}
_MOST_MESSAGES = 2_000_000


def is_recordable(data: bytes) -> bool:
    """Whether these bytes are one whole channel message of a kind that is kept."""
    return (
        0 < len(data) <= 3
        and _LENGTHS.get(data[0] & 0xF0) == len(data)
        and all(value < 0x80 for value in data[1:])
    )


class MidiCapture:
    """Collects the messages of one track and makes notes and controls of them at the end.

    Args:
        track: whose.
        setup: of the recording; `latency_frames` has no say here, for a message's clock is the frame that
            was *heard* when the key went down.
        course: how the song runs at the start.
    """

    def __init__(self, track: ArmedNotes, setup: RecordingSetup, course: Playhead) -> None:
        self._track, self._setup = track, setup
        self._window = RecordingWindow(course, from_clock=setup.from_clock, punch=setup.punch)
        self._messages: list[Message] = []

    def hear(self, data: bytes, clock: int) -> bool:
        """Take a message.

        Args:
            data: status and data bytes of one channel message; anything else is passed over.
            clock: the frame of the stream that was heard then.

        Returns:
            Whether it was taken.
        """
        if not is_recordable(data) or len(self._messages) >= _MOST_MESSAGES:
            return False
        self._messages.append(Message(clock, data))
        return True

    def set_course(self, course: Playhead) -> None:
        """From `course.clock` on the song runs otherwise."""
        self._window.set_course(course)

    def finish(self, end_clock: int) -> FinishedNotes:
        """All that was played up to this frame of the stream; nothing hangs."""
        messages = sorted(self._messages, key=lambda message: message.clock)
        clocks = [message.clock for message in messages]
        reach = round(EARLY_S * self._setup.rate)
        rounds = _joined(self._window.rounds(end_clock, clocks, reach)) if messages else []
        spans = notes_of_rounds(messages, rounds, self._setup.rate, self._setup.tempo_map)
        return FinishedNotes(self._track.track_id, self._track.name, spans)


def _joined(rounds: Iterable[Round]) -> list[Round]:
    """Rounds between which nothing jumps are one, also where the course was set anew."""
    joined: list[Round] = []
    for each in rounds:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.clock + last.frames == each.clock
            and last.place + last.frames == each.place
        ):
            joined[-1] = last._replace(frames=last.frames + each.frames)
        else:
            joined.append(each)
    return joined
