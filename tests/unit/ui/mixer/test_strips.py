import numpy as np
import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.document import Project
from musicgen_desktop.session.commands import delete_tracks
from musicgen_desktop.ui.bridges import Bridges
from musicgen_desktop.ui.mixer import MixerPanel
from musicgen_desktop.ui.mixer._parts import ARM, FADER, FOLD, MUTE, NAME, PEAK, SOLO, Part
from musicgen_desktop.ui.mixer._strips import strips_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def names(hand):
    return [strip.name for strip in hand.panel.model.strips]


def test_tracks_come_first_then_buses_then_the_master(hand):
    assert names(hand) == [
        "Drums", "Percussion", "Bass", "Chords", "Pad", "Melody", "Reverb", "Delay", "Master",
    ]  # fmt: skip


@pytest.mark.parametrize(("part", "field"), [(MUTE, "muted"), (SOLO, "soloed"), (ARM, "armed")])
def test_the_buttons_switch_on_and_off(hand, part, field):
    hand.click("bass", part)
    assert getattr(hand.track("bass"), field)

    hand.click("bass", part)
    assert not getattr(hand.track("bass"), field)
    hand.undo()
    assert getattr(hand.track("bass"), field)


@pytest.mark.parametrize(
    ("key", "held", "field"),
    [(Qt.Key.Key_M, NONE, "muted"), (Qt.Key.Key_S, NONE, "soloed"), (Qt.Key.Key_R, SHIFT, "armed")],
)
def test_the_keys_switch_the_current_strip(hand, key, held, field):
    hand.click("bass", NAME)

    hand.key(key, held)

    assert getattr(hand.track("bass"), field)
    assert not getattr(hand.track("drums"), field)


def test_solo_with_control_is_of_one_strip_alone(hand):
    hand.click("bass", SOLO)
    hand.click("drums", SOLO)

    hand.click("chords", SOLO, CONTROL)

    assert [track.name for track in hand.project.tracks if track.soloed] == ["Chords"]


def test_a_switch_on_a_selected_strip_switches_all_of_them(hand):
    hand.click("bass", NAME)
    hand.click("melody", NAME, SHIFT)

    hand.click("chords", MUTE)

    assert [track.name for track in hand.project.tracks if track.muted] == ["Bass", "Chords", "Pad", "Melody"]
    assert len(hand.bridges.project.store.history) == 1


def test_while_one_is_soloed_the_others_show_that_they_are_silent(hand):
    hand.click("melody", SOLO)

    silent = [strip.name for strip in hand.panel.model.strips if strip.silenced]

    assert silent == ["Drums", "Percussion", "Bass", "Chords", "Pad"]


def test_the_master_has_no_solo_and_a_bus_no_arm(hand):
    assert hand.view.rect_of("master", SOLO).isEmpty()
    assert hand.view.rect_of(hand.track("return").id, ARM).isEmpty()
    assert not hand.view.rect_of("master", MUTE).isEmpty()


def test_double_click_on_the_name_renames(hand):
    hand.double_click("bass", NAME)
    hand.type("Low end")

    assert hand.track("bass").name == "Low end"
    hand.undo()
    assert hand.track("bass").name == "Bass"


def test_the_group_key_makes_a_bus_of_the_selected_strips(hand):
    hand.click("drums", NAME)
    hand.click("percussion", NAME, CONTROL)

    hand.key(Qt.Key.Key_G, CONTROL)

    bus = hand.project.track(hand.track("drums").output)
    assert hand.track("percussion").output == bus.id
    assert hand.bridges.selection.track_ids == (bus.id,)
    hand.undo()
    assert hand.track("drums").output is None


def test_a_bus_folds_its_members(hand):
    hand.bridges.selection.select_tracks(hand.track("drums").id, hand.track("percussion").id)
    hand.bridges.actions["mixer.group"].trigger()
    bus = hand.track("drums").output

    hand.qtbot.mouseClick(
        hand.view.viewport(), Qt.MouseButton.LeftButton, pos=hand.view.rect_of(bus, FOLD).center()
    )
    assert "Drums" not in names(hand)
    assert hand.view.strip_rect(hand.track("drums").id).isEmpty()

    hand.panel.model.fold(bus)
    assert "Drums" in names(hand)


