"""One folder for a DAW, with a sheet of rights."""

import json

import msgspec
import pytest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import StopFlag, Stopped, UserInputError
from musicgen_desktop.media import CannotWriteIntoError
from musicgen_desktop.session.controllers.export import ExportProject
from musicgen_desktop.session.controllers.render import RenderProject
from musicgen_desktop.session.controllers.send_to_daw import SendToDaw

STEMS = ("stems/01_bass_240bpm_Fm.wav", "stems/02_drums_240bpm_Fm.wav", "stems/03_vox_240bpm_Fm.wav")
MIDI = ("midi/song.mid", "midi/01_bass.mid", "midi/02_drums.mid")
SHEETS = ("RIGHTS.md", "rights.json")


@pytest.mark.parametrize(
    ("what", "files"),
    [("stems", STEMS), ("midi", MIDI), ("mix", ("mix.wav",)), ("all", (*STEMS, "mix.wav", *MIDI))],
)
def test_the_folder_holds_what_was_asked_for_and_the_rights(song, folder, tmp_path, what, files):
    sent = SendToDaw(song, folder, tmp_path / "out", what).run()

    assert sent.files == (*files, *SHEETS)
    found = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*")}
    assert found == set(sent.files)


def test_the_files_are_those_of_export_and_render(song, folder, tmp_path):
    ExportProject(folder, "stems", tmp_path / "stems", bits=16).run()
    ExportProject(folder, "midi", tmp_path / "midi").run()
    RenderProject(folder, tmp_path / "mix.wav", bits=16).run()

    sent = SendToDaw(song, folder, tmp_path / "out", bits=16).run()

    for name in sent.files[: -len(SHEETS)]:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / name).read_bytes()


def test_the_sheet_tells_of_every_take_that_is_heard(song, folder, tmp_path):
    sent = SendToDaw(song, folder, tmp_path / "out", "midi").run()

    told = json.loads((tmp_path / "out" / "rights.json").read_bytes())
    assert [(take["name"], take["tracks"]) for take in told["takes"]] == [
        ("Take 1", ["Bass"]),
        ("Take 2", ["Drums"]),
    ]
    assert (told["takes"][1]["engine"], told["takes"][1]["model"], told["takes"][1]["seed"]) == (
        "musicgen",
        "small",
        8,
    )
    assert told["commercial_use"] is False
    assert told["imported"] == [{"file": "vox", "rights": "", "tracks": ["Vox"]}]
    assert "built-in synthesizer" in told["sounds"]
    assert msgspec.json.decode(msgspec.json.encode(sent.rights)) == told
    text = (tmp_path / "out" / "RIGHTS.md").read_text("utf-8")
    assert "may NOT be used commercially" in text
    assert "- Licence: CC-BY-NC 4.0\n- Commercial use: no\n- Seed: 8" in text
    assert "- Prompt: a \\| bass" in text
    assert "Unused" not in text


def test_what_may_be_sold_is_not_said_without_the_files_that_no_take_made(song, folder, tmp_path):
    song = song.without_track("drums")

    sent = SendToDaw(song, folder, tmp_path / "out", "mix").run()

    names = "“vox” (it says nothing of its rights)"
    sentence = f"Whether files of others may be used commercially is yours to know: {names}."
    text = (tmp_path / "out" / "RIGHTS.md").read_text("utf-8")
    assert f"{sentence} All else may be used commercially.\n" in text
    assert json.loads((tmp_path / "out" / "rights.json").read_bytes())["not_judged"] == sentence
    assert sent.rights.commercial_use is None


def test_a_song_of_takes_alone_may_be_sold_without_an_if(song, folder, tmp_path):
    song = song.without_track("drums").without_track("vox")

    sent = SendToDaw(song, folder, tmp_path / "out", "mix").run()

    text = (tmp_path / "out" / "RIGHTS.md").read_text("utf-8")
    assert "What was made here may be used commercially.\n" in text
    assert (sent.rights.imported, sent.rights.not_judged) == ((), "")


@pytest.mark.parametrize("what", ["stems", "mix"])
def test_a_take_that_is_not_heard_forbids_nothing(song, folder, tmp_path, what):
    song = song.with_track(song.track("drums").muted_as(muted=True))

    preview = SendToDaw(song, folder, tmp_path / "out", what).preview()

    assert preview.rights.commercial_use is None
    assert [take.name for take in preview.rights.takes] == ["Take 1"]


@pytest.mark.parametrize("what", ["midi", "all"])
def test_notes_of_a_muted_track_are_sent_and_so_its_rights_are_told(song, folder, tmp_path, what):
    song = song.with_track(song.track("drums").muted_as(muted=True))

    preview = SendToDaw(song, folder, tmp_path / "out", what).preview()

    assert "midi/02_drums.mid" in preview.files
    assert not preview.rights.commercial_use
    assert [(take.name, take.tracks) for take in preview.rights.takes] == [
        ("Take 1", ("Bass",)),
        ("Take 2", ("Drums",)),
    ]


@pytest.mark.parametrize("what", ["stems", "all"])
def test_a_muted_track_has_no_stem_and_that_is_said(song, folder, tmp_path, what):
    song = song.with_track(song.track("drums").muted_as(muted=True))

    sent = SendToDaw(song, folder, tmp_path / "out", what).run()

    assert [name for name in sent.files if name.startswith("stems/")] == [STEMS[0], STEMS[2]]
    assert sorted(path.name for path in (tmp_path / "out" / "stems").iterdir()) == [
        name.removeprefix("stems/") for name in (STEMS[0], STEMS[2])
    ]
    assert sent.notes == ("Muted, so not among the stems: Drums.",)


