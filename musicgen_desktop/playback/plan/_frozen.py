"""Frozen tracks: whether their files still hold what would be heard."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from musicgen_desktop.document import AudioClip, AudioSource, Automation, Clip, Frozen, Insert, Project, Track
from musicgen_desktop.instruments import sound_fingerprints
from musicgen_desktop.music import Patch
from musicgen_desktop.timing import TempoMap

from ._digests import digest_of, font_digest, known_digest
from ._sources import PIANO, find_file
from ._values import ClipsSource, PlannedClip

_FORM = "frozen-2"
"""Changes when the same inputs give another sound."""

_FONT, _PRESET = "font-", "preset-"


class _Inputs(msgspec.Struct, frozen=True):
    """All that is heard of a track before its fader, but for what plays its notes."""

    form: str
    clips: str
    contents: tuple[str, ...]
    patch: Patch | None
    trim_db: float
    polarity_inverted: bool
    inserts: tuple[Insert, ...]
    curves: str
    tempo_map: str
    rate: int


class FrozenInputs:
    """What the sounds of a project's tracks before the fader are made of, as hashes.

    A hash has two parts, “blake2b-…+font-…”: the song's, and that of the SoundFont or preset that plays the
    notes. The second is not there for audio, nor for a preset that this machine does not have.

    Args:
        project: whose tempo, rate and audio files.
        soundfont: the General MIDI font that plays it; it counts only where it is heard.
        folder: the project's, to look up files that have no hash of their own.
        tracks: those to ask for; None for the frozen ones.
    """

    def __init__(
        self,
        project: Project,
        soundfont: Path | None,
        folder: Path | None,
        tracks: Iterable[Track] | None = None,
    ) -> None:
        asked = [track for track in project.tracks if track.frozen] if tracks is None else list(tracks)
        self._project = project
        self._folder = folder
        self._sources = {source.id: source for source in project.sources} if asked else {}
        self._has_font = soundfont is not None
        self._font = font_digest(soundfont) if soundfont is not None and asked else ""
        self._presets = sound_fingerprints({_patch(track) for track in asked if track.kind == "notes"})

    def of(self, track: Track) -> str:
        """A hash of all that a track's sound before the fader is made of.

        Names, colours and ids are no part of it, nor are fader, pan, sends and mute, which stay free to move.
        """
        tempo = self._project.tempo_map
        inputs = _Inputs(
            form=_FORM,
            clips=known_digest("clips", track.clips, lambda: _clips_digest(track)),
            contents=tuple(
                self._content(clip.source_id)
                for clip in track.clips
                if isinstance(clip, AudioClip) and not clip.muted
            ),
            patch=None if track.patch is None else msgspec.structs.replace(track.patch, name=""),
            trim_db=track.trim_db,
            polarity_inverted=track.polarity_inverted,
            inserts=tuple(msgspec.structs.replace(insert, name="") for insert in track.inserts),
            curves=known_digest("curves", track.automation, lambda: _curves_digest(track)),
            tempo_map=known_digest("tempo", tempo, lambda: digest_of(tempo, TempoMap)),
            rate=self._project.rate,
        )
        return f"blake2b-{digest_of(inputs, _Inputs)}{self._player(track)}"

    def hold(self, track: Track) -> bool:
        """Whether a track is frozen and its file is still what would be heard.

        A SoundFont or preset that is not on this machine cannot be heard in the file's place: then the file
        is as good as it was, when all else agrees.
        """
        if track.frozen is None:
            return False
        kept, now = track.frozen.inputs, self.of(track)
        if kept == now:
            return True
        song, _, player = now.partition("+")
        kept_song, _, kept_player = kept.partition("+")
        is_absent = not player or (is_by_font(kept) and not self._has_font)
        return song == kept_song and bool(kept_player) and is_absent

    def _player(self, track: Track) -> str:
        """What plays the notes: a part of the hash of its own."""
        if track.kind != "notes":
            return ""
        if self._has_font and _patch(track).source == "general_midi":
            return f"+{_FONT}{self._font}" if self._font else ""
        preset = self._presets.get(_patch(track))
        return "" if preset is None else f"+{_PRESET}{preset}"

    def _content(self, source_id: str) -> str:
        """What tells an audio file's content."""
        source = self._sources.get(source_id)
        if source is None or source.content_hash:
            return "" if source is None else source.content_hash
        return f"{source.path}:{self._size(source)}:{source.rate}:{source.frames}"

    def _size(self, source: AudioSource) -> int:
        path, _problem = find_file(source, self._folder)
        try:
            return -1 if path is None else path.stat().st_size
        except OSError:
            return -1


