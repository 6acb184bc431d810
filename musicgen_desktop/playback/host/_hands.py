"""Keyboards and microphones that sound at once, beside the song that is mixed ahead."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from queue import SimpleQueue

import msgspec

from musicgen_desktop.foundation import MusicgenDesktopError, hurry
from musicgen_desktop.instruments import make_live_instrument
from musicgen_desktop.playback.live import (
    NOTE_OFF,
    NOTE_ON,
    LiveInput,
    LiveLoop,
    LiveTrack,
    MidiEvent,
)
from musicgen_desktop.playback.mixer import StripSettings

from ._commands import LivePart, PlayNote, SetLive
from ._events import KeyMoved, LiveReady
from ._midi_inputs import MidiInputs
from ._output import Output
from ._score import Score
from ._tape import Tape

_LOOK_S = 2.0
_STRUCK_KEPT_S = 30.0
"""So long a track stays live after a key of the window was struck."""


class Hands:
    """What is played live on one open device. Belongs to the control thread.

    Args:
        output: the device.
        score: the song, whose strips the live tracks sound through.
        tape: records what is played.
        inputs: where keyboards are heard.
        now: seconds, only forward.
    """

    def __init__(
        self, output: Output, score: Score, tape: Tape, inputs: MidiInputs, now: Callable[[], float]
    ) -> None:
        self._output, self._score, self._tape, self._now = output, score, tape, now
        self._inputs = inputs
        self._loop: LiveLoop | None = None
        self._wish = SetLive()
        self._asked = SetLive()
        self._struck_at: float | None = None
        """When a key was struck for which a track is live that was not asked for; None without one."""
        self._look_at = 0.0
        self._keys: SimpleQueue[KeyMoved] = SimpleQueue()

    def play(self, wish: SetLive) -> LiveReady:
        """Let these tracks sound live from now on, and no others.

        Raises:
            UserInputError: when there is no such port, preset or SoundFont.
            MusicgenDesktopError: when the song is not there yet.
        """
        self._asked, self._struck_at = wish, None
        return self._begin(wish)

    def strike(self, note: PlayNote) -> None:
        """Strike a key of one track, or let it go. It is heard, and not recorded.

        Raises:
            UserInputError: when there is no such preset or SoundFont.
        """
        track = self._struck_track(note.part)
        if track is None and note.is_down:
            others = tuple(part for part in self._asked.parts if part.track_id != note.part.track_id)
            soundfont = note.soundfont or self._asked.soundfont
            self._begin(SetLive(self._asked.midi_port, (*others, note.part), soundfont))
            self._struck_at = self._now()
            track = self._struck_track(note.part)
        if track is None or self._loop is None:
            return
        now = self._now()
        self._struck_at = None if self._struck_at is None else now
        status = (NOTE_ON if note.is_down else NOTE_OFF) | track.channel
        event = MidiEvent(now, bytes((status, note.pitch, note.velocity)))
        self._loop.order(partial(track.hear, event))

    def _begin(self, wish: SetLive) -> LiveReady:
        self.close()
        self._wish = SetLive()
        if not wish.parts and wish.midi_port is None:
            return LiveReady()
        if not self._score.fits(self._output.rate):
            raise MusicgenDesktopError("The song is still being made ready; arm the track in a moment.")
        self._wish = wish
        tracks = [self._source(part, wish) for part in wish.parts]
        loop = LiveLoop(self._output.speaker, tracks, listener=self._record, now=self._now)
        # A port that is not there is told before anything sounds.
        keyboards = () if wish.midi_port is None else self._inputs.play(wish.midi_port, loop.hear)
        loop.start()
        loop.order(hurry)
        self._loop = loop
        self._tape.monitors = tuple(track for track in tracks if isinstance(track, LiveInput))
        speaker = self._output.speaker
        thru_ms = round(1000.0 * (loop.delay_s + speaker.latency_frames / speaker.rate), 1)
        return LiveReady(", ".join(keyboards), thru_ms, keyboards)

    def moved_keys(self) -> Iterator[KeyMoved]:
        """The keys of the keyboard that moved since the last time."""
        while not self._keys.empty():
            yield self._keys.get()

    def change_plan(self) -> None:
        """The score is another now: strips are set otherwise."""
        loop = self._loop
        if loop is None:
            return
        for track in loop.tracks:
            if isinstance(track, LiveTrack | LiveInput):
                self._set_strip(loop, track)

    def look_around(self) -> None:
        """Let go of what was struck long ago.

        Raises:
            MusicgenDesktopError: live playing ended by itself.
        """
        if self._now() < self._look_at:
            return
        self._look_at = self._now() + _LOOK_S
        if self._struck_at is not None and self._now() > self._struck_at + _STRUCK_KEPT_S:
            self._struck_at = None
            self._begin(self._asked)
        if self._loop is not None and self._loop.failed:
            sentence = self._loop.failed
            self.close()
            raise MusicgenDesktopError(sentence)

    def close(self) -> None:
        """Let all keys go."""
        self._inputs.rest()
        if self._loop is not None:
            self._loop.close()
        self._loop = None
        self._tape.monitors = ()

    def _struck_track(self, part: LivePart) -> LiveTrack | None:
        """The live track that sounds as the part does."""
        if not any(each.track_id == part.track_id and each.patch == part.patch for each in self._wish.parts):
            return None
        tracks = () if self._loop is None else self._loop.tracks
        return next(
            (each for each in tracks if isinstance(each, LiveTrack) and each.track_id == part.track_id), None
        )

    def _source(self, part: LivePart, wish: SetLive) -> LiveTrack | LiveInput:
        settings, heard = self._strip(part.track_id, part.inputs)
        rate, tempo = self._output.rate, self._score.tempo_map
        if part.patch is None:
            return LiveInput(
                part.track_id,
                settings,
                rate,
                device_frames=self._output.speaker.device_frames,
                channels=part.inputs or (0,),
                tempo=tempo,
                heard=heard,
                place=self._place,
            )
        soundfont = Path(wish.soundfont) if wish.soundfont else None
        return LiveTrack(
            part.track_id,
            make_live_instrument(part.patch, rate, soundfont=soundfont),
            settings,
            rate,
            tempo=tempo,
            channel=part.channel,
            heard=heard,
            place=self._place,
        )

    def _set_strip(self, loop: LiveLoop, track: LiveTrack | LiveInput) -> None:
        inputs = next((part.inputs for part in self._wish.parts if part.track_id == track.track_id), ())
        settings, heard = self._strip(track.track_id, inputs)
        prepared = track.prepare_strip(settings, heard=heard)
        loop.order(lambda: track.set_strip(prepared))

    def _strip(self, track_id: str, inputs: tuple[int, ...]) -> tuple[StripSettings, bool]:
        """The track's settings, and whether it is to be heard at all."""
        for strip in self._score.strips:
            if strip.id == track_id:
                # A track without clips knows not yet that a take from one input will be mono.
                is_mono = len(inputs) == 1 or (strip.is_mono and not inputs)
                return msgspec.structs.replace(strip, is_mono=is_mono), strip.output is not None
        return StripSettings(track_id, is_mono=len(inputs) == 1), True

    @property
    def thru_ms(self) -> float:
        """From a key to the ear, as measured lately; 0 before the first key."""
        return 0.0 if self._loop is None else self._loop.latency.mean_ms

    def _place(self) -> int:
        return max(self._output.engine.heard.place, 0)

    def _record(self, event: MidiEvent) -> None:
        """On the MIDI system's thread."""
        self._tape.hear_all(event.data, event.at)
        if event.kind == NOTE_ON:
            self._keys.put(KeyMoved(event.data[1], event.data[2]))
        elif event.kind == NOTE_OFF:
            self._keys.put(KeyMoved(event.data[1], 0))
