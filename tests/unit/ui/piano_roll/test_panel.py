"""The panel around the notes: what it shows, zoom, ruler, keyboard, sound, menus."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from musicgen_desktop.document import LoopRange, Project
from musicgen_desktop.music import Control, Note
from musicgen_desktop.session.commands.clips import mute_clips
from musicgen_desktop.ui.piano_roll import PianoRollPanel
from musicgen_desktop.ui.theme import colour, tokens

from .conftest import BAR, HIGH, LONG, LOW, NOTES, a_project

Ctrl, Shift, Plain = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)


class Keys:
    """What the player was asked to sound."""

    def __init__(self, player):
        self.asked = []
        player.audition_note = lambda track_id, pitch, velocity, on: self.asked.append(
            (track_id, pitch, velocity if on else 0)
        )


def colour_at(widget, position):
    return QImage(widget.grab().toImage()).pixelColor(position).name()


def test_without_a_clip_it_says_how_one_comes_and_offers_the_first(bridges_of, qtbot):
    bridges = bridges_of(a_project())
    panel = PianoRollPanel(bridges)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.notes.isVisible()
    assert panel.first.isVisible()

    panel.first.click()

    assert bridges.selection.edited_clip_id == "clip"
    assert panel.notes.isVisible()


def test_without_any_notes_clip_there_is_nothing_to_offer(bridges_of, qtbot):
    panel = PianoRollPanel(bridges_of(Project.new("empty")))
    qtbot.addWidget(panel)
    panel.show()

    assert not panel.first.isVisible()


def test_a_clip_that_goes_leaves_the_empty_panel(roll):
    track = roll.bridges.project.project.track("lead")
    project = roll.bridges.project.project.with_track(track.without_clip("clip"))

    roll.bridges.project.store.apply("Delete clip", project)

    assert roll.model.clip is None
    assert not roll.notes.isVisible()


def test_a_clip_is_opened_with_its_notes_in_sight(roll):
    visible = roll.notes.rect()

    assert all(visible.contains(roll.body(note)) for note in NOTES)
    assert visible.contains(roll.at(0, 62))
    assert visible.contains(roll.at(4 * BAR - 1, 62))


def test_a_selection_that_is_still_there_outlives_an_undo(roll):
    roll.model.select((LOW, HIGH))
    roll.panel.edits.erase((LONG,))
    assert roll.model.selected == (LOW, HIGH)

    roll.bridges.project.undo()

    assert roll.model.selected == (LOW, HIGH)
    assert roll.model.selected_mask.tolist() == [True, True, False]


def test_the_wheel_zooms_time_with_ctrl_and_pitch_with_ctrl_and_shift(roll):
    position = QPoint(400, 90)
    tick = roll.model.geometry.tick_at(400)
    before = roll.model.geometry

    roll.wheel(120, Ctrl, position)
    assert roll.model.geometry.px_per_tick == pytest.approx(before.px_per_tick * 1.2)
    assert roll.model.geometry.tick_at(400) == pytest.approx(tick)

    roll.wheel(120, Ctrl | Shift, position)
    assert roll.model.geometry.row_px == before.row_px + 2


def test_the_wheel_scrolls_pitch_and_with_shift_time(roll):
    before = roll.model.geometry

    roll.wheel(-120, Plain)
    assert roll.model.geometry.top_px > before.top_px

    roll.wheel(-120, Shift)
    assert roll.model.geometry.left_tick > before.left_tick


def test_z_zooms_to_the_selection_and_without_one_to_the_clip(roll):
    roll.model.select((HIGH,))
    roll.key(Qt.Key.Key_Z)
    assert roll.notes.rect_of(HIGH).width() > 400

    roll.model.select_none()
    roll.key(Qt.Key.Key_Z)
    assert roll.notes.rect().contains(roll.at(4 * BAR - 10, 62))


def test_a_click_on_the_ruler_moves_the_play_head_to_the_grid(roll):
    ruler = roll.panel.ruler
    QTest.mouseClick(ruler, Qt.MouseButton.LeftButton, Plain, QPoint(roll.at(BAR + 10, 60).x(), 8))

    assert roll.bridges.player.tick == 2 * BAR
    x = round(roll.model.geometry.x_of(2 * BAR))
    assert colour_at(roll.notes, QPoint(x, 5)) == tokens().accent


def test_the_play_head_of_a_looping_clip_runs_in_its_first_round(roll_over):
    roll = roll_over(a_project(loop=BAR))

    roll.bridges.player.locate(3 * BAR + 100)

    assert roll.model.play_tick == BAR + 100
    roll.bridges.player.locate(100)
    assert roll.model.play_tick is None


def test_the_loop_is_a_band_in_the_ruler(roll):
    before = colour_at(roll.panel.ruler, QPoint(roll.at(2 * BAR, 60).x(), 1))
    loop = LoopRange(2 * BAR, 4 * BAR, enabled=True)

    roll.bridges.project.store.apply("Loop", msgspec.structs.replace(roll.bridges.project.project, loop=loop))

    assert colour_at(roll.panel.ruler, QPoint(roll.at(2 * BAR, 60).x(), 1)) != before


def test_the_view_follows_the_play_head_while_the_song_runs(roll):
    roll.model.show(roll.model.geometry.zoomed_time(20, 0))
    roll.bridges.player.state = "playing"
    roll.bridges.player._set_tick(4.0 * BAR)
    geometry = roll.model.geometry
    assert 0 <= geometry.x_of(4 * BAR) <= geometry.width

    roll.panel.actions_by_name["follow"].trigger()
    roll.bridges.player._set_tick(1.0 * BAR)
    assert roll.model.geometry == geometry


def test_louder_notes_are_brighter_and_have_a_longer_line_inside(roll):
    roll.model.show(roll.model.geometry.zoomed_rows(20, 0).showing_pitches(60, 64))
    image = roll.notes.grab().toImage()

    def brightness(note):
        return image.pixelColor(roll.notes.rect_of(note).topRight() + QPoint(-3, 3)).lightness()

    def line(note):
        box = roll.notes.rect_of(note)
        row = [image.pixelColor(x, box.bottom()).lightness() for x in range(box.left() + 1, box.right())]
        return sum(each > 120 for each in row) / len(row)

    assert brightness(HIGH) > brightness(LOW) > brightness(LONG)
    assert line(HIGH) == pytest.approx(100 / 127, abs=0.1)
    assert line(LONG) == pytest.approx(40 / 127, abs=0.1)


def test_a_selected_note_is_outlined(roll):
    roll.model.select((LOW,))

    assert colour_at(roll.notes, roll.notes.rect_of(LOW).topLeft()) == tokens().accent
    assert colour_at(roll.notes, roll.notes.rect_of(HIGH).topLeft()) != tokens().accent


def test_notes_of_a_muted_clip_are_dimmed(roll):
    corner = roll.notes.rect_of(HIGH).topLeft() + QPoint(2, 2)
    before = QImage(roll.notes.grab().toImage()).pixelColor(corner).lightness()

    roll.bridges.project.ask(mute_clips, ("clip",), muted=True)

    assert QImage(roll.notes.grab().toImage()).pixelColor(corner).lightness() < before * 0.7


def test_ghosts_are_seen_and_can_be_hidden(roll):
    place = roll.at(480, 67)
    seen = colour_at(roll.notes, place)

    roll.panel.actions_by_name["ghosts"].trigger()

    assert colour_at(roll.notes, place) != seen
    assert roll.notes.hit(place) is None


def test_rows_beside_the_scale_are_darker_and_chord_tones_brighter(roll):
    def light(pitch, tick):
        # Away from the grid lines.
        return QImage(roll.notes.grab().toImage()).pixelColor(roll.at(tick, pitch) + QPoint(4, 0)).lightness()

    white = colour(tokens().key_white).lightness()
    assert light(61, 100) < white
    assert light(64, 100) > white  # E of Am7
    roll.panel.actions_by_name["scale"].trigger()
    assert light(64, 100) == white


def test_a_touched_note_is_heard_and_a_moved_one_at_its_new_pitch(roll):
    keys = Keys(roll.bridges.player)

    roll.drag(roll.body(LOW), roll.body(LOW) + roll.at(0, 62) - roll.at(0, 60))

    # On its way it crosses the row between.
    assert keys.asked[0] == ("lead", 60, 80)
    assert keys.asked[-2:] == [("lead", 62, 80), ("lead", 62, 0)]
    assert len(keys.asked) % 2 == 0


def test_a_key_is_struck_and_let_go_and_a_double_click_selects_its_notes(roll):
    keys = Keys(roll.bridges.player)
    keyboard = roll.panel.keyboard
    place = keyboard.rect_of(64).center()

    QTest.mouseClick(keyboard, Qt.MouseButton.LeftButton, Plain, place)
    assert keys.asked == [("lead", 64, 96), ("lead", 64, 0)]

    QTest.mouseDClick(keyboard, Qt.MouseButton.LeftButton, Plain, place)
    assert roll.model.selected == (HIGH,)


def test_nothing_is_struck_while_the_song_runs(roll):
    keys = Keys(roll.bridges.player)
    roll.bridges.player.state = "playing"

    roll.click(roll.body(LOW))

    assert keys.asked == []


def menu_at(roll, position):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, roll.notes.mapToGlobal(position))
    QApplication.sendEvent(roll.notes, event)
    (menu,) = (each for each in roll.panel.findChildren(QMenu) if each.isVisible())
    texts = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    return texts


def test_the_menu_of_a_note_is_about_notes_and_of_the_grid_about_the_view(roll):
    of_note = menu_at(roll, roll.body(LOW))
    assert roll.model.selected == (LOW,)
    assert {"Delete notes", "Quantize", "Set velocity", "Pitch", "Time"} <= set(of_note)

    roll.model.select_none()
    of_grid = menu_at(roll, roll.at(0, 70))
    assert {"Paste notes at the play head", "Draw notes", "Step input"} <= set(of_grid)


def test_the_toolbar_chooses_the_grid_that_all_panels_share(roll):
    toolbar = roll.panel.toolbar
    toolbar.snap.setCurrentIndex(toolbar.snap.findData("1/16"))
    toolbar.snap.activated.emit(toolbar.snap.currentIndex())
    toolbar.triplets.click()

    assert (roll.bridges.snap.choice, roll.bridges.snap.triplets) == ("1/16", True)


def test_a_clip_moved_in_the_timeline_takes_its_roll_with_it(roll):
    before = roll.notes.rect_of(LOW)
    track = roll.bridges.project.project.track("lead")
    moved = track.with_clip(track.clip("clip").moved_to(3 * BAR))

    roll.bridges.project.store.apply("Move clip", roll.bridges.project.project.with_track(moved))

    assert roll.notes.rect_of(LOW).left() == pytest.approx(before.left(), abs=1)
    assert roll.model.zero == 3 * BAR


def test_every_control_has_a_name(roll):
    from PySide6.QtWidgets import QComboBox, QToolButton

    controls = (*roll.panel.findChildren(QToolButton), *roll.panel.findChildren(QComboBox))
    nameless = [each for each in controls if each.isVisible() and not each.accessibleName()]

    assert nameless == []
    assert roll.notes.accessibleDescription() != ""


def test_it_fits_a_small_window(roll):
    assert roll.panel.minimumSizeHint().width() <= 640
    assert roll.panel.minimumSizeHint().height() <= 240


def test_of_two_equal_notes_a_click_means_one(roll_over):
    twin = Note(0, 480, 60, 90)
    roll = roll_over(a_project((twin, twin)))

    roll.click(roll.body(twin))
    roll.key(Qt.Key.Key_Delete)

    assert roll.clip.notes == (twin,)


def popped_up(roll, widget):
    position = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, position, widget.mapToGlobal(position))
    QApplication.sendEvent(widget, event)
    (menu,) = (each for each in roll.panel.findChildren(QMenu) if each.isVisible())
    actions = {action.text(): action for action in menu.actions()}
    menu.close()
    return actions


def test_the_menu_of_the_lane_chooses_what_it_shows_and_clears_it(roll_over):
    controls = (Control(0, "cc", 1, 5), Control(900, "cc", 1, 9), Control(900, "cc", 11, 9))
    roll = roll_over(a_project(controls=controls))

    popped_up(roll, roll.lane)["Modulation •"].trigger()
    assert roll.model.lane == ("cc", 1)

    popped_up(roll, roll.lane)["Clear the lane"].trigger()
    assert roll.clip.controls == controls[2:]


def test_the_menu_of_the_ruler_loops_the_selection_or_the_clip(roll):
    loop = "Loop the selected notes or the clip"

    popped_up(roll, roll.panel.ruler)[loop].trigger()
    assert roll.bridges.project.project.loop == LoopRange(BAR, 5 * BAR, enabled=True)

    roll.model.select((LOW, HIGH))
    popped_up(roll, roll.panel.ruler)[loop].trigger()
    assert roll.bridges.project.project.loop == LoopRange(BAR + 960, BAR + 2400, enabled=True)


def test_a_clip_opened_before_its_panel_has_its_size_is_in_sight(qtbot, bridges_of):
    high = tuple(Note(beat * 960, 240, 82, 90) for beat in range(16))
    bridges = bridges_of(a_project(high))
    bridges.selection.edit_clip("clip")
    panel = PianoRollPanel(bridges)
    qtbot.addWidget(panel)
    panel.resize(900, 700)
    panel.show()

    panel.resize(900, 300)

    geometry = panel.model.geometry
    assert 0 <= geometry.y_of_pitch(82) <= geometry.height - geometry.row_px


def test_a_roll_that_somebody_scrolled_keeps_its_place_when_its_panel_grows(qtbot, bridges_of):
    bridges = bridges_of(a_project())
    bridges.selection.edit_clip("clip")
    panel = PianoRollPanel(bridges)
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    panel.model.show(panel.model.geometry.scrolled(2 * BAR, 100))

    panel.resize(1000, 400)

    assert panel.model.geometry.left_tick == 2 * BAR
    assert panel.model.geometry.top_px == 100
