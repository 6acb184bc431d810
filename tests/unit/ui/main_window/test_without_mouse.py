"""A whole session by keyboard: compose, audition, keep, edit, mix, arrange, send, save."""

import pytest
from PySide6.QtWidgets import QApplication

from musicgen_desktop.document import NotesClip
from tests.unit.ui.main_window._keys import focused_name, in_dialog, press, tab_to, type_in

PROMPT = "lofi, 82 bpm, F minor, 4 bars"


def notes_of(opened, clip_id):
    """The notes of a clip."""
    clips = {clip.id: clip for track in opened.project.tracks for clip in track.clips}
    return clips[clip_id].notes


def clips_of(opened):
    """How many clips there are."""
    return sum(len(track.clips) for track in opened.project.tracks)


@pytest.fixture
def composed(open_window):
    """A window in which a prompt was typed on the start page."""
    opened = open_window()
    type_in(PROMPT)
    press("Return")
    return opened


def test_a_prompt_on_the_start_page_becomes_a_song_that_plays(composed):
    assert composed.project.takes[0].prompt == PROMPT
    assert len(composed.project.tracks) >= 4
    assert composed.player.is_running
    assert composed.project.tempo_map.bpm_at(0) == 82.0


def test_another_take_is_composed_heard_and_kept(composed):
    press("Space", "Ctrl+1")
    assert focused_name() == "Prompt"
    press("Ctrl+Return", "F6")
    newest, second, *_ = composed.services.takes.candidates
    (kept,) = composed.project.takes
    press("1")
    heard = [composed.services.takes.audition_id]
    press("2")
    heard.append(composed.services.takes.audition_id)
    tab_to("Takes", "Shift+Tab")
    press("Up", "Return")

    assert heard == [newest.id, second.id]
    assert {take.id for take in composed.project.takes} == {kept.id, newest.id}


def test_a_note_is_found_moved_and_made_louder(opened):
    press("Ctrl+4")
    press("Return")  # the roll shows nothing yet and offers the first clip
    clip_id = opened.bridges.selection.edited_clip_id
    before = notes_of(opened, clip_id)
    press("Ctrl+Right")
    (note,) = opened.panels.piano_roll.model.selected
    press("Up", "Ctrl+Up")

    (changed,) = set(notes_of(opened, clip_id)) - set(before)
    assert note in before
    assert (changed.pitch, changed.start_ticks) == (note.pitch + 1, note.start_ticks)
    assert changed.velocity > note.velocity
    press("Ctrl+Z", "Ctrl+Z")
    assert notes_of(opened, clip_id) == before


def test_a_fader_is_moved_and_a_strip_muted(opened):
    press("Ctrl+3")
    press("Right")
    track = opened.bridges.selection.track
    press("Up", "Up", "M")

    changed = opened.project.track(track.id)
    assert changed.gain_db == pytest.approx(track.gain_db + 1.0)
    assert changed.muted is not track.muted


def test_a_clip_is_walked_to_split_and_doubled(opened):
    press("Ctrl+2", "Right", "Right")  # the play head, while nothing is selected
    press("Tab", "Tab")
    count, (clip,) = clips_of(opened), opened.bridges.selection.clips
    assert clip is opened.project.tracks[1].clips[0]

    press("S")
    split = clips_of(opened)
    press("Ctrl+D")

    assert (split, clips_of(opened)) == (count + 1, count + 2)


def test_the_song_is_sent_to_a_folder(opened, tmp_path):
    out = tmp_path / "out"
    opened.hold_jobs()

    def send(dialog):
        tab_to("All files")
        press("Right", "Right")
        assert focused_name() == "MIDI"
        tab_to("Folder")
        press("Ctrl+A")
        type_in(str(out))
        press("Tab")
        tab_to("Send")
        press("Return")
        opened.do_jobs()
        assert dialog.model.stage == "done"
        press("Esc")

    in_dialog(lambda: press("Ctrl+Shift+E"), send)

    written = [each.suffix for each in out.rglob("*.*")]
    assert written.count(".mid") == len([t for t in opened.project.tracks if t.kind == "notes"]) + 1


def test_the_palette_runs_a_command(opened):
    assert not opened.player.metronome

    def choose(_palette):
        type_in("metron")
        press("Return")

    in_dialog(lambda: press("Ctrl+K"), choose)

    assert opened.player.metronome


def test_the_shortcut_sheet_is_shown_searched_and_left(open_window, song_folder):
    open_window(song_folder)
    seen = []

    def look(sheet):
        type_in("split")
        seen.append(sheet.windowTitle())
        press("Esc")

    in_dialog(lambda: press("?"), look)

    assert seen == ["Keyboard shortcuts"]
    assert QApplication.activeModalWidget() is None


def test_an_edit_is_saved(opened):
    press("Ctrl+T")
    assert not opened.store.saved

    press("Ctrl+S")

    assert opened.store.saved
    assert opened.said[-1] == "Saved."


def test_a_new_song_is_named_and_saved(composed, tmp_path):
    place = tmp_path / "Mine"

    def name(_dialog):
        press("Ctrl+A")
        type_in(str(place))
        press("Return")

    in_dialog(lambda: press("Ctrl+S"), name)

    assert composed.store.saved
    assert composed.store.folder == place.with_suffix(".mgproj")


def test_a_notes_clip_is_opened_from_the_timeline(opened):
    press("Ctrl+2", "Down", "Down", "Return")

    (clip,) = opened.bridges.selection.clips
    assert isinstance(clip, NotesClip)
    assert opened.bridges.selection.edited_clip_id == clip.id
    assert focused_name() == "Notes"
