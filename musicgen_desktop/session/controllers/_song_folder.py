"""A composed song as a folder: project, stems, MIDI, mix and report."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import msgspec

from musicgen_desktop.document import Track
from musicgen_desktop.dsp import true_peak_dbtp
from musicgen_desktop.exchange.midi_file import save_midi, song_midi, track_midi
from musicgen_desktop.exchange.stems import mix_tags, numbered_name, safe_name, stem_file_name, stem_tags
from musicgen_desktop.media import Bits, make_folder, write_file, write_wav
from musicgen_desktop.storage import save_project

from ._song_audio import SongAudio
from .song_report import MixReport, SongReport, StemReport, finite

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
    for part in (folder, folder / "stems", folder / "midi"):
        make_folder(part)


def write_song(
    song: SongAudio, folder: Path, *, bits: Bits = 24, project_folder: Path | None = None
) -> Written:
    """Write stems, MIDI files, mix and project; each file appears whole or not at all.

    Args:
        song: what to write.
        folder: prepared by `prepare_folder`.
        bits: of the WAV files: 16, 24, or 32 for float.
        project_folder: where the project lies already; None names it after the song.
    """
    project = song.project
    tracks = [track for track in project.tracks if track.id in song.stems]
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [
            pool.submit(_write_stem, song, track, number, folder, bits)
            for number, track in enumerate(tracks, start=1)
        ]
        mix_job = pool.submit(_write_mix, song, folder, bits)
        stems = tuple(job.result() for job in jobs)
        mix = mix_job.result()
    save_midi(song_midi(project), folder / "midi" / "song.mid")
    place = project_folder or folder / f"{safe_name(project.name)}.mgproj"
    save_project(project, place)
    name = place.name if place.resolve().parent == folder.resolve() else str(place)
    files = (
        *(s.wav for s in stems),
        *(s.midi for s in stems if s.midi),
        "midi/song.mid",
        mix.wav,
        name,
        REPORT,
    )
    return Written(stems, mix, name, files)


def write_report(report: SongReport, folder: Path) -> None:
    """`report.json`, indented for people, in one step."""
    write_file(folder / REPORT, msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


def remove_rendered(folder: Path, names: Iterable[str]) -> None:
    """Take away stems and MIDI files of a song that was here before; its project is the user's and stays."""
    for name in names:
        part, _, file = name.partition("/")
        if part in ("stems", "midi") and file == Path(file).name and file.endswith((".wav", ".mid")):
            (folder / part / file).unlink(missing_ok=True)


def _write_stem(song: SongAudio, track: Track, number: int, folder: Path, bits: Bits) -> StemReport:
    project, audio = song.project, song.stems[track.id]
    wav = f"stems/{stem_file_name(number, track.name, project)}"
    tags = stem_tags(project, track, frames=len(audio), bits=bits)
    write_wav(folder / wav, audio, project.rate, bits, chunks=tags)
    midi = ""
    if track.kind == "notes":
        midi = f"midi/{numbered_name(number, track.name)}.mid"
        save_midi(track_midi(project, track), folder / midi)
    peak = true_peak_dbtp(audio, project.rate)
    return StemReport(track.name, wav, midi, finite(song.stem_lufs[track.id]), finite(peak))


def _write_mix(song: SongAudio, folder: Path, bits: Bits) -> MixReport:
    project, audio = song.project, song.mix
    tags = mix_tags(project, frames=len(audio), bits=bits)
    write_wav(folder / "mix.wav", audio, project.rate, bits, chunks=tags)
    return MixReport("mix.wav", finite(song.mix_lufs), finite(true_peak_dbtp(audio, project.rate)))
