# ruff: noqa: T201 - it prints its table
"""Do our MIDI files arrive whole? Wild songs through mido, pretty_midi, our import, and two DAWs.

    python -m tests.measure.smf_in_daws                 30 songs of 200 to 20 000 notes, in every form
    python -m tests.measure.smf_in_daws --songs 3 --only rosegarden       a taste

Rosegarden opens each file as a person has it do, saves the song, and exports it as MIDI (480 ticks to the
quarter note, so its own rounding is half a tick of ours at 960). Ardour opens the session of the same song
and exports its MIDI regions. What either writes is read by mido and compared with the song, note by note.
Programs that are not installed are left out.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from musicgen_desktop.document import NotesClip, Project
from musicgen_desktop.exchange.ardour_session import SessionFiles, ardour_session
from musicgen_desktop.exchange.midi_file import MidiForm, clip_midi, save_midi
from musicgen_desktop.music import note_order, one_key_at_a_time
from musicgen_desktop.timing import PPQ
from tests.fakes import ardour, rosegarden
from tests.fakes.screen import screen
from tests.fakes.smf_readers import FORMS, parts_by_mido, sounding, wrong_notes, wrong_parts
from tests.fakes.wild_songs import a_wild_song

SIZES = (200, 500, 1_000, 2_000, 4_000, 8_000, 20_000)


def main() -> int:
    """Make, pass through, compare, print."""
    parser = argparse.ArgumentParser(description="Pass our MIDI files through readers and DAWs.")
    parser.add_argument("--songs", type=int, default=30)
    parser.add_argument("--first", type=int, default=0, help="the first song's number")
    parser.add_argument("--only", choices=("readers", "rosegarden", "ardour"), help="one judge alone")
    words = parser.parse_args()
    songs = [
        a_wild_song(seed, random.Random(seed).choice(SIZES))
        for seed in range(words.first, words.first + words.songs)
    ]
    counts = [sum(len(sounding(track)) for track in song.tracks) for song in songs]
    print(f"{len(songs)} songs of {min(counts)} to {max(counts)} notes, {sum(counts)} in all\n")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="smf-") as folder:
        if words.only in (None, "readers"):
            wrong += _by_readers(songs)
        if words.only in (None, "rosegarden") and rosegarden.is_installed():
            wrong += _by_rosegarden(songs, Path(folder))
        if words.only in (None, "ardour") and ardour.is_installed():
            wrong += _by_ardour(songs, Path(folder))
    return int(wrong > 0)


def _by_readers(songs: list[Project]) -> int:
    began, total = time.perf_counter(), 0
    for form in FORMS:
        found = [each for song in songs for each in wrong_parts(song, form)]
        print(
            f"mido, pretty_midi and our import, type {form.type}, {form.ppq} PPQ: {len(found)} notes differ"
        )
        print("".join(f"  {each}\n" for each in found[:3]), end="")
        total += len(found)
    print(f"  {time.perf_counter() - began:.0f} s")
    return total


def _by_rosegarden(songs: list[Project], folder: Path) -> int:
    began, total = time.perf_counter(), 0
    with screen() as shown:
        program = rosegarden.Rosegarden(shown, folder / "rosegarden")
        for number, song in enumerate(songs):
            form = MidiForm(1, 960 if number % 2 == 0 else 480)
            found = rosegarden.wrong_in_rosegarden(program, song, form, f"song {number}")
            print("".join(f"  song {number}: {each}\n" for each in found[:3]), end="")
            total += len(found)
    print(f"Rosegarden, {len(songs)} files of type 1: {total} notes differ")
    print(f"  {time.perf_counter() - began:.0f} s")
    return total


def _by_ardour(songs: list[Project], folder: Path) -> int:
    began, total, regions = time.perf_counter(), 0, 0
    for number, song in enumerate(songs):
        found, several = _wrong_in_ardour(song, folder / f"ardour {number}")
        print("".join(f"  song {number}: {each}\n" for each in found[:3]), end="")
        total, regions = total + len(found), regions + several
    print(f"Ardour, {regions} regions of {len(songs)} sessions: {total} notes differ")
    print(f"  {time.perf_counter() - began:.0f} s")
    return total


def _wrong_in_ardour(song: Project, folder: Path) -> tuple[list[str], int]:
    """What differs by more than a tick of ours in Ardour's own export of each region; how many there are."""
    song = _named(song)
    clips = {
        clip.id: (track, clip) for track in song.tracks for clip in track.clips if isinstance(clip, NotesClip)
    }
    place = folder / "Song" / "interchange" / "Song" / "midifiles"
    place.mkdir(parents=True)
    for track, clip in clips.values():
        save_midi(clip_midi(track, clip), place / f"{clip.id}.mid")
    files = SessionFiles(notes={clip_id: f"{clip_id}.mid" for clip_id in clips})
    session = folder / "Song" / "Song.ardour"
    session.write_text(ardour_session(song, files, name="Song").text, "utf-8")
    told = ardour.Ardour(folder / "home").told(session)
    found: list[str] = []
    regions = {name: file for _, name, *_, file in told["region"] if file}
    for clip_id, (_, clip) in clips.items():
        notes = sorted(one_key_at_a_time(clip.moved_to(0).sounding_notes()), key=note_order)
        data = Path(regions[clip_id]).read_bytes() if clip_id in regions else b""
        parts = parts_by_mido(data) if data else []
        if bool(notes) != bool(parts):
            found.append(f"{clip_id}: {len(notes)} notes, {len(parts)} parts")
        elif notes:
            tick = int.from_bytes(data[12:14], "big") / PPQ  # Ardour counts more finely
            found += wrong_notes(
                notes, parts[0], lambda at, tick=tick: ((at - 1) * tick, (at + 1) * tick), MidiForm(1, PPQ)
            )
    return found, len(regions)


def _named(song: Project) -> Project:
    """The song with clips that are called by their ids, by which regions are found again.

    Each is a beat longer: notes that last to a region's end Ardour ends one after the other, not together.
    """
    for track in song.tracks:
        clips = tuple(
            replace(clip, name=clip.id, length_ticks=clip.length_ticks + PPQ) for clip in track.clips
        )
        song = song.with_track(replace(track, clips=clips))
    return song


if __name__ == "__main__":
    sys.exit(main())
