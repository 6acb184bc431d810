import threading

import mido
import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices, QDrag
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from musicgen_desktop.document import AudioClip, AudioSource, Project, Track
from musicgen_desktop.media import write_wav
from musicgen_desktop.session.commands import mute_tracks
from musicgen_desktop.session.controllers.send_to_daw import MidiForm, SoundWish
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.handover import SendDialog

BAR = 3840


@pytest.fixture
def jobs():
    made = JobsBridge()
    yield made
    made.close()


@pytest.fixture
def saved(bridges, tmp_path):
    """The song in a folder of its own."""
    assert bridges.project.save_as(tmp_path / "Song.mgproj")
    return bridges


@pytest.fixture
def dialog(qtbot, saved, jobs):
    saved.selection.select_span(BAR, 3 * BAR)
    made = SendDialog(saved, jobs)
    qtbot.addWidget(made)
    made.show()
    return made


def press(qtbot, group, value):
    button = next(each for each in group.buttons() if each.property("value") == value)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def send_midi(qtbot, dialog):
    press(qtbot, dialog.form.what, "midi")
    qtbot.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.model.stage == "done")


def test_it_lists_what_will_be_written_as_choices_change(qtbot, dialog):
    everything = dialog.files.names
    assert everything[0] == "mix.wav"
    assert "song.mid" in everything
    assert everything[-2:] == ("RIGHTS.md", "rights.json")

    press(qtbot, dialog.form.what, "mix")
    assert dialog.files.names == ("mix.wav", "RIGHTS.md", "rights.json")

    press(qtbot, dialog.form.what, "stems")
    stems = dialog.files.names
    assert all(name.endswith(".wav") for name in stems[:-2])
    qtbot.mouseClick(dialog.form.groups, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert len(dialog.files.names) > len(stems)


def test_how_sound_is_written_can_be_chosen_and_is_remembered(qtbot, dialog, saved, jobs):
    press(qtbot, dialog.form.what, "stems")
    press(qtbot, dialog.form.bits, 32)

    press(qtbot, dialog.form.kind, True)  # noqa: FBT003 - a button's value
    press(qtbot, dialog.form.each, True)  # noqa: FBT003
    press(qtbot, dialog.form.rate, 96_000)
    press(qtbot, dialog.form.tail, True)  # noqa: FBT003
    qtbot.mouseClick(dialog.form.guard, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))

    wanted = SoundWish(flac=True, rate=96_000, tail=True, guard=True, per_clip=True)
    assert dialog.model._job().sound == wanted
    assert dialog.model.bits == 24  # FLAC has no float
    assert not dialog.form.bits.buttons()[2].isEnabled()
    stems = dialog.files.names[:-2]
    assert all("-bar-" in name and name.endswith(".flac") for name in stems)
    dialog.model.send()
    assert SendDialog(saved, jobs).model.sound == wanted
    dialog.model.stop()
    qtbot.waitUntil(lambda: dialog.model.stage != "working", timeout=20_000)


def test_it_says_which_tracks_are_muted_and_have_no_stem(qtbot, saved, jobs):
    muted = saved.project.project.tracks[0]
    stems = SendDialog(saved, jobs)
    qtbot.addWidget(stems)
    before = len(stems.files.names)
    assert stems.told.isHidden()

    saved.project.ask(mute_tracks, [muted.id])
    dialog = SendDialog(saved, jobs)
    qtbot.addWidget(dialog)

    assert dialog.told.text() == f"Muted, so not among the stems: {muted.name}."
    assert not dialog.told.isHidden()
    assert len(dialog.files.names) == before - 1


def test_the_folder_is_inside_the_project_at_first(dialog, tmp_path):
    assert dialog.model.out == tmp_path / "Song.mgproj" / "exports" / "Send to DAW"


def test_a_song_without_a_place_of_its_own_goes_to_the_music(qtbot, bridges, jobs):
    dialog = SendDialog(bridges, jobs)
    qtbot.addWidget(dialog)

    assert dialog.model.out.name == bridges.project.project.name


def test_the_selected_bars_can_be_chosen(qtbot, dialog):
    whole, chosen = dialog.form.span.buttons()
    assert whole.text() == "Whole song, bars 1–8"
    assert chosen.text() == "Selected bars 2–3"

    qtbot.mouseClick(chosen, Qt.MouseButton.LeftButton)

    job = dialog.model._job()
    assert (job.first_bar, job.last_bar) == (2, 3)
    assert not dialog.form.span_hint.isHidden()


def test_without_a_selection_only_the_whole_song_can_be_sent(qtbot, saved, jobs):
    dialog = SendDialog(saved, jobs)
    qtbot.addWidget(dialog)

    assert not dialog.form.span.buttons()[1].isEnabled()


