import msgspec
import pytest

from musicgen_desktop.document import Automation, AutomationPoint, Project, check_project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.generating import (
    Continue,
    Layer,
    RemakeRange,
    Wish,
    audition_project,
    keep,
)

BAR = 3840


def notes_of(project, role):
    return [note for clip in project.track_of(role).clips for note in clip.sounding_notes()]


def spans(project, role):
    return [(clip.start_ticks, clip.end_ticks) for clip in project.track_of(role).clips]


def test_an_empty_project_becomes_the_take(candidate):
    empty = Project.new("Song", 99.0)

    edit = keep(empty, candidate)

    made, kept = candidate.project, edit.project
    check_project(kept)
    assert edit.label == f"Keep “{candidate.take.name}”"
    assert (kept.id, kept.name) == (empty.id, "Song")
    assert (kept.tempo_map, kept.meter_map, kept.keys) == (made.tempo_map, made.meter_map, made.keys)
    assert kept.chords == made.chords
    assert [section.name for section in kept.sections] == [section.name for section in made.sections]
    assert [(t.name, t.kind, t.gain_db) for t in kept.tracks] == [
        (t.name, t.kind, t.gain_db) for t in made.tracks
    ]
    assert kept.master == made.master
    assert kept.takes == (candidate.take,)
    assert kept.length_ticks == candidate.length_ticks


def test_only_a_project_without_a_name_of_its_own_takes_the_takes(candidate):
    unnamed = keep(Project.new("Untitled 12"), candidate).project
    named = keep(Project.new("Untitled dreams"), candidate).project

    assert unnamed.name == candidate.take.name
    assert named.name == "Untitled dreams"


def test_tracks_that_an_earlier_song_left_empty_do_not_lend_the_take_their_sound(song, another):
    bare = tuple(msgspec.structs.replace(track, clips=()) for track in song.tracks)

    kept = keep(msgspec.structs.replace(song, tracks=bare), another).project

    check_project(kept)
    assert kept.track_of("bass").patch == another.project.track_of("bass").patch
    assert len([track for track in kept.tracks if track.role == "bass"]) == 1
    assert kept.track_of("drums") == msgspec.structs.replace(song.track_of("drums"), clips=())


def test_sends_of_a_kept_take_lead_to_the_projects_buses(song):
    buses = {track.id for track in song.tracks if track.kind == "bus"}

    sends = [send for track in song.tracks for send in track.sends]

    assert sends
    assert all(send.target in buses for send in sends)


def test_stems_go_to_free_tracks_of_their_roles_and_the_projects_tempo_stays(song, another):
    kept = keep(song, another, at_tick=2 * BAR).project

    check_project(kept, known=song)
    assert spans(kept, "bass") == [(0, 2 * BAR), (2 * BAR, 4 * BAR)]
    assert spans(kept, "melody") == [(2 * BAR, 4 * BAR)]
    assert kept.track_of("drums") == song.track_of("drums")
    assert (kept.tempo_map, kept.keys, kept.master) == (song.tempo_map, song.keys, song.master)
    assert kept.track_of("bass").patch == song.track_of("bass").patch
    assert sum(chord.length_ticks for chord in kept.chords) == 4 * BAR
    assert kept.length_ticks == 4 * BAR
    assert len([track for track in kept.tracks if track.name == "Reverb"]) <= 1
    assert kept.takes == (*song.takes, another.take)


def test_a_place_that_is_taken_makes_a_new_track(song, another):
    kept = keep(song, another).project

    basses = [track for track in kept.tracks if track.role == "bass"]
    assert len(basses) == 2
    assert basses[0] == song.track_of("bass")
    assert kept.chords == song.chords
    check_project(kept, known=song)


def test_replacing_cuts_what_lies_there_and_nothing_else(song, another):
    kept = keep(song, another, at_tick=BAR, replace=True).project

    check_project(kept, known=song)
    assert spans(kept, "bass") == [(0, BAR), (BAR, 3 * BAR)]
    before = [note for note in notes_of(song, "bass") if note.end_ticks <= BAR]
    assert notes_of(kept, "bass")[: len(before)] == before
    assert spans(kept, "chords") == [(0, 2 * BAR)]
    assert [(c.tick, c.symbol) for c in kept.chords if c.tick < BAR] == [
        (c.tick, c.symbol) for c in song.chords if c.tick < BAR
    ]
    made = [(c.tick + BAR, c.symbol) for c in another.project.chords]
    assert [(c.tick, c.symbol) for c in kept.chords if c.tick >= BAR] == made


def sound_of(project, track):
    """What a strip does, whatever its parts are called."""
    names = {each.id: each.name for each in project.tracks}
    return (
        (track.patch, track.trim_db, track.gain_db, track.pan, track.polarity_inverted, track.automation),
        [(insert.effect, insert.parameters, insert.bypassed) for insert in track.inserts],
        [(names[send.target], send.gain_db, send.pre_fader) for send in track.sends],
    )


def worked_on(track):
    """The track as somebody mixed it: another level, a darker sound, a curve, a group, muted."""
    fade = Automation("fade", "gain_db", (AutomationPoint(0, -30.0),))
    mixed = msgspec.structs.replace(track, gain_db=-9.0, pan=0.5, trim_db=3.0, inserts=(), sends=())
    return msgspec.structs.replace(mixed, name="My bass", color="#123456", automation=(fade,), muted=True)


