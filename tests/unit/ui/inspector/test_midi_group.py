"""Where a track's notes go, chosen in the inspector."""

import pytest

from musicgen_desktop.document import MidiOutput
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.commands import set_midi_output
from musicgen_desktop.session.controllers.live_midi import MidiPort, MidiPorts, OpenedPort
from musicgen_desktop.ui.inspector import InspectorPanel
from musicgen_desktop.ui.inspector._midi_group import MidiGroup

PORTS = MidiPorts((), (MidiPort("ALSA", "Synth"), MidiPort("JACK", "Sampler")), can_offer=True)
OURS = "Other programs, as “MusicGen Desktop”"


@pytest.fixture
def track(bridges):
    return bridges.project.project.track_of("bass")


@pytest.fixture
def panel(qtbot, bridges, track):
    made = InspectorPanel(bridges)
    qtbot.addWidget(made)
    made.resize(280, 900)
    made.show()
    bridges.selection.select_tracks(track.id)
    return made


@pytest.fixture
def group(panel):
    """The panel's, which is told of these ports in place of the machine's."""
    panel.track.midi._finder.found.emit(PORTS)
    return panel.track.midi


def texts(box):
    return [box.itemText(row) for row in range(box.count())]


def choose(box, text):
    box.setCurrentIndex(box.findText(text))
    box.activated.emit(box.currentIndex())


def test_a_port_and_a_channel_are_chosen_and_undone(bridges, group, track):
    before = bridges.project.project
    listed = texts(group.port)
    choose(group.port, "Synth")
    choose(group.channel, "4")

    assert listed == ["Nowhere", OURS, "Synth", "Sampler"]
    assert bridges.project.project.track(track.id).midi_output == MidiOutput("Synth", 3)
    bridges.project.undo()
    assert bridges.project.project.track(track.id).midi_output == MidiOutput("Synth")
    assert group.channel.currentText() == "By itself"
    bridges.project.undo()
    assert bridges.project.project is before
    assert group.port.currentText() == "Nowhere"


def test_our_own_port_and_nowhere_are_chosen(bridges, group, track):
    choose(group.port, OURS)
    ours = bridges.project.project.track(track.id).midi_output
    has_channel = group.channel.isVisible()
    choose(group.port, "Nowhere")

    assert ours == MidiOutput()
    assert has_channel
    assert bridges.project.project.track(track.id).midi_output is None
    assert not group.channel.isVisible()


def test_only_tracks_of_notes_send_notes(bridges, group):
    bridges.selection.select_tracks(bridges.project.project.master.id)

    assert not group.isVisible()


def test_a_port_that_is_gone_is_still_shown_and_told(bridges, group, track):
    bridges.project.ask(set_midi_output, track.id, MidiOutput("Old synth"))
    bridges.player.midi_out.ports = (OpenedPort("Old synth", "Old synth", "", "“Old synth” is not there."),)
    bridges.player.midi_out.ports_changed.emit()

    assert group.port.currentText() == "Old synth (not connected)"
    assert group.problem.text() == "“Old synth” is not there."
    assert group.problem.isVisible()


def test_where_no_port_can_be_offered_the_hint_stands_below(panel):
    group = panel.track.midi
    group._finder.found.emit(MidiPorts((), (), can_offer=False, hint="Install loopMIDI."))

    assert texts(group.port) == ["Nowhere"]
    assert group.problem.text() == "Install loopMIDI."


@pytest.mark.usefixtures("_dressed")
def test_ports_are_looked_for_when_the_list_opens_and_a_failure_is_told(qtbot):
    asked = []

    def loader():
        asked.append(1)
        raise UserInputError("MIDI cannot be used.")

    group = MidiGroup(loader)
    qtbot.addWidget(group)
    group.show()
    before = list(asked)
    with qtbot.waitSignal(group._finder.failed):
        group.port.showPopup()
    group.port.hidePopup()

    assert (before, asked) == ([], [1])
    assert group.problem.text() == "MIDI cannot be used."


def test_everything_in_it_has_a_name(group):
    assert [box.accessibleName() for box in (group.port, group.channel)] == ["MIDI output", "MIDI channel"]


def test_a_long_name_widens_the_list_and_not_the_panel(bridges, panel, group, track):
    before = panel.widget().minimumSizeHint().width()
    bridges.project.ask(
        set_midi_output, track.id, MidiOutput("A synthesizer of a very long name indeed " * 3)
    )
    group.port.opening.disconnect()  # the machine's own ports are nothing to this test
    group.port.showPopup()
    wide = group.port.view().minimumWidth()
    group.port.hidePopup()

    assert panel.widget().minimumSizeHint().width() == before
    assert wide > 300