def frozen_inputs(track: Track, project: Project, soundfont: Path | None, folder: Path | None = None) -> str:
    """The hash that a freeze of the track keeps; arguments as those of `FrozenInputs`."""
    return FrozenInputs(project, soundfont, folder, (track,)).of(track)


def freeze_holds(track: Track, project: Project, soundfont: Path | None, folder: Path | None) -> bool:
    """Whether a track is frozen, its file is there and is still what would be heard."""
    if track.frozen is None or not FrozenInputs(project, soundfont, folder, (track,)).hold(track):
        return False
    return find_file(_frozen_source(track.frozen, project), folder)[1] is None


def is_by_font(inputs: str) -> bool:
    """Whether a SoundFont played what was frozen with this hash."""
    return inputs.partition("+")[2].startswith(_FONT)


def as_played(track: Track) -> Track:
    """The track with its inserts and all before them taken away: they are in its file already."""
    return msgspec.structs.replace(
        track,
        trim_db=0.0,
        polarity_inverted=False,
        inserts=(),
        automation=tuple(curve for curve in track.automation if not curve.target.startswith("insert:")),
    )


def plan_frozen(
    track: Track, project: Project, rate: int, folder: Path | None, inputs: FrozenInputs
) -> tuple[ClipsSource | None, str | None]:
    """What plays in a frozen track's place, or (None, a sentence why it is not played)."""
    if track.frozen is None:
        return None, None
    if not inputs.hold(track):
        return None, (
            f"Track “{track.name}” changed since it was frozen, so it is played anew;"
            " freeze it again to save work."
        )
    source = _frozen_source(track.frozen, project)
    path, problem = find_file(source, folder)
    if source is None or problem is not None:
        return None, f"The frozen sound of track “{track.name}” is missing, so the track is played anew."
    scale = rate / source.rate
    clip = PlannedClip(
        start_frame=round(track.frozen.start_frame * scale),
        frames=round(source.frames * scale),
        path=path,
        key=source.content_hash or str(path),
    )
    return ClipsSource((clip,)), None


def _frozen_source(frozen: Frozen, project: Project) -> AudioSource | None:
    return next((source for source in project.sources if source.id == frozen.source_id), None)


def _patch(track: Track) -> Patch:
    return track.patch or PIANO


def _baked(track: Track) -> Iterator[Automation]:
    """The curves that move inserts."""
    return (curve for curve in track.automation if curve.target.startswith("insert:"))


def _clips_digest(track: Track) -> str:
    return digest_of(tuple(_bare(clip) for clip in track.clips if not clip.muted), tuple[Clip, ...])


def _curves_digest(track: Track) -> str:
    curves = tuple(msgspec.structs.replace(curve, id="") for curve in _baked(track) if curve.enabled)
    return digest_of(curves, tuple[Automation, ...])


def _bare(clip: Clip) -> Clip:
    """A clip without what cannot be heard of it."""
    if isinstance(clip, AudioClip):  # the file's content counts, not what it is called
        clip = msgspec.structs.replace(clip, source_id="")
    return msgspec.structs.replace(clip, id="", name="", take_id=None, color=None)
