"""A prompt on the command line becomes a folder that other programs can read."""

import json
import warnings

import mido
import numpy as np
import pytest

from musicgen_desktop.document import NotesClip
from musicgen_desktop.instruments import available_soundfont
from musicgen_desktop.media import read_audio, read_info, read_tags
from musicgen_desktop.playback.offline import render_pre_master
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.storage import open_project

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pretty_midi
    import pyloudnorm

pytestmark = pytest.mark.slow

PROMPT = "lofi hip hop, 82 bpm, F minor, dusty drums, 8 bars"
STEMS = ("drums", "bass", "chords", "melody")
NINETY_DB = 10 ** (-90 / 20)


@pytest.fixture(scope="module")
def folder(command, tmp_path_factory):
    out = tmp_path_factory.mktemp("compose") / "song"
    ran = command(
        "compose", PROMPT, "--stems", ",".join(STEMS), "--seed", 7, "--bits", 32, "--out", out, "--json"
    )
    assert ran.err == ""
    assert ran.told == json.loads((out / "report.json").read_bytes())
    return out


@pytest.fixture(scope="module")
def report(folder):
    return json.loads((folder / "report.json").read_bytes())


@pytest.fixture(scope="module")
def project(folder, report):
    return open_project(folder / report["project"]).project


def sounds(folder):
    return {path.name: read_audio(path)[0] for path in sorted((folder / "stems").iterdir())}


def notes_of(project):
    return {
        track.role: [
            note for clip in track.clips if isinstance(clip, NotesClip) for note in clip.sounding_notes()
        ]
        for track in project.tracks
        if track.kind == "notes"
    }


def midi_notes(track):
    now, held, found = 0, {}, []
    for message in track:
        now += message.time
        if message.type == "note_on" and message.velocity:
            held.setdefault(message.note, []).append((now, message.velocity))
        elif message.type in ("note_on", "note_off"):
            start, velocity = held[message.note].pop(0)
            found.append((start, message.note, now - start, velocity))
    return sorted(found)


def plain(notes):
    return sorted((note.start_ticks, note.pitch, note.length_ticks, note.velocity) for note in notes)


def test_every_listed_file_is_there_and_nothing_else(folder, report):
    expected = {f"stems/{n:02d}_{name}_82bpm_Fm.wav" for n, name in enumerate(STEMS, start=1)}
    expected |= {f"midi/{n:02d}_{name}.mid" for n, name in enumerate(STEMS, start=1)}
    expected |= {"midi/song.mid", "mix.wav", "report.json", report["project"]}

    found = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and ".mgproj" not in str(p)}
    assert set(report["files"]) == expected
    assert found | {report["project"]} == expected
    assert report["project"].endswith(".mgproj")
    assert (folder / report["project"] / "project.json").is_file()


def test_the_report_says_how_it_was_made_and_what_was_measured(report):
    assert (report["prompt"], report["engine"], report["seed"]) == (PROMPT, "composer", 7)
    assert (report["tempo_bpm"], report["key"], report["meter"], report["bars"]) == (
        82.0,
        "F minor",
        "4/4",
        8,
    )
    assert report["model"]
    assert report["licence"]
    assert report["chords"][0]["position"] == "1.1"
    assert [stem["name"].lower() for stem in report["stems"]] == list(STEMS)
    assert all(stem["lufs"] < -10 and stem["true_peak_dbtp"] <= 0 for stem in report["stems"])
    assert abs(report["grid"]["tempo_error_percent"]) < 1.0
    assert report["grid"]["downbeat_error_ms"] < 10.0
    assert isinstance(report["grid"]["key_agrees"], bool)
    assert 0 < report["elapsed_s"] < 120


def test_stems_and_mix_are_as_long_as_the_bars(folder, project):
    bars_end = project.tempo_map.frame_at(project.meter_map.tick_of_bar(9), 48_000)

    lengths = {read_info(path).frames for path in [folder / "mix.wav", *(folder / "stems").iterdir()]}
    assert lengths == {bars_end}


