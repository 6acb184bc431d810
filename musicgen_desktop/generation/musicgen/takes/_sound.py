"""One variation's tokens become sound while they come, joined to what it goes on from and leads into."""

import numpy as np

from musicgen_desktop.generation.musicgen.audio import SEAM_REACH, Codec, StreamDecoder, crossfade, seam_dbfs
from musicgen_desktop.generation.musicgen.runtime.path import Floats, Tokens

_REMEMBERED = 50  # steps of what was given that the codec hears first: a second, for its LSTM


class TakeSound:
    """Frames once given are final; together they are what decoding all tokens at once gives. C channels."""

    def __init__(
        self,
        codec: Codec,
        channels: int,
        frames: int,
        *,
        given: Tokens | None = None,
        before: Floats | None = None,
        after: Floats | None = None,
        joins: tuple[int, ...] = (),
    ) -> None:
        """Begin.

        Args:
            codec: one that can be streamed.
            channels: of the sound.
            frames: how many new ones there are; with `after`, a codec step more is given.
            given: [K, T] tokens of what it goes on from, or none.
            before: [C, F] the sound of `given`; its mirror image fades out over the first step.
            after: [C, F] fades in over the last step.
            joins: steps at which windows met; they are measured as seams.
        """
        self._stream, self._hop = StreamDecoder(codec, channels), codec.shape.hop
        self._dropped = 0  # frames of what was given that come out of the codec first
        if given is not None and given.shape[1]:
            heard = given[:, -_REMEMBERED:]
            self._dropped = heard.shape[1] * self._hop
            self._drop(self._stream.push(heard))
        self._frames = frames + (self._hop if after is not None else 0)
        self._fades: list[tuple[int, Floats, bool]] = []  # frame, other sound, whether that one leaves
        self._seams = [step * self._hop for step in joins if 0 < step * self._hop < frames]
        self._tail = np.zeros((channels, 0), np.float32)
        if before is not None and before.shape[1] >= self._hop:
            self._fades.append((0, before[:, ::-1][:, : self._hop], True))
            self._seams.insert(0, 0)
            self._tail = before[:, -SEAM_REACH:]
        self._after = None
        if after is not None and after.shape[1] >= self._hop + 2:
            self._fades.append((frames, after[:, : self._hop], False))
            self._seams.append(self._frames)
            self._after = after[:, self._hop : self._hop + SEAM_REACH]
        self.given = 0
        self.seams_dbfs: list[float] = []

    def push(self, tokens: Tokens) -> Floats:
        """Take the next tokens [K, n]; returns the new final frames [C, F], F may be 0."""
        return self._next(self._stream.push(tokens))

    def finish(self) -> Floats:
        """The frames that were held back; nothing can be pushed after it."""
        return self._next(self._stream.finish(), ended=True)

    def _drop(self, sound: Floats) -> Floats:
        kept = sound[:, self._dropped :]
        self._dropped -= sound.shape[1] - kept.shape[1]
        return kept

    def _next(self, sound: Floats, *, ended: bool = False) -> Floats:
        piece = self._drop(sound)[:, : self._frames - self.given]
        for frame, other, leaves in self._fades:
            piece = _faded(piece, self.given, frame, other, leaves=leaves)
        self._measure(piece, ended=ended)
        self.given += piece.shape[1]
        return piece

    def _measure(self, piece: Floats, *, ended: bool) -> None:
        start = self.given - self._tail.shape[1]
        follows = self._after if ended and self._after is not None else piece[:, :0]
        sound = np.concatenate((self._tail, piece, follows), 1)
        for frame in tuple(self._seams):
            enough = 2 if ended else SEAM_REACH
            if 2 <= frame - start <= sound.shape[1] - enough:
                self.seams_dbfs.append(seam_dbfs(sound, frame - start))
                self._seams.remove(frame)
        self._tail = np.concatenate((self._tail, piece), 1)[:, -2 * SEAM_REACH :]


def _faded(piece: Floats, start: int, frame: int, other: Floats, *, leaves: bool) -> Floats:
    """The piece, which begins at `start`, with what of the fade at `frame` lies in it."""
    length = other.shape[1]
    first, last = max(frame, start), min(frame + length, start + piece.shape[1])
    if first >= last:
        return piece
    whole = np.zeros((piece.shape[0], length), np.float32)
    whole[:, first - frame : last - frame] = piece[:, first - start : last - start]
    mixed = crossfade(other, whole) if leaves else crossfade(whole, other)
    return np.concatenate(
        (piece[:, : first - start], mixed[:, first - frame : last - frame], piece[:, last - start :]), 1
    )