def test_what_a_muted_group_silences_has_no_stem_either(song, folder, tmp_path):
    bass = msgspec.structs.replace(song.track("bass"), sends=())
    song = song.with_track(bass).with_track(song.track("group").muted_as(muted=True))

    preview = SendToDaw(song, folder, tmp_path / "out", "stems", groups=True).preview()

    assert STEMS[0] not in preview.files
    assert not any("group" in name for name in preview.files)
    assert preview.notes == ("Muted, so not among the stems: Bass (with its group “Group”), Group.",)


def test_a_track_that_still_sends_past_its_muted_group_keeps_its_stem(song, folder, tmp_path):
    song = song.with_track(song.track("group").muted_as(muted=True))

    preview = SendToDaw(song, folder, tmp_path / "out", "stems").preview()

    assert STEMS[0] in preview.files
    assert preview.notes == ()


def test_what_is_silent_because_others_are_soloed_is_left_out_with_a_word(song, folder, tmp_path):
    preview = SendToDaw(song.soloed_alone("vox"), folder, tmp_path / "out", "stems").preview()

    assert [name for name in preview.files if name.startswith("stems/")] == [STEMS[2]]
    assert preview.notes == ("Silent while others are soloed, so not among the stems: Bass, Drums.",)


@pytest.mark.parametrize("what", ["midi", "mix"])
def test_where_there_are_no_stems_muted_tracks_are_no_news(song, folder, tmp_path, what):
    song = song.with_track(song.track("drums").muted_as(muted=True))

    notes = SendToDaw(song, folder, tmp_path / "out", what).preview().notes

    assert not any("muted" in note.lower() for note in notes)


def test_a_song_that_was_never_saved_can_be_sent(song, tmp_path):
    sent = SendToDaw(song.without_track("vox"), None, tmp_path / "out", "mix").run()

    assert (tmp_path / "out" / "mix.wav").stat().st_size > 100_000
    assert sent.rights.imported == ()


def test_an_empty_song_is_not_sent(tmp_path):
    with pytest.raises(UserInputError, match="empty"):
        SendToDaw(Project.new("Empty"), None, tmp_path / "out").run()

    assert not (tmp_path / "out").exists()


def test_a_file_in_the_folders_place_is_told(song, folder, tmp_path):
    (tmp_path / "out").write_bytes(b"")

    with pytest.raises(CannotWriteIntoError):
        SendToDaw(song, folder, tmp_path / "out").run()


def test_sending_can_be_stopped(song, folder, tmp_path):
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        SendToDaw(song, folder, tmp_path / "out").run(stop=stop)

    assert not (tmp_path / "out" / "mix.wav").exists()


@pytest.mark.parametrize("what", ["stems", "midi", "mix", "all", "dawproject", "reaper"])
def test_the_preview_tells_what_will_be_written_and_writes_nothing(song, folder, tmp_path, what):
    job = SendToDaw(song, folder, tmp_path / "out", what)

    preview = job.preview()

    assert not (tmp_path / "out").exists()
    sent = job.run()
    assert (preview.files, preview.rights, preview.notes) == (sent.files, sent.rights, sent.notes)


def test_the_preview_refuses_what_cannot_be_sent(song, folder, tmp_path):
    with pytest.raises(UserInputError, match="empty"):
        SendToDaw(Project.new("Nothing"), None, tmp_path / "out").preview()
    with pytest.raises(UserInputError, match="bar 900 is behind its end"):
        SendToDaw(song, folder, tmp_path / "out", first_bar=2, last_bar=900).preview()


@pytest.mark.parametrize(
    ("what", "first"), [("dawproject", "Night Drive.dawproject"), ("reaper", "Night Drive.RPP")]
)
def test_a_project_of_another_program_is_the_whole_song(song, folder, tmp_path, what, first):
    sent = SendToDaw(song, folder, tmp_path / "out", what, first_bar=2, last_bar=2).run()

    assert sent.files[0] == first
    assert sent.files[-2:] == SHEETS
    assert all((tmp_path / "out" / name).stat().st_size for name in sent.files)
    assert [take.name for take in sent.rights.takes] == ["Take 1", "Take 2"]


@pytest.mark.parametrize("what", ["mix", "all", "reaper", "dawproject"])
def test_commercial_safe_refuses_what_may_not_be_sold_before_anything_is_written(
    song, folder, tmp_path, what
):
    job = SendToDaw(song, folder, tmp_path / "out", what, commercial_safe=True)

    for step in (job.preview, job.run):
        with pytest.raises(UserInputError, match=r"“Take 2” on Drums may not be used commercially"):
            step()
    assert not (tmp_path / "out").exists()


def test_commercial_safe_lets_through_what_may_be_sold(song, folder, tmp_path):
    song = song.without_track("drums").without_track("vox")

    assert SendToDaw(song, folder, tmp_path / "out", "mix", commercial_safe=True).run().rights.commercial_use


def test_a_song_that_was_never_saved_leaves_for_reaper_too(song, tmp_path):
    sent = SendToDaw(song.without_track("vox"), None, tmp_path / "out", "reaper").run()

    assert (tmp_path / "out" / sent.files[0]).is_file()
