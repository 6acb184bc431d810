"""A song's stems, its mix, or its clips, as sound files."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import Report, StopFlag, UserInputError
from musicgen_desktop.media import Bits, make_folder
from musicgen_desktop.playback.plan import RenderPlan, compile_plan

from ._bars import checked_bars
from ._clip_files import ClipFile, clip_files, write_clip_files
from ._long_songs import part_of
from ._mix_file import write_mix_file
from ._song_rights import SongRights
from ._sound_files import SoundFiles
from ._sound_span import SoundSpan, bars_sound
from ._sounds import refuse_lost_sounds
from ._stem_files import stem_names, write_stem_files
from ._unheard import unheard_tracks, why_unheard
from .request import checked_rate

_NOT_LINEAR = (
    "A group or return holds an effect that hears its tracks together, such as a compressor, so the stems do"
    " not add up to the mix exactly."
)


class SoundWish(msgspec.Struct, frozen=True):
    """How the sound of a song is written.

    Attributes:
        flac: FLAC files instead of WAV, with 16 or 24 bits; they tell the same of themselves.
        rate: frames per second, 44 100 … 96 000; None for the project's.
        tail: whether files ring out after their last bar; None lets the song do what it was asked to, and
            cuts bars and clips.
        guard: when a file exceeds −1 dBTP, all are turned down by one gain; else nothing is touched.
        per_clip: a file for each clip instead of each track.
    """

    flac: bool = False
    rate: int | None = None
    tail: bool | None = None
    guard: bool = False
    per_clip: bool = False

    @property
    def extension(self) -> str:
        """Of the files, without the dot."""
        return "flac" if self.flac else "wav"


USUAL_SOUND = SoundWish()


class SoundNames(NamedTuple):
    """Names of files in the tracks' order, and a sentence for each thing that is not as one might think."""

    names: tuple[str, ...]
    remarks: tuple[str, ...]


class _Ready(NamedTuple):
    """What is written: stems by track id, or clips."""

    sound: SoundSpan
    plan: RenderPlan
    stems: dict[str, str]
    clips: tuple[ClipFile, ...]
    remarks: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.stems.values(), *(clip.name for clip in self.clips))