def test_sending_writes_the_files_and_offers_them(qtbot, dialog, bridges):
    with qtbot.waitSignal(bridges.status.said) as said:
        send_midi(qtbot, dialog)

    assert "Ready for your DAW" in said.args[0]
    assert all(file.is_file() for file in dialog.model.files)
    assert dialog.stack.currentWidget() is dialog.done_page
    assert "Drag" in dialog.done_page.handle.text()
    assert {file.suffix for file in dialog.model.music} == {".mid"}


def test_the_large_handle_carries_all_music_files(qtbot, dialog, monkeypatch):
    send_midi(qtbot, dialog)
    carried = []
    monkeypatch.setattr(
        QDrag,
        "exec",
        lambda drag, *_wanted: carried.extend(drag.mimeData().urls()) or Qt.DropAction.CopyAction,
    )
    handle = dialog.done_page.handle
    middle = handle.rect().center()

    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(handle, middle + QPoint(40, 0))

    assert [url.toLocalFile() for url in carried] == [str(file) for file in dialog.model.music]


def test_a_written_file_can_be_dragged_alone(qtbot, dialog):
    send_midi(qtbot, dialog)
    item = next(
        dialog.files.item(row)
        for row in range(dialog.files.count())
        if dialog.files.item(row).text() == "song.mid"
    )

    mime = dialog.files.mimeData([item])

    assert [url.toLocalFile() for url in mime.urls()] == [str(dialog.model.out / "midi" / "song.mid")]
    assert dialog.files.dragEnabled()


def test_the_folder_is_shown_and_the_paths_copied(qtbot, dialog, monkeypatch):
    send_midi(qtbot, dialog)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)

    qtbot.mouseClick(dialog.done_page.show_folder, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.done_page.copy, Qt.MouseButton.LeftButton)

    assert opened == [str(dialog.model.out)]
    assert QApplication.clipboard().text().splitlines() == [str(file) for file in dialog.model.music]


def test_files_that_are_there_already_are_told_before_they_are_replaced(qtbot, dialog):
    assert dialog.replaced.isHidden()
    send_midi(qtbot, dialog)

    qtbot.mouseClick(dialog.again_button, Qt.MouseButton.LeftButton)

    assert not dialog.replaced.isHidden()
    assert dialog.stack.currentWidget() is dialog.form


def test_a_folder_that_refuses_is_told_and_can_be_tried_again(qtbot, dialog, tmp_path):
    in_the_way = tmp_path / "a file"
    in_the_way.write_text("x")
    dialog.form.folder.setFocus()
    dialog.form.folder.setText(str(in_the_way / "out"))
    qtbot.keyClick(dialog.form.folder, Qt.Key.Key_Tab)
    press(qtbot, dialog.form.what, "midi")

    qtbot.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.notice.sentence != "")
    assert "a file" in dialog.notice.sentence
    in_the_way.unlink()
    qtbot.mouseClick(dialog.notice._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.model.stage == "done")

    assert dialog.notice.sentence == ""


def test_a_folder_is_chosen_and_remembered_for_this_song(qtbot, dialog, saved, jobs, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(tmp_path / "Disk"))
    qtbot.mouseClick(dialog.form.choose, Qt.MouseButton.LeftButton)
    send_midi(qtbot, dialog)

    again = SendDialog(saved, jobs)
    qtbot.addWidget(again)

    assert (again.model.out, again.model.what) == (tmp_path / "Disk", "midi")


class Waits:
    """Holds the queue until it is let go."""

    def __init__(self):
        self.may_end = threading.Event()

    def run(self, _report, _stop):
        self.may_end.wait()


def test_stop_ends_it_and_says_so(qtbot, dialog, jobs):
    before = Waits()
    jobs.submit(before, "Before")
    press(qtbot, dialog.form.what, "midi")
    qtbot.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    assert "Waiting" in dialog.progress.words.text()
    assert not dialog.form.isEnabled()

    qtbot.mouseClick(dialog.progress.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.model.stage == "choosing")
    before.may_end.set()

    assert "Stopped" in dialog.notice.sentence
    assert not dialog.model.out.exists()


def test_a_closed_dialog_lets_the_files_be_written(qtbot, dialog, jobs, bridges):
    before = Waits()
    jobs.submit(before, "Before")
    press(qtbot, dialog.form.what, "midi")
    qtbot.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    out = dialog.model.out

    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    with qtbot.waitSignal(bridges.status.said):
        before.may_end.set()

    assert (out / "midi" / "song.mid").is_file()


def test_progress_shows_stage_share_and_what_is_left(dialog):
    dialog.progress.show_job(JobHandle("j", "x", "running", "Playing Bass", 0.4, eta_s=12.0))
    assert dialog.progress.words.text() == "Playing Bass · 40% · about 12 s left"

    dialog.progress.show_job(JobHandle("j", "x", "running", "Mixing", 0.4, eta_s=180.0))
    assert dialog.progress.words.text().endswith("about 3 min left")