def test_a_song_with_an_ending_rings_out_to_a_bar_line(command, tmp_path):
    report = command(
        "compose",
        "pop song, 120 bpm",
        "--stems",
        "bass",
        "--bars",
        4,
        "--tail",
        "keep",
        "--out",
        tmp_path,
        "--json",
    ).told

    frames = read_info(tmp_path / "mix.wav").frames
    assert frames > 8 * 48_000
    assert frames % (2 * 48_000) == 0
    assert report["length_s"] == pytest.approx(frames / 48_000)


def test_stems_sum_to_the_mix_before_the_master(folder, project):
    stems = sounds(folder)
    plan = compile_plan(project, soundfont=available_soundfont(None))

    pre_master = render_pre_master(plan, frames=len(next(iter(stems.values()))))

    # The files end with a fade of five milliseconds; it is not part of the project.
    difference = (sum(stems.values()) - pre_master)[:-240]
    assert np.abs(difference).max() < NINETY_DB


def test_the_mix_stands_at_streaming_loudness(folder):
    mix, rate = read_audio(folder / "mix.wav")

    loudness = pyloudnorm.Meter(rate).integrated_loudness(mix.astype(np.float64))
    from scipy.signal import resample_poly

    true_peak_db = 20 * np.log10(np.abs(resample_poly(mix, 4, 1, axis=0)).max())
    assert loudness == pytest.approx(-14.0, abs=1.0)
    assert true_peak_db <= -0.95


def test_no_sound_is_silent_clipped_or_off_centre(folder):
    for sound in [*sounds(folder).values(), read_audio(folder / "mix.wav")[0]]:
        assert 0.005 < np.abs(sound).max() <= 1.0
        assert np.abs(sound.mean(axis=0, dtype=np.float64)).max() < 1e-3


def test_midi_files_hold_the_projects_notes(folder, project):
    song = mido.MidiFile(folder / "midi" / "song.mid")
    tracks = {track.name.lower(): track for track in song.tracks[1:]}

    assert {name: midi_notes(track) for name, track in tracks.items()} == {
        role: plain(notes) for role, notes in notes_of(project).items()
    }
    for number, role in enumerate(STEMS, start=1):
        alone = mido.MidiFile(folder / "midi" / f"{number:02d}_{role}.mid")
        assert midi_notes(alone.tracks[1]) == plain(notes_of(project)[role])


def test_pretty_midi_reads_tempo_meter_key_names_programs_and_drums(folder, project):
    midi = pretty_midi.PrettyMIDI(str(folder / "midi" / "song.mid"))

    assert midi.get_tempo_changes()[1].tolist() == [pytest.approx(82.0, abs=1e-3)]
    assert [(s.numerator, s.denominator) for s in midi.time_signature_changes] == [(4, 4)]
    assert [pretty_midi.key_number_to_key_name(k.key_number) for k in midi.key_signature_changes] == [
        "F minor"
    ]
    assert [i.name.lower() for i in midi.instruments] == list(STEMS)
    assert [i.is_drum for i in midi.instruments] == [True, False, False, False]
    for instrument in midi.instruments[1:]:
        patch = project.track_of(instrument.name.lower()).patch
        assert patch.source == "synth" or instrument.program == patch.program


def test_stems_are_tagged_with_tempo_key_and_origin(folder):
    tags = read_tags(folder / "stems" / "02_bass_82bpm_Fm.wav")

    assert (tags.acid.tempo_bpm, tags.acid.beats, tags.acid.root_note) == (82.0, 32, 65)
    assert "seed 7" in tags.bext.description
    assert "<SEED>7</SEED>" in tags.ixml


