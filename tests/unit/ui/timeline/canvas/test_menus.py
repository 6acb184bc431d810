from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from musicgen_desktop.ui.theme import TRACK_COLOURS
from musicgen_desktop.ui.timeline.canvas._menus import clip_menu, ground_menu
from tests.unit.ui.timeline._hands import choose, every_action

from .conftest import BAR


def texts(menu):
    return [action.text() for action in every_action(menu)]


def menu_of(stage, clip_id):
    stage.bridges.selection.select_clips((clip_id,))
    return clip_menu(stage.bridges, stage.canvas.edits, stage.clip(clip_id), stage.canvas)


def test_the_menu_of_a_clip_colours_it(stage):
    choose(menu_of(stage, "verse"), "Colour 3")
    assert stage.clip("verse").color == TRACK_COLOURS[2]

    choose(menu_of(stage, "verse"), "As the track")

    assert stage.clip("verse").color is None


def test_audio_has_other_lines_than_notes(stage):
    audio, notes = texts(menu_of(stage, "low")), texts(menu_of(stage, "verse"))

    assert "Crossfade" in audio
    assert "Crossfade" not in notes
    assert "Open in piano roll" in notes


def test_every_line_with_a_key_says_it(stage):
    menu = menu_of(stage, "verse")

    keys = {action.text(): action.shortcut().toString() for action in menu.actions()}

    assert (keys["Duplicate"], keys["Glue"], keys["Rename…"]) == ("Ctrl+D", "J", "F2")


def test_empty_ground_takes_what_was_copied(stage):
    stage.bridges.selection.select_clips(("verse",))
    stage.canvas.edits.copy()

    choose(ground_menu(stage.bridges, stage.canvas.edits, 6 * BAR, stage.canvas), "Paste clips here")

    assert stage.project.track("keys").clips[-1].start_ticks == 6 * BAR


def test_a_span_can_be_taken_out_of_the_song(stage):
    stage.bridges.selection.select_span(0, BAR)

    choose(ground_menu(stage.bridges, stage.canvas.edits, 0, stage.canvas), "Delete time")

    assert [clip.start_ticks for clip in stage.project.track("keys").clips] == [BAR]


def right_click(stage, place):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, stage.canvas.mapToGlobal(place))
    QApplication.sendEvent(stage.canvas, event)
    return stage.canvas.findChild(QMenu)


def test_a_right_click_selects_the_clip_and_opens_its_menu(stage):
    menu = right_click(stage, stage.at(960, "pad"))

    assert stage.selected() == {"wash"}
    assert "Open in piano roll" in texts(menu)
    menu.close()


def test_a_right_click_on_the_ground_deselects(stage):
    stage.bridges.selection.select_clips(("verse",))

    menu = right_click(stage, QPoint(stage.canvas.width() - 20, 10))

    assert stage.selected() == set()
    assert "Paste clips here" in texts(menu)
    menu.close()
