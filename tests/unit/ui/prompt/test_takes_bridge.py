import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.session.controllers.generating import RemakeRange, TakesShelf, Wish
from musicgen_desktop.session.store import ProjectStore


def test_takes_arrive_on_the_shelf_and_say_so(desk, qtbot):
    with qtbot.waitSignal(desk.takes.take_arrived) as arrived:
        desk.takes.compose(Wish(prompt="lofi", bars=2, seed=5))

    assert desk.takes.candidates == (arrived.args[0],)
    assert desk.takes.jobs == ()


def test_a_wish_that_cannot_be_is_said_in_a_sentence(desk, qtbot):
    with qtbot.waitSignal(desk.takes.failed) as failed:
        taken = desk.takes.compose(Wish(bars=5000))

    assert taken is False
    assert failed.args == ["A song cannot be 5000 bars long; ask for 1 to 999 bars."]


def test_a_failed_job_stays_until_it_is_dismissed(desk):
    desk.takes.compose(Wish(prompt="fail"))
    (job,) = desk.takes.jobs

    desk.takes.dismiss(job.id)

    assert (job.state, job.problem) == ("failed", "The engine is tired; let it rest.")
    assert desk.takes.jobs == ()
    assert desk.queue.jobs == ()


def test_auditioning_loops_the_take_from_its_first_bar(desk):
    (take,) = desk.compose(count=1)
    desk.player.pass_to(999.0)

    desk.takes.audition(take)

    loop = desk.player.heard.loop
    assert (loop.start_ticks, loop.end_ticks, loop.enabled) == (0, take.length_ticks, True)
    assert desk.player.told == [("play", 0)]
    assert desk.takes.audition_id == take.id


def test_the_other_take_goes_on_where_the_first_one_is(desk):
    newest, older = desk.compose(count=2)
    desk.takes.audition(newest)
    desk.player.pass_to(5000.0)

    desk.takes.audition(older)

    assert desk.player.told == [("play", 0)]
    assert desk.player.tick == 5000.0
    assert desk.player.audition == older.id


def test_ending_stops_a_transport_that_the_audition_started(desk):
    (take,) = desk.compose(count=1)
    desk.takes.audition(take)

    desk.takes.audition(None)

    assert desk.player.told[-1] == ("stop", True)
    assert desk.player.heard is None


def test_ending_lets_a_song_go_on_that_played_before(song_desk):
    (take,) = song_desk.compose(count=1)
    song_desk.player.play(0)

    song_desk.takes.audition(take)
    song_desk.takes.audition(None)

    assert song_desk.player.is_running
    assert song_desk.player.heard is None


def test_stopping_the_transport_by_hand_ends_the_audition(desk):
    (take,) = desk.compose(count=1)
    desk.takes.audition(take)

    desk.player.stop()

    assert desk.takes.audition_id == ""
    assert desk.player.told == [("play", 0), ("stop", False)]


def test_what_else_is_auditioned_takes_the_takes_place(desk):
    (take,) = desk.compose(count=1)
    desk.takes.audition(take)

    desk.player.set_audition(desk.project, "preset")

    assert desk.takes.audition_id == ""
    assert desk.player.audition == "preset"


def test_a_take_whose_place_is_gone_says_so_and_leaves_the_song_in_peace(song_desk, qtbot):
    desk = song_desk
    desk.takes.compose(Wish(mode=RemakeRange(("bass",), 1, 4), seed=5))
    (take,) = desk.takes.candidates
    bass = next(track for track in desk.project.tracks if track.role == "bass")
    desk.bridges.project.store.apply("Delete", desk.project.without_track(bass.id))

    with qtbot.waitSignal(desk.takes.failed) as failed:
        desk.takes.audition(take, with_project=True)

    assert "bass" in failed.args[0]
    assert desk.takes.audition_id == ""
    assert desk.player.heard is None
    assert not desk.player.is_running


def test_an_edit_is_heard_in_the_audition(song_desk):
    (take,) = song_desk.compose(count=1)
    song_desk.takes.audition(take, with_project=True)
    before = song_desk.player.heard
    name = song_desk.project.tracks[0].name

    song_desk.bridges.project.store.apply(
        "Rename", song_desk.project.with_track(song_desk.project.tracks[0].soloed_as(soloed=True))
    )

    assert song_desk.player.heard is not before
    assert next(t for t in song_desk.player.heard.tracks if t.name == name).soloed


@pytest.mark.parametrize("with_project", [True, False])
def test_the_song_sounds_with_the_take_only_when_it_is_wanted(song_desk, with_project):
    (take,) = song_desk.compose(count=1)

    song_desk.takes.audition(take, with_project=with_project)

    own = {track.id for track in song_desk.project.tracks}
    assert bool(own & {track.id for track in song_desk.player.heard.tracks}) is with_project


def test_takes_survive_a_restart_and_change_with_the_project(desk, tmp_path):
    folder = tmp_path / "Song.mgproj"
    (take,) = desk.compose(count=1)
    desk.takes.star(take.id, starred=True)

    desk.bridges.project.save_as(folder)
    before = desk.bridges.project.open(ProjectStore(Project.new("Other")))
    in_the_other = desk.takes.candidates
    before.close()

    assert in_the_other == ()
    assert [each.id for each in TakesShelf(folder).candidates] == [take.id]
    assert TakesShelf(folder).candidates[0].take.starred


def test_a_take_lands_where_it_was_wished_for(desk, tmp_path):
    folder = tmp_path / "Song.mgproj"
    desk.bridges.project.save_as(folder)
    desk.queue.held = True
    desk.takes.compose(Wish(prompt="lofi", bars=2))

    before = desk.bridges.project.open(ProjectStore(Project.new("Other")))
    desk.queue.release()
    before.close()

    assert desk.takes.candidates == ()
    assert len(TakesShelf(folder).candidates) == 1


def test_keeping_tells_which_clips_came(song_desk):
    (take,) = song_desk.compose(count=1)
    before = {clip.id for track in song_desk.project.tracks for clip in track.clips}

    clip_ids = song_desk.takes.keep(take)

    after = {clip.id for track in song_desk.project.tracks for clip in track.clips}
    assert set(clip_ids) == after - before
    assert clip_ids
