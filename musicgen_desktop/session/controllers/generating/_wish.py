"""What the prompt panel asks for, as it was typed."""

import msgspec

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation import Request
from musicgen_desktop.session.controllers.request import request_of

MOST_VARIATIONS = 4
_LARGEST_SEED = 2**63 - 1


class New(msgspec.Struct, frozen=True, tag="new", forbid_unknown_fields=True):
    """A song of its own."""


class RemakeRange(msgspec.Struct, frozen=True, tag="remake", forbid_unknown_fields=True):
    """Some stems of the open project again, between two bars (both included, counted from 1).

    Attributes:
        stems: roles; empty for engines of sound.
        track: the id of an audio track, for engines of sound.
    """

    stems: tuple[str, ...]
    first_bar: int
    last_bar: int
    track: str = ""


class Continue(msgspec.Struct, frozen=True, tag="continue", forbid_unknown_fields=True):
    """The open project's song goes on at that bar; None is the first bar after its end."""

    bar: int | None = None


class Layer(msgspec.Struct, frozen=True, tag="layer", forbid_unknown_fields=True):
    """One more stem that fits the open project.

    Attributes:
        role: one that it does not have yet; for engines of sound any words, which go before the prompt.
        first_bar, last_bar: both included, for engines of sound; None means the song's own ends.
    """

    role: str
    first_bar: int | None = None
    last_bar: int | None = None


class SoundWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What only engines of sound heed; each value as in `SoundRequest`.

    Attributes:
        melody: a sound file whose melody is followed; empty for none.
        melody_track: the id of a track of the project whose melody is followed, of notes or of sound; empty
            for none. A new take then lies on the project's own bars and tempo.
        before: a sound file that a new take goes on from; empty for none. It is not part of the take.
        resume: the id of a take of this project that ended early: it goes on from there. Everything else
            that is wished for is as it was; see `resumed`.
        earlier: the ids of takes that `resume` went on from in its turn.
    """

    guidance: float | None = None
    temperature: float = 1.0
    top_k: int = 250
    top_p: float = 0.0
    melody: str = ""
    melody_track: str = ""
    before: str = ""
    resume: str = ""
    earlier: tuple[str, ...] = ()

    @property
    def beginnings(self) -> frozenset[str]:
        """The ids of all takes that are the beginning of the one that is wished for."""
        return frozenset((self.resume, *self.earlier)) - {""}

    def anew(self) -> "SoundWish":
        """The same from its first frame on."""
        return msgspec.structs.replace(self, resume="", earlier=())


WishMode = New | RemakeRange | Continue | Layer


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values as `request_of` takes them, how many takes are wanted, and what for.

    `Continue` uses `bars` (how many more, 8 when None) and `seed`; `RemakeRange` and `Layer` use `seed`
    alone: style, tempo, chords and engine are the project's. With an engine of sound all three use `prompt`,
    `key`, `variations` and `sound` too.

    Attributes:
        seed: of the first take; the others have the seeds that follow.
        variations: 1 to 4 takes.
        sound: for engines that make sound; None for those that write notes.
    """

    prompt: str = ""
    engine: str = "composer"
    model: str | None = None
    style: str | None = None
    bars: int | None = None
    seconds: float | None = None
    tempo: float | None = None
    key: str | None = None
    meter: str | None = None
    chords: str | None = None
    stems: str | None = None
    seed: int = 0
    variations: int = 1
    mode: WishMode = New()
    sound: SoundWish | None = None

    @property
    def stands_alone(self) -> bool:
        """A new take that hears nothing of the open project and lies on no ruler of it."""
        return isinstance(self.mode, New) and not (self.sound is not None and self.sound.melody_track)

    def request(self) -> Request:
        """The checked request of the first take.

        Raises:
            UserInputError: when a value is unknown or out of range.
        """
        return request_of(
            self.prompt,
            engine=self.engine,
            model=self.model,
            style=self.style,
            bars=self.bars,
            seconds=self.seconds,
            tempo=self.tempo,
            key=self.key,
            meter=self.meter,
            chords=self.chords,
            stems=self.stems,
            seed=self.seed,
        )

    def single_wishes(self) -> tuple["Wish", ...]:
        """One wish for each take, every seed its own.

        Raises:
            UserInputError: when a value is unknown or out of range.
        """
        if not 1 <= self.variations <= MOST_VARIATIONS:
            raise UserInputError(
                f"You asked for {self.variations} takes at once; choose 1 to {MOST_VARIATIONS}."
            )
        if not 0 <= self.seed <= _LARGEST_SEED - MOST_VARIATIONS:
            raise UserInputError("A seed is a whole number from 0 to 9223372036854775803; type another one.")
        self.request()
        return tuple(
            msgspec.structs.replace(self, seed=self.seed + number, variations=1)
            for number in range(self.variations)
        )