def test_arrows_walk_the_strips_and_shift_extends(hand):
    hand.click("drums", NAME)
    hand.key(Qt.Key.Key_Right)
    assert hand.bridges.selection.track_ids == (hand.track("percussion").id,)

    hand.key(Qt.Key.Key_Right, SHIFT)
    hand.key(Qt.Key.Key_Right, SHIFT)
    assert len(hand.bridges.selection.track_ids) == 3

    hand.key(Qt.Key.Key_Left)
    assert hand.bridges.selection.track_ids == (hand.track("bass").id,)


def test_walking_scrolls_to_the_strip(hand):
    hand.panel.resize(520, 300)
    hand.click("drums", NAME)

    for _ in range(5):
        hand.key(Qt.Key.Key_Right)

    rect = hand.view.strip_rect(hand.track("melody").id)
    assert rect.left() >= 0
    assert rect.right() < hand.view.strip_rect("master").left()


def test_narrow_strips_are_narrower_and_keep_their_buttons(hand):
    wide = hand.view.strip_rect(hand.track("bass").id).width()

    hand.bridges.actions["mixer.narrow"].trigger()

    assert hand.view.strip_rect(hand.track("bass").id).width() < wide
    hand.click("bass", ARM)
    assert hand.track("bass").armed


def test_a_clip_light_stays_until_it_is_clicked(hand):
    track_id = hand.track("bass").id

    hand.view.show_levels({track_id: (1.2, 0.5, 0.3, 0.3)}, 0.0)
    hand.view.show_levels({}, 30.0)
    assert hand.view.meter(track_id).clipped
    assert hand.view.meter(track_id).top_db == pytest.approx(20 * np.log10(1.2), abs=0.06)

    hand.click("bass", PEAK)
    assert not hand.view.meter(track_id).clipped


def test_only_meters_that_moved_are_painted(hand, qtbot):
    regions = []
    painted = hand.view.paintEvent
    hand.view.paintEvent = lambda event: (regions.append(event.region()), painted(event))[1]
    bass, drums = hand.track("bass").id, hand.track("drums").id
    hand.view.show_levels({bass: (0.5, 0.5, 0.3, 0.3)}, 0.0)
    qtbot.waitUntil(lambda: bool(regions))

    assert regions[-1].intersects(hand.view.rect_of(bass, PEAK))
    assert not regions[-1].intersects(hand.view.strip_rect(drums))
    assert not regions[-1].contains(hand.view.rect_of(bass, FADER).center())


def test_a_frozen_track_and_a_foreign_effect_have_a_picture(song_project):
    import msgspec

    from musicgen_desktop.document import Frozen, Insert

    track = msgspec.structs.replace(
        song_project.tracks[0],
        frozen=Frozen("source-1", "hash"),
        inserts=(Insert("insert-1", "vst3:Tape"),),
    )

    strip = strips_of(song_project.with_track(track))[0]

    assert strip.frozen
    assert (strip.inserts[0].name, strip.inserts[0].known) == ("Tape", False)


def test_an_empty_project_says_what_comes_here(qtbot, bridges: Bridges):
    from musicgen_desktop.session.store import ProjectStore

    bridges.project.open(ProjectStore(Project.new("New"))).close()
    panel = MixerPanel(bridges)
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()

    assert panel._empty.isVisible()
    assert not panel.view.rect_of("master", Part("fader")).isEmpty()


def test_meters_forget_strips_that_have_gone(hand):
    bass = hand.track("bass").id
    hand.view.show_levels({bass: (0.5, 0.5, 0.3, 0.3)}, 1.0)
    hand.bridges.project.ask(delete_tracks, [bass])

    hand.view.show_levels({hand.track("drums").id: (0.5, 0.5, 0.3, 0.3)}, 1.1)

    assert hand.view.meter(hand.track("drums").id).peaks[0] > 0