def test_the_same_seed_makes_the_same_song_and_another_one_does_not(command, folder, project, tmp_path):
    words = ("compose", PROMPT, "--stems", ",".join(STEMS), "--bits", 32, "--json", "--out")

    same = command(*words, tmp_path / "same", "--seed", 7).told
    other = command(*words, tmp_path / "other", "--seed", 8).told

    again = open_project(tmp_path / "same" / same["project"]).project
    different = open_project(tmp_path / "other" / other["project"]).project
    assert notes_of(again) == notes_of(project)
    assert notes_of(different) != notes_of(project)
    first, second = sounds(folder), sounds(tmp_path / "same")
    assert {name: np.array_equal(first[name], second[name]) for name in first} == dict.fromkeys(first, True)
    assert np.array_equal(read_audio(folder / "mix.wav")[0], read_audio(tmp_path / "same" / "mix.wav")[0])
    for path in (folder / "midi").iterdir():
        assert path.read_bytes() == (tmp_path / "same" / "midi" / path.name).read_bytes()


@pytest.fixture
def own_song(command, tmp_path):
    out = tmp_path / "song"
    ran = command(
        "compose", PROMPT, "--stems", ",".join(STEMS), "--seed", 7, "--bits", 32, "--out", out, "--json"
    )
    return out, out / ran.told["project"]


def test_a_remake_changes_only_the_stem_and_bars_it_was_asked_for(command, own_song):
    out, place = own_song
    before, sound_before = notes_of(open_project(place).project), sounds(out)

    told = command(
        "compose",
        "--remake",
        "bass",
        "--bars",
        "5-8",
        "--project",
        place,
        "--bits",
        32,
        "--seed",
        99,
        "--json",
    ).told

    after, sound_after = notes_of(open_project(place).project), sounds(out)
    start, end = 4 * 3_840, 8 * 3_840
    assert {role: after[role] == before[role] for role in STEMS} == {
        "drums": True,
        "bass": False,
        "chords": True,
        "melody": True,
    }
    outside = [[n for n in notes["bass"] if not start <= n.start_ticks < end] for notes in (before, after)]
    assert outside[0] == outside[1]
    for name in sound_before:
        assert np.array_equal(sound_before[name], sound_after[name]) is ("bass" not in name)
    bass = next(name for name in sound_before if "bass" in name)
    frame = open_project(place).project.tempo_map.frame_at(start - 480, 48_000)
    # A SoundFont player loads other samples for other notes, which moves the last bit of the rest.
    assert np.abs(sound_before[bass][:frame] - sound_after[bass][:frame]).max() < 1e-6
    assert told["stems"][1]["name"] == "Bass"
    assert json.loads((out / "report.json").read_bytes()) == told


def test_a_remake_twice_remembers_both(command, own_song):
    _, place = own_song

    command("compose", "--remake", "melody", "--bars", "1-2", "--project", place, "--json")
    once = notes_of(open_project(place).project)
    command("compose", "--remake", "bass", "--bars", "3", "--project", place, "--json")

    twice = notes_of(open_project(place).project)
    assert twice["melody"] == once["melody"]
    assert twice["bass"] != once["bass"]
    assert len({take.seed for take in open_project(place).project.takes}) == 3


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--remake", "pad"], "pad"),
        (["--remake", "kazoo"], "kazoo"),
        (["--remake", "bass", "--bars", "7-12"], "1 to 8"),
        (["--remake", "bass", "--bars", "0"], "1 to 8"),
        (["--remake", "bass", "--bars", "6-5"], "1 to 8"),
        (["--remake", ""], "stem"),
    ],
)
def test_a_remake_of_what_is_not_there_is_refused_and_changes_nothing(command, own_song, words, says):
    out, place = own_song
    before = (place / "project.json").read_bytes(), (out / "mix.wav").read_bytes()

    ran = command("compose", *words, "--project", place, status=2)

    assert says in ran.err
    assert (ran.out, ran.err.count("\n")) == ("", 1)
    assert before == ((place / "project.json").read_bytes(), (out / "mix.wav").read_bytes())


def test_variations_are_songs_of_their_own(command, tmp_path):
    told = command(
        "compose",
        "house, 4 bars",
        "--stems",
        "bass,drums",
        "--variations",
        2,
        "--seed",
        5,
        "--out",
        tmp_path,
        "--json",
    ).told["variations"]

    assert [song["seed"] for song in told] == [5, 6]
    projects = [
        open_project(tmp_path / f"variation-{n}" / song["project"]).project
        for n, song in enumerate(told, start=1)
    ]
    assert notes_of(projects[0]) != notes_of(projects[1])


