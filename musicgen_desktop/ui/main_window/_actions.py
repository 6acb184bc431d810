"""The actions of the whole window: files, edits, transport, views, help. Panels add their own."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from musicgen_desktop.session.commands import set_loop
from musicgen_desktop.ui.bridges import Bridges, label_text

Keys = QKeySequence.StandardKey
translate = QCoreApplication.translate


class Files(Protocol):
    """What the window does with projects."""

    def new(self) -> object:
        """Another, empty project."""

    def choose(self) -> object:
        """Ask for a project and open it."""

    def save(self) -> object:
        """Write the project to the disk."""

    def save_as(self) -> object:
        """Ask for a folder, and write it there."""

    def import_files(self) -> object:
        """Ask for audio and MIDI files, and put them on tracks."""

    def send_to_daw(self) -> object:
        """Show the dialog that hands the song over."""


def add_file_actions(bridges: Bridges, files: Files, quit_window: Callable[[], object]) -> None:
    """New, open, save, import, send, quit."""
    group = translate("MainWindow", "File")
    add = bridges.actions.add
    add(
        "file.new", group, translate("MainWindow", "New project"), files.new, shortcuts=[Keys.New], icon="add"
    )
    add(
        "file.open",
        group,
        translate("MainWindow", "Open project…"),
        files.choose,
        shortcuts=[Keys.Open],
        icon="open",
    )
    add("file.save", group, translate("MainWindow", "Save"), files.save, shortcuts=[Keys.Save], icon="save")
    add("file.save_as", group, translate("MainWindow", "Save as…"), files.save_as, shortcuts=["Ctrl+Shift+S"])
    add(
        "file.import",
        group,
        translate("MainWindow", "Import audio or MIDI…"),
        files.import_files,
        shortcuts=["Ctrl+I"],
    )
    add(
        "file.send",
        group,
        translate("MainWindow", "Send to DAW…"),
        files.send_to_daw,
        shortcuts=["Ctrl+Shift+E"],
        icon="send",
        tip=translate("MainWindow", "Write stems, MIDI and the mix for your DAW"),
    )
    add("file.quit", group, translate("MainWindow", "Quit"), quit_window, shortcuts=["Ctrl+Q"])


def add_edit_actions(bridges: Bridges) -> None:
    """Undo and redo, which say what they would do."""
    group = translate("MainWindow", "Edit")
    project = bridges.project
    undo = bridges.actions.add(
        "edit.undo", group, translate("MainWindow", "Undo"), project.undo, shortcuts=[Keys.Undo], icon="undo"
    )
    redo = bridges.actions.add(
        "edit.redo",
        group,
        translate("MainWindow", "Redo"),
        project.redo,
        shortcuts=["Ctrl+Shift+Z", "Ctrl+Y"],
        icon="redo",
    )

    def show() -> None:
        for action, word, label in (
            (undo, translate("MainWindow", "Undo"), project.store.undo_label),
            (redo, translate("MainWindow", "Redo"), project.store.redo_label),
        ):
            action.setEnabled(label is not None)
            shown = "" if label is None else label_text(label).replace("&", "&&")
            action.setText(word if label is None else f"{word}: {shown}")

    project.changed.connect(show)
    project.opened.connect(show)
    show()


def add_transport_actions(bridges: Bridges, record: Callable[[], object]) -> None:
    """Play, stop, record, loop, click, and the ways to go along the song."""
    group = translate("MainWindow", "Transport")
    player, project, add = bridges.player, bridges.project, bridges.actions.add
    add(
        "transport.play",
        group,
        translate("MainWindow", "Play or stop"),
        player.toggle,
        shortcuts=["Space"],
        icon="play",
    )
    add(
        "transport.stop",
        group,
        translate("MainWindow", "Stop and go back to where playing began"),
        lambda: player.stop(go_back=True),
        shortcuts=["Shift+Space"],
        icon="stop",
    )
    add(
        "transport.return",
        group,
        translate("MainWindow", "Go to the start"),
        player.return_to_start,
        shortcuts=["Home"],
        icon="return",
    )
    add(
        "transport.end",
        group,
        translate("MainWindow", "Go to the end"),
        lambda: player.locate(project.project.length_ticks),
        shortcuts=["End"],
    )
    add(
        "transport.bar_back",
        group,
        translate("MainWindow", "One bar back"),
        lambda: _step_bar(bridges, -1),
        shortcuts=["Alt+Left"],
    )
    add(
        "transport.bar_on",
        group,
        translate("MainWindow", "One bar forward"),
        lambda: _step_bar(bridges, 1),
        shortcuts=["Alt+Right"],
    )
    add(
        "transport.record",
        group,
        translate("MainWindow", "Record on armed tracks"),
        record,
        shortcuts=["R"],
        icon="record",
        checkable=True,
    )
    loop = add(
        "transport.loop",
        group,
        translate("MainWindow", "Loop"),
        lambda: toggle_loop(bridges),
        shortcuts=["L"],
        icon="loop",
        checkable=True,
    )
    click = add(
        "transport.metronome",
        group,
        translate("MainWindow", "Metronome"),
        lambda: player.set_metronome(enabled=not player.metronome),
        shortcuts=["K"],
        icon="metronome",
        checkable=True,
    )
    click.setChecked(player.metronome)

    def show() -> None:
        loop.setChecked(project.project.loop.enabled)

    project.changed.connect(show)
    project.opened.connect(show)
    player.state_changed.connect(
        lambda state: bridges.actions["transport.record"].setChecked(state == "recording")
    )
    show()


def toggle_loop(bridges: Bridges) -> None:
    """The loop on or off; the first time it is put round the selected span, else round the song."""
    project = bridges.project.project
    loop = project.loop
    start, end = loop.start_ticks, loop.end_ticks
    if end <= start or (bridges.selection.span is not None and not loop.enabled):
        start, end = bridges.selection.span or (0, project.length_ticks)
        if end <= start:
            end = project.meter_map.tick_of_bar(5)
    bridges.project.ask(set_loop, start, end, enabled=not loop.enabled)


def _step_bar(bridges: Bridges, bars: int) -> None:
    meters = bridges.project.project.meter_map
    tick = round(bridges.player.tick)
    bar = meters.bar_of(tick)
    if bars < 0 and tick > meters.tick_of_bar(bar):
        bars = 0  # first to the beginning of this one
    bridges.player.locate(meters.tick_of_bar(max(1, bar + bars)))
