import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QInputDialog

from musicgen_desktop.session.commands import add_insert, load_parameters, remove_insert
from musicgen_desktop.session.controllers.catalogue import effect_presets
from musicgen_desktop.ui.plugin_rack import EffectPanel
from musicgen_desktop.ui.plugin_rack._equalizer_view import EqualizerView
from musicgen_desktop.ui.plugin_rack._transfer_view import TransferView
from musicgen_desktop.ui.widgets import TextButton

LEFT = Qt.MouseButton.LeftButton


class Shown:
    """The panel with an effect on the bass, and what it made of it."""

    def __init__(self, qtbot, bridges, effect):
        self.qtbot, self.bridges = qtbot, bridges
        self.track_id = bridges.project.project.track_of("bass").id
        self.insert_id = bridges.project.ask_new(add_insert, self.track_id, effect)
        self.panel = EffectPanel(bridges)
        qtbot.addWidget(self.panel)
        self.panel.resize(1200, 500)
        self.panel.show()
        self.panel.show_insert(self.track_id, self.insert_id)
        qtbot.waitExposed(self.panel)
        QApplication.processEvents()
        self.steps = len(bridges.project.store.history)

    @property
    def insert(self):
        track = self.bridges.project.project.track(self.track_id)
        return next(each for each in track.inserts if each.id == self.insert_id)

    @property
    def new_steps(self):
        return len(self.bridges.project.store.history) - self.steps

    def drag(self, widget, start, by, *, release=True):
        for kind, place, button in (
            (QEvent.Type.MouseButtonPress, start, LEFT),
            (QEvent.Type.MouseMove, start + by * 0.5, Qt.MouseButton.NoButton),
            (QEvent.Type.MouseMove, start + by, Qt.MouseButton.NoButton),
            (QEvent.Type.MouseButtonRelease, start + by, LEFT),
        ):
            if kind == QEvent.Type.MouseButtonRelease and not release:
                return
            held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
            on_screen = QPointF(widget.mapToGlobal(place.toPoint()))
            none = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(widget, QMouseEvent(kind, place, on_screen, button, held, none))

    def wheel(self, widget, place, notches):
        event = QWheelEvent(
            place,
            QPointF(widget.mapToGlobal(place.toPoint())),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's signature: not inverted
        )
        QApplication.sendEvent(widget, event)


@pytest.fixture
def shown(qtbot, bridges, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return lambda effect: Shown(qtbot, bridges, effect)


def test_a_knob_is_turned_in_one_step(shown):
    on = shown("compressor")
    knob = on.panel.controls["threshold_db"].knob

    on.drag(knob, QPointF(knob.rect().center()), QPointF(0, 40))

    assert on.insert.parameters["threshold_db"] < -25.0
    assert on.new_steps == 1
    on.bridges.project.undo()
    assert on.insert.parameters == {}
    assert on.panel.controls["threshold_db"].field.text() == "−18.0 dB"


def test_a_typed_value_is_taken(shown):
    on = shown("compressor")
    field = on.panel.controls["release_ms"].field
    field.setFocus()
    field.selectAll()

    on.qtbot.keyClicks(field, "0.5 s")
    on.qtbot.keyClick(field, Qt.Key.Key_Return)

    assert on.insert.parameters["release_ms"] == pytest.approx(500.0)


def test_a_choice_has_the_names_of_the_catalogue(shown):
    on = shown("filter")
    box = on.panel.controls["mode"].box
    assert [box.itemText(at) for at in range(box.count())] == ["Low-pass", "High-pass", "Band-pass"]

    box.setFocus()
    on.qtbot.keyClick(box, Qt.Key.Key_Down)

    assert on.insert.parameters == {"mode": 1.0}


def test_every_parameter_has_a_control(shown):
    on = shown("equalizer")

    assert set(on.panel.controls) == {each.id for each in on.panel.model.entry.parameters}


def test_a_band_is_dragged_on_the_curve_in_one_step(shown):
    on = shown("equalizer")
    view = on.panel.findChild(EqualizerView)

    on.drag(view, view.rect_of("peak2").center(), QPointF(80, -30))

    assert on.insert.parameters["peak2_hz"] > 1100.0
    assert on.insert.parameters["peak2_db"] > 1.0
    assert on.new_steps == 1
    on.bridges.project.undo()
    assert on.insert.parameters == {}


def test_escape_takes_a_dragged_band_back(shown):
    on = shown("equalizer")
    view = on.panel.findChild(EqualizerView)

    on.drag(view, view.rect_of("peak2").center(), QPointF(80, -30), release=False)
    assert on.insert.parameters
    on.qtbot.keyClick(view, Qt.Key.Key_Escape)

    assert on.insert.parameters == {}
    assert on.new_steps == 0


def test_the_wheel_makes_a_band_narrower_and_double_click_flat(shown):
    on = shown("equalizer")
    on.bridges.project.ask(load_parameters, on.track_id, on.insert_id, {"peak1_db": 6.0})
    view = on.panel.findChild(EqualizerView)

    on.wheel(view, view.rect_of("peak1").center(), 2)
    assert on.insert.parameters["peak1_q"] > 1.0

    on.qtbot.mouseDClick(view, LEFT, pos=view.rect_of("peak1").center().toPoint())
    assert "peak1_db" not in on.insert.parameters


def test_a_cut_dragged_to_its_edge_is_off(shown):
    on = shown("equalizer")
    view = on.panel.findChild(EqualizerView)

    on.drag(view, view.rect_of("low_cut").center(), QPointF(200, 0))
    assert on.insert.parameters["low_cut_hz"] > 40.0

    on.drag(view, view.rect_of("low_cut").center(), QPointF(-400, 0))
    assert "low_cut_hz" not in on.insert.parameters


def test_keys_move_a_band(shown):
    on = shown("equalizer")
    view = on.panel.findChild(EqualizerView)
    view.setFocus()

    on.qtbot.keyClick(view, Qt.Key.Key_Right)
    on.qtbot.keyClick(view, Qt.Key.Key_Up)
    on.qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)

    assert on.insert.parameters["peak2_db"] == 0.5
    assert on.insert.parameters["peak2_hz"] == pytest.approx(1059.5, abs=0.2)