def test_options_beat_the_prompt_and_chords_are_kept(command, tmp_path):
    told = command(
        "compose", "house in C major, 120 bpm, 8 bars", "--tempo", 97.5, "--key", "Bb minor",
        "--meter", "3/4", "--chords", "Bbm7 | Gbmaj7 Db/F | Ab7sus4", "--bars", 6,
        "--stems", "chords,bass", "--out", tmp_path, "--json",
    ).told  # fmt: skip

    assert (told["tempo_bpm"], told["key"], told["meter"], told["bars"]) == (97.5, "Bb minor", "3/4", 6)
    assert [chord["symbol"] for chord in told["chords"]] == ["Bbm7", "Gbmaj7", "Db/F", "Ab7sus4"] * 2
    assert [chord["position"].split(".")[0] for chord in told["chords"][:4]] == ["1", "2", "2", "3"]
    assert told["length_s"] == pytest.approx(6 * 3 * 60 / 97.5, abs=0.01)


def test_another_song_is_not_written_over_the_first(command, own_song):
    out, _ = own_song

    ran = command("compose", "techno, 4 bars", "--out", out, status=2)

    assert "--replace" in ran.err
    assert len(list(out.glob("*.mgproj"))) == 1


def test_a_replaced_song_leaves_no_files_of_the_first_but_the_users_project(command, own_song):
    out, place = own_song
    (out / "stems" / "mine.wav").write_bytes(b"the user's own")

    told = command(
        "compose", "techno, 130 bpm, 4 bars", "--stems", "drums", "--replace", "--out", out, "--json"
    ).told

    stems = {path.name for path in (out / "stems").iterdir()}
    assert stems == {told["stems"][0]["wav"].removeprefix("stems/"), "mine.wav"}
    assert {path.name for path in (out / "midi").iterdir()} == {"01_drums.mid", "song.mid"}
    assert {path.name for path in out.glob("*.mgproj")} == {told["project"], place.name}


def test_a_rendered_project_is_the_mix_that_compose_wrote(command, own_song, tmp_path):
    out, place = own_song

    told = command(
        "render",
        place,
        "--out",
        tmp_path / "mix.wav",
        "--stems",
        tmp_path / "stems",
        "--to-bar",
        8,
        "--bits",
        32,
        "--json",
    ).told

    composed, rendered = read_audio(out / "mix.wav")[0], read_audio(tmp_path / "mix.wav")[0]
    assert len(composed) == len(rendered)
    assert np.abs(composed - rendered)[:-2_400].max() < 1e-4
    assert len(told["stems"]) == 4
    for name, sound in sounds(out).items():
        again, _ = read_audio(tmp_path / "stems" / name)
        assert np.abs(sound - again)[:-240].max() < NINETY_DB


def test_exports_of_a_project_are_what_compose_wrote(command, own_song, tmp_path):
    out, place = own_song

    command("export", place, "--to", "midi", "--out", tmp_path / "midi")
    command("export", place, "--to", "stems", "--out", tmp_path / "stems", "--bits", 32)

    for path in (out / "midi").iterdir():
        assert (tmp_path / "midi" / path.name).read_bytes() == path.read_bytes()
    for name, sound in sounds(out).items():
        again, _ = read_audio(tmp_path / "stems" / name)
        assert np.abs(sound - again[: len(sound)])[:-240].max() < NINETY_DB


def test_a_prompt_that_is_not_text_is_no_trouble(command, tmp_path):
    told = command(
        "compose",
        b"lofi \xff\xfe caf\xc3\xa9".decode("utf-8", "surrogateescape"),
        "--bars",
        2,
        "--stems",
        "bass",
        "--out",
        tmp_path,
        "--json",
    ).told

    assert told["bars"] == 2
