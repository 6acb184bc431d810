import msgspec
import pytest

from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError, no_report
from musicgen_desktop.generation.composer import Composer
from musicgen_desktop.generation.host import GenerationClient
from musicgen_desktop.session.controllers._asked import chosen_soundfont
from musicgen_desktop.session.controllers._project_of_take import project_of_take
from musicgen_desktop.session.controllers._song_audio import mixed_song
from musicgen_desktop.session.controllers.compose import wanted_levels
from musicgen_desktop.session.controllers.generating import (
    Continue,
    Layer,
    RemakeRange,
    Wish,
    generate_jobs,
    keep,
    use_settings,
)
from musicgen_desktop.session.controllers.generating._make import Task, make_candidate
from musicgen_desktop.session.controllers.generating._quick_balance import quickly_balanced
from musicgen_desktop.session.controllers.request import request_of

BAR = 3840


def notes_of(project, role):
    return [note for clip in project.track_of(role).clips for note in clip.sounding_notes()]


def test_a_take_remembers_the_wish_that_makes_it_again(candidate, make):
    again = make(use_settings(candidate))

    assert again.take.seed == candidate.take.seed == 3
    assert again.take.request == candidate.take.request
    for role in ("drums", "bass", "chords"):
        assert notes_of(again.project, role) == notes_of(candidate.project, role)


def test_variations_are_wishes_with_seeds_that_follow():
    wishes = Wish(prompt="house", seed=5, variations=3).single_wishes()

    assert [(wish.seed, wish.variations) for wish in wishes] == [(5, 1), (6, 1), (7, 1)]


@pytest.mark.parametrize("wish", [Wish(variations=5), Wish(variations=0), Wish(seed=-1), Wish(tempo=5000.0)])
def test_wishes_that_cannot_be_are_refused_before_any_work(wish):
    with pytest.raises(UserInputError):
        wish.single_wishes()


def test_the_quick_levels_are_nearly_those_of_the_whole_song():
    take = Composer().generate(request_of("house", bars=8, stems="drums,bass,chords", seed=3))
    project = project_of_take(take)
    levels, font = wanted_levels(project, take), chosen_soundfont(None)
    frames = project.tempo_map.frame_at(project.length_ticks, project.rate)

    quick, _ = quickly_balanced(project, levels, soundfont=font, stop=StopFlag())

    whole = mixed_song(
        project, levels_lu=levels, frames=frames, soundfont=font, report=no_report, stop=StopFlag()
    ).project
    for track in quick.tracks:
        assert track.trim_db == pytest.approx(whole.track(track.id).trim_db, abs=2.0)
        assert track.gain_db == pytest.approx(whole.track(track.id).gain_db, abs=1.5)
        assert track.clips == project.track(track.id).clips
    gains = [each.master.inserts[-1].parameters["gain_db"] for each in (quick, whole)]
    assert gains[0] == pytest.approx(gains[1], abs=1.0)


def test_a_remake_holds_the_wished_bars_of_the_wished_stems_alone(song, make):
    remade = make(Wish(mode=RemakeRange(("bass",), 2, 2), seed=99), song)

    assert (remade.start_ticks, remade.length_ticks) == (BAR, BAR)
    assert [track.role for track in remade.project.tracks if track.kind == "notes"] == ["bass"]
    assert all(0 <= note.start_ticks < BAR for note in notes_of(remade.project, "bass"))
    assert remade.take.request["remake"] == {"stems": ["bass"], "first_bar": 2, "last_bar": 2, "seed": 99}


def test_a_song_goes_on_after_its_end_in_its_key_tempo_and_stems(song, make):
    after = make(Wish(mode=Continue(), bars=4, seed=7), song)

    assert (after.start_ticks, after.length_ticks) == (2 * BAR, 4 * BAR)
    assert after.project.keys == song.keys
    assert after.project.tempo_map == song.tempo_map
    assert {track.role for track in after.project.tracks if track.kind == "notes"} == {
        "drums",
        "bass",
        "chords",
    }
    assert sum(chord.length_ticks for chord in after.project.chords) == 4 * BAR
    assert notes_of(after.project, "drums")


def test_a_layer_is_one_new_stem_over_the_chords_that_are_there(song, make):
    layer = make(Wish(mode=Layer("melody"), seed=7), song)

    assert [track.role for track in layer.project.tracks if track.kind == "notes"] == ["melody"]
    assert layer.project.chords == song.chords
    assert layer.length_ticks == song.length_ticks
    assert notes_of(layer.project, "melody")


def test_a_kept_layer_can_be_remade(song, make):
    layered = keep(song, make(Wish(mode=Layer("melody"), seed=7), song)).project

    remade = make(Wish(mode=RemakeRange(("melody",), 1, 2), seed=8), layered)

    assert notes_of(remade.project, "melody") != notes_of(layered, "melody")


@pytest.mark.parametrize(
    ("mode", "sentence"),
    [
        (Layer("bass"), "has a stem “bass” already"),
        (Layer("kazoo"), "no stem called “kazoo”"),
        (Continue(9), "choose a bar from 2 to 3"),
        (RemakeRange(("melody",), 1, 1), "has no stem “melody”"),
        (RemakeRange(("bass",), 1, 5), "within 1 to 2"),
    ],
)
def test_what_does_not_fit_the_song_is_refused_in_one_sentence(song, make, mode, sentence):
    with pytest.raises(UserInputError, match=sentence):
        make(Wish(mode=mode), song)


def test_bars_that_were_moved_are_not_remade_by_a_plan_that_does_not_fit(song, make):
    bass = song.track_of("bass")
    moved = song.with_clip(bass.id, bass.clips[0].moved_to(BAR))

    with pytest.raises(UserInputError, match="was moved since it was composed"):
        make(Wish(mode=RemakeRange(("bass",), 2, 2)), moved)


def test_an_empty_project_has_nothing_that_could_go_on(song):
    empty = msgspec.structs.replace(song, tracks=())

    with pytest.raises(UserInputError, match="The project is empty"):
        generate_jobs(Wish(mode=Continue()), empty, GenerationClient(("unused",)))


def test_work_that_was_stopped_ends():
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        make_candidate(Task(Wish(bars=2)), no_report, stop)


def test_the_programs_own_process_makes_takes(candidate, song):
    client = GenerationClient()
    try:
        wish = use_settings(candidate)
        told = []

        (job,) = generate_jobs(wish, song, client)
        take = job.run(lambda _done, stage: told.append(stage))

        assert notes_of(take.project, "bass") == notes_of(candidate.project, "bass")
        assert told == ["Composing", "Setting levels", "Composed"]
        (layer,) = generate_jobs(Wish(mode=Layer("pad")), song, client)
        assert layer.run().project.track_of("pad") is not None
        (wrong,) = generate_jobs(Wish(mode=Layer("bass")), song, client)
        with pytest.raises(UserInputError, match="already"):
            wrong.run()
    finally:
        client.close()