def test_the_threshold_is_dragged_on_the_curve(shown):
    on = shown("compressor")
    view = on.panel.findChild(TransferView)
    start = QPointF(view.x_of(-18.0), view.box.center().y())

    on.drag(view, start, QPointF(view.x_of(-30.0) - view.x_of(-18.0), 0))

    assert on.insert.parameters["threshold_db"] == pytest.approx(-30.0, abs=0.5)
    assert on.new_steps == 1


def test_the_power_button_bypasses(shown):
    on = shown("reverb")

    on.qtbot.mouseClick(on.panel.header.power, LEFT)
    assert on.insert.bypassed
    assert not on.panel.header.power.isChecked()

    on.qtbot.mouseClick(on.panel.header.power, LEFT)
    assert not on.insert.bypassed


def test_a_preset_is_loaded_and_named(shown):
    on = shown("compressor")
    menu = on.panel.header.preset_menu()

    next(each for each in menu.actions() if each.text() == "Even bass").trigger()

    assert on.insert.parameters["threshold_db"] == -22.0
    assert on.panel.header.preset.text() == "Even bass"


def test_a_preset_of_ones_own_is_saved(shown, monkeypatch):
    on = shown("compressor")
    on.bridges.project.ask(load_parameters, on.track_id, on.insert_id, {"ratio": 7.0})
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_options: ("Mine", True))
    menu = on.panel.header.preset_menu()

    next(each for each in menu.actions() if each.text() == "Save as…").trigger()

    own = [preset for preset in effect_presets("compressor").presets if preset.is_own]
    assert [(preset.name, preset.parameters) for preset in own] == [("Mine", {"ratio": 7.0})]
    assert on.panel.header.preset.text() == "Mine"


def test_a_preset_that_cannot_be_saved_says_why(shown, monkeypatch):
    on = shown("compressor")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args, **_options: ("Even bass", True))

    next(each for each in on.panel.header.preset_menu().actions() if each.text() == "Save as…").trigger()

    assert "Even bass" in on.panel._notice.sentence


def test_a_and_b_keep_two_settings(shown):
    on = shown("compressor")
    on.bridges.project.ask(load_parameters, on.track_id, on.insert_id, {"ratio": 7.0})
    side_a, side_b = on.panel.header.sides["A"], on.panel.header.sides["B"]

    on.qtbot.mouseClick(side_b, LEFT)
    assert on.insert.parameters == {"ratio": 7.0}
    on.bridges.project.ask(load_parameters, on.track_id, on.insert_id, {"ratio": 2.0})
    on.qtbot.mouseClick(side_a, LEFT)
    assert on.insert.parameters == {"ratio": 7.0}
    on.qtbot.mouseClick(side_b, LEFT)

    assert on.insert.parameters == {"ratio": 2.0}


def test_the_chain_is_seen_whole_and_leads_to_the_other_effects_of_the_track(shown):
    on = shown("reverb")
    on.panel.resize(300, 400)
    inserts = on.bridges.project.project.track(on.track_id).inserts
    row = on.panel.header._chain_row
    on.qtbot.waitUntil(lambda: row.height() >= row.heightForWidth(row.width()))
    chips = {chip.property("insert"): chip for chip in row.findChildren(TextButton)}

    on.qtbot.mouseClick(chips[inserts[0].id], LEFT)

    assert chips.keys() == {each.id for each in inserts}
    assert all(row.rect().contains(chip.geometry()) for chip in chips.values())
    assert on.panel.model.insert is inserts[0]


def test_a_removed_effect_leaves_the_panel_empty(shown):
    on = shown("reverb")

    on.bridges.project.ask(remove_insert, on.track_id, on.insert_id)

    assert on.panel._empty.isVisible()
    on.bridges.project.undo()
    assert not on.panel._empty.isVisible()


def test_an_effect_of_a_plugin_says_that_it_has_no_controls_here(qtbot, bridges):
    from musicgen_desktop.document import Insert
    from musicgen_desktop.session.commands import Edit

    track = bridges.project.project.track_of("bass").with_insert(Insert("insert-x", "vst3:Tape"))
    bridges.project.apply(Edit("Add", bridges.project.project.with_track(track)))
    panel = EffectPanel(bridges)
    qtbot.addWidget(panel)
    panel.show()

    panel.show_insert(track.id, "insert-x")

    assert panel._foreign.isVisible()
    assert panel.controls == {}