@dataclass(frozen=True)
class SongSound:
    """A song on its way into sound files.

    Attributes:
        project: as it is now.
        folder: the project's; None while it was never saved.
        soundfont: the General MIDI font that plays it.
        bits: of the files.
        wish: how they are written.
        first_bar: None for bar 1.
        last_bar: included; None for the song's end.
        only: names, roles or numbers of the tracks and buses that get files; None for all that play.
        groups: stems of buses too.
        with_unheard: tracks that mute or solo silences have stems too; else the remarks name them.
    """

    project: Project
    folder: Path | None
    soundfont: Path | None
    bits: Bits = 24
    wish: SoundWish = USUAL_SOUND
    first_bar: int | None = None
    last_bar: int | None = None
    only: tuple[str, ...] | None = None
    groups: bool = False
    with_unheard: bool = False

    def preview(self, *, stems: bool) -> SoundNames:
        """What `write` would write beside the mix.

        Raises:
            UserInputError: as `write`, but for the disk.
        """
        ready = self._ready(stems=stems)
        return SoundNames(ready.names, ready.remarks)

    def write(self, *, stems: Path | None, mix: Path | None, report: Report, stop: StopFlag) -> SoundNames:
        """Write the files.

        Args:
            stems: the folder for stems or clips, which is made when it is missing; None writes none.
            mix: the mix's file; None writes none.
            report: told the share done.
            stop: asked inside the rendering.

        Raises:
            UserInputError: when the song lacks the bars or the tracks, a sound that is heard is missing, FLAC
                cannot have the bits, or the disk refuses.
            Stopped: when `stop` was set.
        """
        ready = self._ready(stems=stems is not None)
        for folder in (stems, None if mix is None else mix.parent):
            if folder is not None:
                make_folder(folder)
        guard = (stems or (mix.parent if mix else None)) if self.wish.guard else None
        with SoundFiles(self._rate, self.bits, guard=guard) as files:
            rendering = part_of(report, 0.0, 0.9) if self.wish.guard else report
            self._render(ready, stems, mix, files, rendering, stop)
            told = files.finish(part_of(report, 0.9, 0.1), stop)
        return SoundNames(ready.names, (*ready.remarks, *told))

    def _render(
        self,
        ready: _Ready,
        stems: Path | None,
        mix: Path | None,
        files: SoundFiles,
        report: Report,
        stop: StopFlag,
    ) -> None:
        sound = ready.sound
        after = 0.0
        if stems is not None and ready.clips:
            after = 0.7 if mix is not None else 1.0
            self._render_clips(ready, stems, files, part_of(report, 0.0, after), stop)
        if mix is not None:
            write_mix_file(
                self._at_rate(sound.project),
                ready.plan,
                mix,
                sound.span,
                rights=self._rights,
                bits=self.bits,
                stems=ready.stems,
                stems_folder=stems,
                report=part_of(report, after, 1.0 - after),
                stop=stop,
                files=files,
                loop_frames=sound.loop_frames,
            )
        elif stems is not None and ready.stems:
            write_stem_files(
                self._at_rate(sound.project),
                ready.plan,
                stems,
                sound.span,
                ready.stems,
                rights=self._rights,
                bits=self.bits,
                report=report,
                stop=stop,
                files=files,
                loop_frames=sound.loop_frames,
            )

    def _render_clips(
        self, ready: _Ready, folder: Path, files: SoundFiles, report: Report, stop: StopFlag
    ) -> None:
        write_clip_files(
            self.project,
            ready.clips,
            folder,
            media_folder=self.folder,
            soundfont=self.soundfont,
            rendered_at=self._rate,
            bits=self.bits,
            files=files,
            report=report,
            stop=stop,
        )

    def _ready(self, *, stems: bool) -> _Ready:
        if self.wish.flac and self.bits == 32:
            raise UserInputError("FLAC files have 16 or 24 bits; choose WAV files for 32-bit float.")
        refuse_lost_sounds(self.project, self.folder or Path())
        at_rate = self._at_rate(self.project)
        first, last = checked_bars(self.project, self.first_bar, self.last_bar)
        sound = bars_sound(at_rate, first, None if self.last_bar is None else last, tail=self.wish.tail)
        plan = self._planned(sound.project)
        if not stems:
            return _Ready(sound, plan, {}, (), tuple(plan.notes))
        # A stem bears the same number whichever bars are written.
        whole = plan if sound.project is at_rate else self._planned(at_rate)
        named, left_out = self._named(whole, sound.start_ticks)
        remarks = (*plan.notes, *left_out)
        if self.wish.per_clip:
            clips = self._clips(at_rate, named, sound)
            return _Ready(sound, plan, {}, clips, remarks)
        return _Ready(sound, plan, named, (), remarks if plan.stems_sum else (*remarks, _NOT_LINEAR))

    def _planned(self, project: Project) -> RenderPlan:
        """At the project's own rate: at another it is another song to its frozen tracks."""
        own = msgspec.structs.replace(project, rate=self.project.rate)
        return compile_plan(own, media_folder=self.folder, soundfont=self.soundfont, rate=self._rate)

    def _named(self, plan: RenderPlan, start_ticks: int) -> tuple[dict[str, str], tuple[str, ...]]:
        """(track id → file name of the stems that are wanted, what has to be told)."""
        named = stem_names(
            self.project,
            plan,
            only=self.only,
            groups=self.groups,
            extension=self.wish.extension,
            at_tick=start_ticks,
        )
        if self.with_unheard and not self.wish.per_clip:
            return named, ()
        unheard = unheard_tracks(plan)
        heard = {track_id: name for track_id, name in named.items() if track_id not in unheard}
        return heard, why_unheard(self.project, (each for each in named if each in unheard))

    def _clips(self, project: Project, named: dict[str, str], sound: SoundSpan) -> tuple[ClipFile, ...]:
        found = clip_files(
            project,
            named.keys(),
            (sound.start_ticks, sound.end_ticks),
            tail=bool(self.wish.tail),
            extension=self.wish.extension,
        )
        if not found:
            raise UserInputError("No clip that is heard lies in these bars; choose other bars or tracks.")
        return found

    @property
    def _rights(self) -> SongRights:
        return SongRights(self.project, self.folder, self.soundfont)

    @property
    def _rate(self) -> int:
        return self.project.rate if self.wish.rate is None else checked_rate(self.wish.rate)

    def _at_rate(self, project: Project) -> Project:
        return msgspec.structs.replace(project, rate=self._rate)