def test_a_stem_that_replaces_all_of_its_track_sounds_as_it_was_auditioned(song, another):
    stem = msgspec.structs.replace(another.project.track_of("bass"), trim_db=-2.0, gain_db=-4.0, pan=-0.25)
    another = msgspec.structs.replace(another, project=another.project.with_track(stem))
    before = song.with_track(worked_on(song.track_of("bass")))

    kept = keep(before, another, replace=True).project

    check_project(kept, known=before)
    bass = kept.track_of("bass")
    assert sound_of(kept, bass) == sound_of(another.project, stem)
    assert (bass.id, bass.name, bass.color, bass.muted) == (
        song.track_of("bass").id,
        "My bass",
        "#123456",
        True,
    )
    assert len([track for track in kept.tracks if track.role == "bass"]) == 1
    assert len({track.name for track in kept.tracks if track.kind == "bus"}) == len(
        [track for track in kept.tracks if track.kind == "bus"]
    )


def test_a_track_of_which_other_bars_stay_keeps_its_sound(song, another):
    before = song.with_track(worked_on(song.track_of("bass")))

    kept = keep(before, another, at_tick=BAR, replace=True).project

    assert sound_of(kept, kept.track_of("bass")) == sound_of(before, before.track_of("bass"))


def test_a_take_kept_twice_has_no_two_things_of_one_name(song, candidate):
    kept = keep(song, candidate, at_tick=2 * BAR).project
    kept = keep(kept, candidate, at_tick=4 * BAR).project

    check_project(kept)
    assert spans(kept, "drums") == [(0, 2 * BAR), (2 * BAR, 4 * BAR), (4 * BAR, 6 * BAR)]
    assert len(kept.takes) == 1


def test_a_take_cannot_begin_before_the_song(song, another):
    with pytest.raises(UserInputError, match="bar 1 or later"):
        keep(song, another, at_tick=-1)


def test_a_kept_remake_changes_those_bars_of_those_stems_alone(song, make):
    remade = make(Wish(mode=RemakeRange(("bass",), 2, 2), seed=99), song)

    kept = keep(song, remade).project

    first, second = (
        [n for n in notes_of(kept, "bass") if (n.start_ticks < BAR) is early] for early in (True, False)
    )
    assert first == [n for n in notes_of(song, "bass") if n.start_ticks < BAR]
    assert second != [n for n in notes_of(song, "bass") if n.start_ticks >= BAR]
    assert second == [
        msgspec.structs.replace(n, start_ticks=n.start_ticks + BAR) for n in notes_of(remade.project, "bass")
    ]
    same = msgspec.structs.replace(kept, takes=song.takes).with_track(song.track_of("bass"))
    assert same == song


def test_what_follows_leaves_the_earlier_bars_as_they_are(song, make):
    after = make(Wish(mode=Continue(), bars=2, seed=7), song)

    kept = keep(song, after).project

    check_project(kept, known=song)
    assert kept.length_ticks == 4 * BAR
    for role in ("drums", "bass", "chords"):
        early = [note for note in notes_of(kept, role) if note.start_ticks < 2 * BAR]
        assert early == notes_of(song, role)
        assert spans(kept, role) == [(0, 2 * BAR), (2 * BAR, 4 * BAR)]
    assert kept.chords[: len(song.chords)] == song.chords
    assert sum(chord.length_ticks for chord in kept.chords) == 4 * BAR


def test_what_followed_can_follow_itself_and_be_remade(song, make):
    longer = keep(song, make(Wish(mode=Continue(), bars=2, seed=7), song)).project

    remade = make(Wish(mode=RemakeRange(("bass",), 3, 3), seed=5), longer)
    longest = keep(longer, make(Wish(mode=Continue(), bars=2, seed=8), longer)).project

    assert (remade.start_ticks, remade.length_ticks) == (2 * BAR, BAR)
    assert longest.length_ticks == 6 * BAR


def test_a_kept_layer_is_a_new_track_beside_all_that_was(song, make):
    layer = make(Wish(mode=Layer("melody"), seed=7), song)

    kept = keep(song, layer).project

    check_project(kept, known=song)
    assert kept.track_of("melody") is not None
    assert all(track in kept.tracks for track in song.tracks)
    assert (kept.chords, kept.sections) == (song.chords, song.sections)


def test_a_take_alone_sounds_in_the_projects_tempo_and_through_its_master(song, another):
    heard = audition_project(song, another, with_project=False, at_tick=BAR)

    check_project(heard)
    assert {track.role for track in heard.tracks} >= {"bass", "melody"}
    assert "drums" not in {track.role for track in heard.tracks}
    assert (heard.tempo_map, heard.master) == (song.tempo_map, song.master)
    assert spans(heard, "melody") == [(BAR, 3 * BAR)]


def test_a_take_for_an_empty_project_sounds_in_its_own_tempo(another):
    heard = audition_project(Project.new("Song", 60.0), another, with_project=True)

    assert (heard.tempo_map, heard.master) == (another.project.tempo_map, another.project.master)


def test_over_the_project_its_own_tracks_of_the_same_roles_are_silent(song, another):
    heard = audition_project(song, another, with_project=True)

    check_project(heard)
    muted = {track.role for track in heard.tracks if track.muted}
    assert muted == {"bass"}
    assert [track.muted for track in heard.tracks if track.role == "bass"] == [True, False]
    assert heard.track_of("drums") == song.track_of("drums")


def test_over_soloed_tracks_the_take_is_heard_too(song, another):
    soloed = song.soloed_alone(song.track_of("drums").id)

    heard = audition_project(soloed, another, with_project=True)

    assert {track.role for track in heard.tracks if track.soloed} == {"drums", "bass", "melody"}


def test_an_auditioned_remake_is_the_song_with_those_bars(song, make):
    remade = make(Wish(mode=RemakeRange(("bass",), 2, 2), seed=99), song)

    heard = audition_project(song, remade, with_project=True)

    assert notes_of(heard, "bass") == notes_of(keep(song, remade).project, "bass")
    assert heard.track_of("drums") == song.track_of("drums")