def test_weights_that_forbid_selling_are_told_in_words(qtbot, saved, jobs):
    project = saved.project.project
    take = msgspec.structs.replace(
        project.takes[0], commercial_use=False, licence="CC-BY-NC 4.0", name="Soft pad"
    )
    saved.project.store.apply("Change rights", project.with_take(take))
    dialog = SendDialog(saved, jobs)
    qtbot.addWidget(dialog)

    assert dialog.form.rights.verdict.text() == "Not for commercial release:"
    assert "“Soft pad” under CC-BY-NC 4.0: not to be sold" in dialog.form.rights.accessibleName()


def test_rights_that_allow_selling_say_so(dialog):
    assert "May be sold" in dialog.form.rights.accessibleName()


def test_an_empty_song_says_that_there_is_nothing_to_send(qtbot, saved, jobs):
    before = saved.project.open(ProjectStore(Project.new("Nothing")))
    dialog = SendDialog(saved, jobs)
    qtbot.addWidget(dialog)

    assert "empty" in dialog.notice.sentence
    assert not dialog.send_button.isEnabled()
    before.close()


def test_everything_that_takes_the_focus_has_a_name(qtbot, dialog):
    def nameless():
        return [
            each
            for each in dialog.findChildren(QWidget)
            if each.focusPolicy() != Qt.FocusPolicy.NoFocus
            and each.isVisibleTo(dialog)
            and not each.accessibleName()
        ]

    assert nameless() == []
    send_midi(qtbot, dialog)
    assert nameless() == []


def test_rights_of_files_that_no_take_made_are_the_users_to_know(qtbot, saved, jobs, tmp_path):
    clip = AudioClip("loop-1", "Loop", 0, BAR, "loop")
    track = Track("loop", "Loop", "audio", clips=(clip,))
    (tmp_path / "Song.mgproj" / "audio").mkdir(exist_ok=True)
    write_wav(tmp_path / "Song.mgproj" / "audio" / "loop.wav", np.zeros((4_800, 1), np.float32), 48_000)
    source = AudioSource("loop", "Bought loop", "audio/loop.wav", "", 48_000, 1, 4_800)
    project = saved.project.project.with_source(source).with_track(track)
    saved.project.store.apply("Import", project)

    dialog = SendDialog(saved, jobs)
    qtbot.addWidget(dialog)

    rights = dialog.form.rights
    assert "yours to know" in rights.verdict.text()
    assert "May be sold" not in rights.accessibleName()
    assert "Loop: “Bought loop”, a file of others, says nothing of its rights." in rights.details.text()


@pytest.mark.parametrize(
    ("what", "suffix"), [("dawproject", ".dawproject"), ("reaper", ".RPP"), ("ardour", ".ardour")]
)
def test_a_project_of_another_program_is_sent_whole_and_carried_alone(qtbot, dialog, what, suffix):
    press(qtbot, dialog.form.what, what)

    assert any(name.endswith(suffix) for name in dialog.files.names)
    assert not any(
        button.isEnabled() for button in (*dialog.form.bits.buttons(), *dialog.form.span.buttons())
    )

    qtbot.mouseClick(dialog.send_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.model.stage == "done", timeout=60_000)

    assert not dialog.done_page.hint.isVisible()
    (carried,) = dialog.model.music
    assert carried.suffix == suffix
    assert carried.is_file()


def test_commercial_safe_only_is_refused_in_words_and_remembered(qtbot, saved, jobs):
    project = saved.project.project
    take = msgspec.structs.replace(
        project.takes[0], commercial_use=False, licence="CC-BY-NC 4.0", name="Riff"
    )
    saved.project.store.apply("Change rights", project.with_take(take))
    dialog = SendDialog(saved, jobs)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.send_button.isEnabled()

    qtbot.mouseClick(dialog.form.safe, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))

    assert not dialog.send_button.isEnabled()
    assert "“Riff”" in dialog.notice.sentence
    assert "CC-BY-NC 4.0" in dialog.notice.sentence

    qtbot.mouseClick(dialog.form.safe, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert dialog.send_button.isEnabled()


def test_the_form_of_midi_files_is_chosen_kept_and_sent(qtbot, dialog, saved, jobs):
    coarse = MidiForm(0, 480)
    press(qtbot, dialog.form.midi, coarse)

    send_midi(qtbot, dialog)

    song = mido.MidiFile(dialog.model.out / "midi" / "song.mid")
    assert (song.type, song.ticks_per_beat) == (0, 480)
    again = SendDialog(saved, jobs)
    qtbot.addWidget(again)
    assert again.model.midi == coarse


def test_the_form_of_midi_files_is_only_asked_where_there_are_some(qtbot, dialog):
    press(qtbot, dialog.form.what, "stems")
    assert not any(button.isEnabled() for button in dialog.form.midi.buttons())

    press(qtbot, dialog.form.what, "all")
    assert all(button.isEnabled() for button in dialog.form.midi.buttons())
