"""A composed song as a folder: project, stems, MIDI, mix and report."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Project, Track
from musicgen_desktop.dsp import true_peak_dbtp
from musicgen_desktop.exchange.midi_file import save_midi, song_midi, track_midi
from musicgen_desktop.exchange.stems import mix_tags, numbered_name, stem_file_name, stem_tags
from musicgen_desktop.foundation import StopFlag, safe_file_name
from musicgen_desktop.media import Bits, make_folder, write_file, write_wav
from musicgen_desktop.storage import PROJECT_SUFFIX, ProjectLock, is_project, save_project

from ._asked import rings_out
from ._pending_files import PendingFiles
from ._song_audio import SongAudio
from ._song_rights import SongRights
from .song_report import MixReport, SongReport, StemReport, finite

MIX = "mix.wav"
REPORT = "report.json"


class Written(NamedTuple):
    """What was written, paths relative to the folder, and the levels measured while writing."""

    stems: tuple[StemReport, ...]
    mix: MixReport
    project: str
    files: tuple[str, ...]


def prepare_folder(folder: Path) -> None:
    """Make the folder and see that it can be written before anything is composed.

    Raises:
        CannotWriteIntoError: when it cannot be.
    """
    make_folder(folder)
    for part in (folder / "stems", folder / "midi"):
        if part.exists():  # a new one is made with its first file, so that a stopped song leaves none behind
            make_folder(part)


def project_lock(place: Path) -> AbstractContextManager[ProjectLock | None]:
    """Keep others from writing the project that lies there, if one does, until the song is written.

    Raises:
        ProjectInUseError: when it is open elsewhere.
        CannotSaveError: when its folder cannot be written.
    """
    return ProjectLock(place) if is_project(place) else nullcontext()


def project_place(project: Project, folder: Path) -> Path:
    """Where the project of a song in this folder lies."""
    return folder / f"{safe_file_name(project.name)}{PROJECT_SUFFIX}"


def write_song(
    song: SongAudio,
    folder: Path,
    place: Path,
    described: Callable[[Written], SongReport],
    *,
    soundfont: Path | None = None,
    bits: Bits = 24,
    lock: ProjectLock | None = None,
    stop: StopFlag | None = None,
) -> SongReport:
    """Write stems, MIDI files, mix, report and project, or nothing: a failure leaves what was there before.

    Args:
        song: what to write.
        folder: prepared by `prepare_folder`.
        place: the project's folder.
        described: makes the report of what was written.
        soundfont: the General MIDI font that played it; the files say so.
        bits: of the WAV files: 16, 24, or 32 for float.
        lock: on the project's folder, when it is held.
        stop: asked before the files take their places.

    Raises:
        UserInputError: when something cannot be written.
        Stopped: when `stop` was set.
    """
    with PendingFiles(folder) as files:
        written = _write_sounds(song, files, bits, SongRights(song.project, place, soundfont))
        save_midi(song_midi(song.project), files.path("midi/song.mid"))
        name = place.name if place.resolve().parent == folder.resolve() else str(place)
        said = described(
            written._replace(project=name, files=(*written.files, "midi/song.mid", MIX, name, REPORT))
        )
        write_file(files.path(REPORT), msgspec.json.format(msgspec.json.encode(said), indent=2) + b"\n")
        if stop is not None:
            stop.raise_if_set()
        files.move_in()
        save_project(song.project, place, lock=lock)
    return said


def _write_sounds(song: SongAudio, files: PendingFiles, bits: Bits, rights: SongRights) -> Written:
    """Stems with their MIDI files, and the mix; two at a time."""
    tracks = [track for track in song.project.tracks if track.id in song.stems]
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [
            pool.submit(_write_stem, song, track, number, files, bits, rights)
            for number, track in enumerate(tracks, start=1)
        ]
        mix = pool.submit(_write_mix, song, files, bits, rights)
        stems = tuple(job.result() for job in jobs)
        names = (*(stem.wav for stem in stems), *(stem.midi for stem in stems if stem.midi))
        return Written(stems, mix.result(), "", names)


def remove_rendered(folder: Path, names: Iterable[str]) -> None:
    """Take away stems and MIDI files of a song that was here before; its project is the user's and stays."""
    for name in names:
        part, _, file = name.partition("/")
        if part in ("stems", "midi") and file == Path(file).name and file.endswith((".wav", ".mid")):
            (folder / part / file).unlink(missing_ok=True)


def _write_stem(
    song: SongAudio, track: Track, number: int, files: PendingFiles, bits: Bits, rights: SongRights
) -> StemReport:
    project, audio = song.project, song.stems[track.id]
    wav = f"stems/{stem_file_name(number, track.name, project)}"
    told = rights.of_track(track)
    tags = stem_tags(project, track, rights=told, frames=len(audio), bits=bits, loop_frames=_loop(song))
    write_wav(files.path(wav), audio, project.rate, bits, chunks=tags)
    midi = ""
    if track.kind == "notes":
        midi = f"midi/{numbered_name(number, track.name)}.mid"
        save_midi(track_midi(project, track), files.path(midi))
    peak = true_peak_dbtp(audio, project.rate)
    return StemReport(track.name, wav, midi, finite(song.stem_lufs[track.id]), finite(peak))


def _write_mix(song: SongAudio, files: PendingFiles, bits: Bits, rights: SongRights) -> MixReport:
    project, audio = song.project, song.mix
    told = rights.of_song()
    tags = mix_tags(project, rights=told, frames=len(audio), bits=bits, loop_frames=_loop(song))
    write_wav(files.path(MIX), audio, project.rate, bits, chunks=tags)
    return MixReport(MIX, finite(song.mix_lufs), finite(true_peak_dbtp(audio, project.rate)))


def _loop(song: SongAudio) -> int | None:
    """How many frames a sampler repeats: all, where nothing rings out behind the last bar."""
    return None if rings_out(song.project) else len(song.mix)
