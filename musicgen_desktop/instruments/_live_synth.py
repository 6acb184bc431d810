"""The built-in synthesizer, played live."""

import numpy as np
from numpy.typing import NDArray

from ._effects import EffectChain
from ._envelope import SHORTEST_RELEASE_MS
from ._live_curve import LiveCurve
from ._live_instrument import LiveInstrument
from ._live_voice import LiveVoice
from ._prepared_sounds import PreparedSounds
from ._preset import SynthPreset
from ._schedule import Audio

MONO_RELEASE_MS = 10.0
LEGATO_S = 0.03
_MOST_VOICES = 24
_FADE_MS = 5.0
# How much of a voice is rendered at once. The first pieces of a chord differ in length, so that its later
# pieces fall into different blocks.
_PIECE_FRAMES, _SHORT_PIECE_FRAMES = 1024, 256
_WHEEL_RESTS_S = 0.1
_VOLUME, _PAN, _EXPRESSION = 7, 10, 11


class LiveSynth(LiveInstrument):
    """A preset under the fingers. A note begins in the block in which its key was struck.

    A voice is rendered in pieces of some 20 ms, each before it is needed. A pitch wheel that moves throws
    away what is ahead of it.
    """

    most_keys = _MOST_VOICES

    def __init__(self, preset_id: str, preset: SynthPreset, rate: int) -> None:
        super().__init__()
        self._preset = preset
        self._rate = rate
        release_ms = max(preset.release_ms, SHORTEST_RELEASE_MS)
        self._release_frames = int(release_ms * rate / 1000)
        self._quick_release = int(MONO_RELEASE_MS * rate / 1000)
        self._fade_frames = int(_FADE_MS * rate / 1000)
        self._effects = EffectChain(preset.effects, rate)
        self._voices: list[LiveVoice] = []
        self._last: LiveVoice | None = None
        self._struck = 0
        self._quiet_at = 0
        self._prepared = PreparedSounds(preset_id, preset, rate)
        self._wheel = LiveCurve(0.0, rate)
        self._volume = LiveCurve(1.0, rate)
        self._expression = LiveCurve(1.0, rate)
        self._pan = LiveCurve(0.0, rate)

    @property
    def sounding(self) -> bool:
        """Whether anything is heard, or may be."""
        return bool(self._voices) or self._now < self._quiet_at

    @property
    def voices(self) -> int:
        """How many notes sound, those that are fading away too."""
        return len(self._voices)

    def warm_up(self) -> None:
        """Make the keys in the middle ready, on a thread of its own."""
        self._prepared.warm_up()

    def settle(self) -> None:
        """Wait until that is done."""
        self._prepared.settle()

    def _start(self, pitch: int, velocity: int, frame: int) -> LiveVoice:
        away = self._glide(pitch, frame) if self._preset.mono else 0
        self._make_room(frame)
        voice = LiveVoice(
            self._preset,
            self._prepared.get(pitch, velocity, away),
            self._rate,
            pitch=pitch,
            start=frame,
            away=away,
            # Doubling velocity adds a fixed number of decibels, as a hand expects.
            loudness=(velocity / 100) ** (self._preset.velocity_db / 20),
            release=self._release_frames,
            bend=self._bend,
        )
        self._struck += 1
        voice.render(_SHORT_PIECE_FRAMES * (1 + self._struck % 4))
        self._voices.append(voice)
        self._last = voice
        return voice

    def _glide(self, pitch: int, frame: int) -> int:
        """One voice only: the last note ends here. How far away the new one begins, if they touch."""
        last = self._last
        if last is None:
            return 0
        up = last.let_go_at
        last.let_go(frame, self._quick_release)
        return last.pitch - pitch if up is None or frame < up + LEGATO_S * self._rate else 0

    def _make_room(self, frame: int) -> None:
        soon = frame + self._fade_frames
        alive = [voice for voice in self._voices if voice.end is None or voice.end > soon]
        if len(alive) >= _MOST_VOICES:
            gone = next((voice for voice in alive if voice.let_go_at is not None), alive[0])
            gone.fade(frame, self._fade_frames)

    def _bend(self, frame: int, frames: int) -> NDArray[np.float32] | None:
        return self._wheel.at(frame, frames) if self._wheel.moved else None

    def _release(self, note: LiveVoice, frame: int) -> None:
        note.let_go(frame)

    def _control(self, kind: str, number: int, value: int, frame: int) -> None:
        if kind == "pitch_bend":
            self._turn_wheel(frame, min(max(value, -8192), 8191) / 8192)
        elif kind == "cc":
            value = min(max(value, 0), 127)
            if number == _VOLUME:
                self._volume.move(frame, value / 100)
            elif number == _EXPRESSION:
                self._expression.move(frame, value / 127)
            elif number == _PAN:
                self._pan.move(frame, (value - 64) / 64)

    def _turn_wheel(self, frame: int, place: float) -> None:
        self._wheel.move(frame, place)
        for voice in self._voices:
            voice.bent_at(frame)

    def _at_rest(self, frame: int) -> None:
        if self._wheel.moved:
            self._turn_wheel(frame, 0.0)
        self._expression.home(frame)

    def _silence(self) -> None:
        for voice in self._voices:
            voice.fade(self._now, self._fade_frames)

    def _render(self, frames: int) -> Audio:
        mix = np.zeros((frames, 2), np.float32)
        if not self.sounding:
            return mix
        start, end = self._now, self._now + frames
        wheel_moves = self._wheel.moved and start < self._wheel.settled_at + _WHEEL_RESTS_S * self._rate
        piece = _SHORT_PIECE_FRAMES if wheel_moves else _PIECE_FRAMES
        for voice in self._voices:
            missing = end - voice.ready_until
            if missing > 0:
                voice.render(max(missing, piece))
            voice.play(start, mix)
        self._voices = [voice for voice in self._voices if voice.end is None or voice.end > end]
        if not wheel_moves:
            self._work_ahead(end, frames)
        if self._voices:
            self._quiet_at = end + self._effects.memory_frames
        return self._effects.process(self._levelled(mix, start), start)

    def _work_ahead(self, end: int, frames: int) -> None:
        """Of the voices that would run out within the next block, render one now rather than two then."""
        short = [voice for voice in self._voices if voice.ready_until < end + frames]
        if len(short) > 1:
            min(short, key=lambda voice: voice.ready_until).render(_PIECE_FRAMES)

    def _levelled(self, mix: Audio, start: int) -> Audio:
        """With volume, expression and pan."""
        for curve in (self._volume, self._expression):
            if curve.moved:
                mix *= (curve.at(start, len(mix)) ** 2)[:, np.newaxis]
        if self._pan.moved:
            angle = (np.clip(self._pan.at(start, len(mix)), -1, 1) + 1) * np.float32(np.pi / 4)
            mix *= np.stack((np.cos(angle), np.sin(angle)), axis=1) * np.float32(np.sqrt(2))
        return mix
