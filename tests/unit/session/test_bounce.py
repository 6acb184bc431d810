"""Bounced tracks sound in their place as the originals did."""

import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest

from musicgen_desktop.document import (
    AudioClip,
    AudioSource,
    Automation,
    AutomationPoint,
    Insert,
    NotesClip,
    Origin,
    Project,
    Send,
    Take,
    Track,
)
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError, resources_folder
from musicgen_desktop.media import content_hash, read_audio, read_info, write_wav
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.playback.offline import render_pre_master
from musicgen_desktop.playback.plan import compile_plan
from musicgen_desktop.session.controllers import BounceProject, BounceTracks, FreezeTrack
from musicgen_desktop.session.controllers.bounce import bounce_in
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.storage import open_project, save_project

BAR = 3_840
FRAMES = 144_000
OURS = "The notes are yours. The sounds: built-in synthesizer."
COMPOSED = "The notes are yours. The sounds: built-in synthesizer and FluidR3Mono (MIT licence)."


def a_take(take_id, *, engine="composer", licence="The notes are yours.", commercial_use=True):
    return Take(
        take_id, take_id, engine, licence=licence, commercial_use=commercial_use, seed=7, request={"bars": 2}
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Song.mgproj" / "audio").mkdir(parents=True)
    return tmp_path / "Song.mgproj"


@pytest.fixture
def song(folder):
    """Two bars at 240 BPM: a lead with everything on its strip, a mono voice, a group and a return."""
    notes = tuple(Note(at, 700, 60, 100) for at in range(0, 2 * BAR, 960))
    fade = Automation("a1", "gain_db", (AutomationPoint(0, -20.0), AutomationPoint(BAR, 0.0)))
    sending = Automation(
        "a2", "send:to-room:gain_db", (AutomationPoint(0, -30.0), AutomationPoint(BAR, -6.0))
    )
    lead = Track(
        "lead",
        "Lead",
        "notes",
        role="melody",
        clips=(NotesClip("c1", "Riff", 0, 2 * BAR, notes, take_id="t1"),),
        patch=Patch("synth", preset="saw_lead"),
        inserts=(Insert("d", "delay", parameters={"wet": 0.4, "time_beats": 0.5}),),
        sends=(Send("to-room", "room", -9.0),),
        automation=(fade, sending),
        pan=-0.4,
        output="group",
    )
    path = folder / "audio" / "vox.wav"
    sound = 0.2 * np.random.default_rng(1).standard_normal((60_000, 1)).astype(np.float32)
    write_wav(path, sound, 48_000, 32)
    source = AudioSource("s1", "vox", "audio/vox.wav", content_hash(path), 48_000, 1, 60_000)
    vox = Track(
        "vox",
        "Vox",
        "audio",
        clips=(AudioClip("k1", "vox", 1_920, 2_400, "s1", take_id="t2"),),
        pan=0.25,
        gain_db=-4.0,
        inserts=(Insert("e", "equalizer", parameters={"peak1_db": 4.0}),),
        sends=(Send("v", "room", -12.0),),
    )
    song = Project.new("Song", 240.0).with_source(source)
    for track in (
        lead,
        vox,
        Track("group", "Group", "bus", inserts=(Insert("q", "equalizer", parameters={"peak1_db": -3.0}),)),
        Track("room", "Room", "bus", inserts=(Insert("r", "reverb", parameters={"wet": 1.0}),)),
    ):
        song = song.with_track(track)
    takes = (a_take("t1"), a_take("t2", engine="voice", licence="CC BY-NC.", commercial_use=False))
    song = msgspec.structs.replace(song, takes=takes, end_ticks=2 * BAR)
    save_project(song, folder)
    return song


def mixed(project, folder):
    return render_pre_master(compile_plan(project, media_folder=folder), frames=FRAMES)


def peak_db(sound):
    return float(20 * np.log10(max(np.abs(sound).max(), 1e-15)))


def new_track(project, original):
    return project.tracks[[track.id for track in project.tracks].index(original) + 1]


@pytest.mark.parametrize("what", ["before fader", "after fader"])
@pytest.mark.parametrize("track_id", ["lead", "vox"])
def test_the_mix_is_the_same_with_the_bounce_in_the_tracks_place(song, folder, track_id, what):
    bounced = BounceTracks(song, folder, (track_id,), what=what).run()

    project = bounced.applied_to(song)

    new = new_track(project, track_id)
    assert (new.kind, new.name) == ("audio", f"{song.track(track_id).name} (bounced)")
    assert project.track(track_id).muted
    assert bounced.notes == ()
    assert read_info(folder / bounced.parts[0].source.path).encoding == "FLOAT"
    assert peak_db(mixed(project, folder) - mixed(song, folder)) < -110.0
    assert peak_db(mixed(song, folder)) > -20.0


def test_a_group_is_bounced_with_all_that_plays_into_it(song, folder):
    bounced = BounceTracks(song, folder, ("group",)).run()

    project = bounced.applied_to(song)

    assert peak_db(mixed(project, folder) - mixed(song, folder)) < -110.0


def test_some_bars_are_bounced_and_the_rest_goes_on_playing(song, folder):
    bounced = BounceTracks(song, folder, ("vox",), span=(BAR, 2 * BAR), what="before fader").run()

    project = bounced.applied_to(song)

    clips = project.track("vox").clips
    assert [(clip.start_ticks, clip.length_ticks, clip.muted) for clip in clips] == [
        (1_920, 1_920, False),
        (BAR, 480, True),
    ]
    assert new_track(project, "vox").clips[0].start_ticks == BAR
    assert not project.track("vox").muted
    before, after = mixed(song, folder), mixed(project, folder)
    cut = song.tempo_map.frame_at(BAR, 48_000)
    assert peak_db(after[: cut - 1_000] - before[: cut - 1_000]) < -110.0
    # The equalizer begins anew at the cut, so only its first moments differ.
    assert peak_db(after[cut + 5_000 :] - before[cut + 5_000 :]) < -80.0


def test_chosen_clips_are_bounced_alone(song, folder):
    lead = song.track("lead")
    first, second = lead.clips[0].split_at(BAR)
    song = song.with_track(msgspec.structs.replace(lead, clips=(first, second)))

    bounced = BounceTracks(song, folder, ("lead",), clips=(second.id,)).run()

    project = bounced.applied_to(song)
    assert [clip.muted for clip in project.track("lead").clips] == [False, True]
    assert new_track(project, "lead").clips[0].start_ticks == BAR


def test_replacing_takes_the_original_away(song, folder):
    project = BounceTracks(song, folder, ("lead",), replace=True).run().applied_to(song)

    assert [track.name for track in project.tracks] == ["Lead (bounced)", "Vox", "Group", "Room"]
    assert peak_db(mixed(project, folder) - mixed(song, folder)) < -110.0


def test_without_a_tail_the_sound_ends_with_the_song(song, folder):
    bounced = BounceTracks(song, folder, ("lead",), tail=False).run()

    ringing = BounceTracks(song, folder, ("lead",)).run()

    assert bounced.parts[0].source.frames == song.tempo_map.frame_at(2 * BAR, 48_000)
    assert ringing.parts[0].source.frames > bounced.parts[0].source.frames + 10_000


def test_a_muted_track_can_be_bounced_and_stays_unheard(song, folder):
    song = song.with_track(song.track("vox").muted_as(muted=True))

    bounced = BounceTracks(song, folder, ("vox",)).run()

    assert new_track(bounced.applied_to(song), "vox").muted
    assert np.abs(read_audio(folder / bounced.parts[0].source.path)[0]).max() > 0.05


def test_the_rights_of_the_takes_go_along(song, folder):
    project = BounceTracks(song, folder, ("lead",)).run().applied_to(song)

    take = project.take(new_track(project, "lead").clips[0].take_id)
    assert (take.engine, take.licence, take.commercial_use) == ("composer", OURS, True)
    assert (take.made_from, take.request) == (("t1",), {})
    assert project.takes[-1].id == "t2"  # what the song itself was asked for still comes last


def test_a_mixture_may_be_sold_only_when_all_of_it_may(song, folder):
    song = song.with_track(song.track("vox").routed_to("group"))

    take = BounceTracks(song, folder, ("group",)).run().parts[0].take

    assert (take.engine, take.commercial_use) == ("composer + voice", False)
    assert take.licence == "The notes are yours. CC BY-NC. The sounds: built-in synthesizer."
    assert take.made_from == ("t1", "t2")


def test_what_nobody_generated_has_no_take(song, folder):
    lead = song.track("lead")
    clip = msgspec.structs.replace(lead.clips[0], take_id=None)

    part = BounceTracks(song.with_track(lead.with_clip(clip)), folder, ("lead",)).run().parts[0]

    assert part.take is None
    assert part.track.clips[0].take_id is None
    assert part.source.origins == ()


def test_a_bounce_of_others_notes_stays_theirs(song, folder):
    theirs = Origin("riff.mid", "CC-BY-NC 4.0")
    lead = song.track("lead")
    clip = msgspec.structs.replace(lead.clips[0], take_id=None, origins=(theirs,))
    song = song.with_track(lead.with_clip(clip))

    lead_alone, group = BounceTracks(song, folder, ("lead", "group")).run().parts

    assert (lead_alone.source.origins, group.source.origins) == ((theirs,), (theirs,))


@pytest.mark.usefixtures("song")
def test_in_an_open_project_it_is_one_step(folder):
    store = ProjectStore.open(folder)
    before = store.project

    bounce_in(store, ("lead", "vox"))
    bounced = store.project
    store.undo()

    assert store.project == before
    store.redo()
    assert store.project == bounced
    assert store.history == ("Bounce Lead, Vox",)
    store.discard()


@pytest.mark.usefixtures("song")
def test_a_saved_project_is_bounced_and_saved(folder):
    told = BounceProject(folder, ("melody",), first_bar=2, last_bar=2).run()

    project = open_project(folder).project
    assert [each.track for each in told.bounced] == ["Lead (bounced)"]
    assert told.bounced[0].start_s == pytest.approx(1.0)
    assert [track.name for track in project.tracks] == ["Lead", "Lead (bounced)", "Vox", "Group", "Room"]


def test_stopping_leaves_no_file(song, folder):
    stop = StopFlag()

    def after_the_first(done, _stage):
        if done > 0.6:
            stop.set()

    with pytest.raises(Stopped):
        BounceProject(folder, ("lead", "vox")).run(after_the_first, stop)

    assert sorted(path.name for path in (folder / "audio").iterdir()) == ["vox.wav"]
    assert open_project(folder).project == song


def test_a_send_before_the_fader_is_told_of(song, folder):
    send = msgspec.structs.replace(song.track("lead").sends[0], pre_fader=True)
    song = song.with_track(msgspec.structs.replace(song.track("lead"), sends=(send,)))

    bounced = BounceTracks(song, folder, ("lead",)).run()

    assert bounced.notes == ("The sends of “Lead” before its fader are not in the bounce.",)
    assert bounced.parts[0].track.sends == ()


@pytest.mark.parametrize(
    ("job", "sentence"),
    [
        ({"tracks": ("group",), "first_bar": 1}, "can only be bounced whole"),
        ({"tracks": ("room", "kazoo")}, "no track “kazoo”"),
        ({"tracks": ("lead",), "first_bar": 3}, "within 1 to 2"),
    ],
)
@pytest.mark.usefixtures("song")
def test_what_cannot_be_bounced_is_told(folder, job, sentence):
    with pytest.raises(UserInputError, match=sentence):
        BounceProject(folder, **job).run()


def test_bars_in_which_nothing_plays_are_told(song, folder):
    with pytest.raises(UserInputError, match="plays nothing there"):
        BounceTracks(song, folder, ("vox",), span=(0, 960)).run()


def test_replacing_a_bus_leaves_it_muted_so_that_nothing_sounds_twice(song, folder):
    bounced = BounceTracks(song, folder, ("group",), replace=True).run()

    project = bounced.applied_to(song)

    assert project.track("group").muted
    assert bounced.notes == ("“Group” is a bus that other tracks play into, so it stays, muted.",)
    assert peak_db(mixed(project, folder) - mixed(song, folder)) < -110.0


@pytest.fixture
def shipped():
    pytest.importorskip("tinysoundfont")
    return next((resources_folder() / "soundfonts").glob("*.sf3"))


@pytest.fixture
def own_font(shipped, tmp_path):
    return Path(shutil.copy(shipped, tmp_path / "own.sf3"))


@pytest.fixture
def composed(song):
    """The lead on General MIDI, as composed on the font that we ship."""
    lead = msgspec.structs.replace(song.track("lead"), patch=Patch("general_midi", program=4))
    takes = (a_take("t1", licence=COMPOSED), song.take("t2"))
    return msgspec.structs.replace(song.with_track(lead), takes=takes)


def test_the_font_that_plays_the_bounce_is_named_not_that_of_the_composer(composed, folder, own_font):
    take = BounceTracks(composed, folder, ("lead",), soundfont=own_font).run().parts[0].take

    own = "your SoundFont “own.sf3”, whose licence decides about selling"
    assert (take.licence, take.commercial_use) == (f"The notes are yours. The sounds: {own}.", False)


def test_the_shipped_font_is_named_where_it_is_heard(composed, folder, shipped):
    take = BounceTracks(composed, folder, ("lead",), soundfont=shipped).run().parts[0].take

    said = "The notes are yours. The sounds: FluidR3Mono (MIT licence)."
    assert (take.licence, take.commercial_use) == (said, True)


def test_without_a_font_the_synthesizer_is_named(composed, folder):
    assert BounceTracks(composed, folder, ("lead",)).run().parts[0].take.licence == OURS


def test_a_font_counts_in_a_group_too(composed, folder, own_font):
    take = BounceTracks(composed, folder, ("group",), soundfont=own_font).run().parts[0].take

    assert "“own.sf3”" in take.licence
    assert not take.commercial_use


def test_notes_of_ones_own_on_a_font_have_its_rights(composed, folder, own_font):
    lead = composed.track("lead")
    song = composed.with_track(lead.with_clip(msgspec.structs.replace(lead.clips[0], take_id=None)))

    bounced = BounceTracks(song, folder, ("lead",), soundfont=own_font).run()

    project = bounced.applied_to(song)
    take = project.take(new_track(project, "lead").clips[0].take_id)
    assert (take.engine, take.made_from, take.commercial_use) == ("bounce", (), False)
    assert take.licence == "The sounds: your SoundFont “own.sf3”, whose licence decides about selling."


def test_a_frozen_sound_whose_font_is_gone_promises_nothing(composed, folder, own_font):
    frozen = FreezeTrack(composed, folder, "lead", own_font).run().applied_to(composed)

    take = BounceTracks(frozen, folder, ("lead",)).run().parts[0].take

    assert "a SoundFont that is not on this machine" in take.licence
    assert not take.commercial_use


def test_licences_that_do_not_fit_are_refused_and_not_cut(song, folder):
    takes = (a_take("t1", licence="A" * 600), a_take("t2", licence="B" * 600))
    song = msgspec.structs.replace(song.with_track(song.track("vox").routed_to("group")), takes=takes)

    with pytest.raises(UserInputError, match="more licences than one file can name"):
        BounceTracks(song, folder, ("group",)).run()

    assert [path.name for path in (folder / "audio").iterdir()] == ["vox.wav"]
