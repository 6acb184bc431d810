"""What a DAW bounces into the exchange folder is offered as a track."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from musicgen_desktop.media import Bext, WavTags, write_wav
from musicgen_desktop.session.controllers.exchange_folder import Arrival, _arrivals
from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.main_window._bounces import Bounces
from musicgen_desktop.ui.main_window._importing import Importing
from musicgen_desktop.ui.widgets import NoticeBar, TextButton

SOUND = np.full((48_000, 1), 0.1, np.float32)


@pytest.fixture
def notice(qtbot):
    made = NoticeBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def bounces(bridges, notice):
    jobs = JobsBridge()
    made = Bounces(bridges, Importing(bridges, jobs), notice)
    yield made
    made.close()
    jobs.close()


def arrived(folder, name, start_s=None):
    bext = None if start_s is None else Bext(time_reference_frames=round(start_s * 48_000))
    write_wav(folder / name, SOUND, 48_000, chunks=WavTags(bext=bext))
    return Arrival(folder / name, 1.0, start_s=start_s)


def press(qtbot, notice, kind):
    qtbot.mouseClick(notice.findChild(kind), Qt.MouseButton.LeftButton)


def test_one_file_is_offered_with_its_bar_and_placed_there_as_one_edit(
    qtbot, bridges, bounces, notice, tmp_path
):
    project = bridges.project.project
    start_s = project.tempo_map.seconds_at(project.meter_map.tick_of_bar(3))

    bounces.offer((arrived(tmp_path, "Lead.wav", start_s),))

    assert notice.sentence == "Lead.wav has arrived: place it as a track, at bar 3?"
    with qtbot.waitSignal(bridges.project.changed, timeout=20_000):
        press(qtbot, notice, TextButton)
    (clip,) = bridges.selection.clips
    assert (clip.name, clip.start_ticks) == ("Lead", project.meter_map.tick_of_bar(3))
    assert notice.sentence == ""
    bridges.project.undo()
    assert bridges.project.project is project


def test_several_are_one_notice_and_one_edit(qtbot, bridges, bounces, notice, tmp_path):
    before = bridges.project.project
    bounces.offer((arrived(tmp_path, "a.wav"),))

    bounces.offer(tuple(arrived(tmp_path, name) for name in ("b.wav", "c.wav", "d.wav")))

    assert notice.sentence.startswith("4 file")
    assert "a.wav, b.wav, c.wav and others" in notice.sentence
    with qtbot.waitSignal(bridges.project.changed, timeout=20_000):
        press(qtbot, notice, TextButton)
    assert len(bridges.project.project.tracks) == len(before.tracks) + 4
    bridges.project.undo()
    assert bridges.project.project is before


def test_what_is_dismissed_is_forgotten(qtbot, bridges, bounces, notice, tmp_path):
    before = bridges.project.project
    bounces.offer((arrived(tmp_path, "a.wav"),))
    press(qtbot, notice, QToolButton)

    bounces.offer((arrived(tmp_path, "b.wav"),))

    assert notice.sentence.startswith("b.wav has arrived")
    assert bridges.project.project is before


def test_the_folder_is_made_watched_and_let_go_as_the_settings_say(
    qtbot, bounces, notice, tmp_path, monkeypatch
):
    monkeypatch.setattr(_arrivals, "_STEADY_S", 0.0)
    folder = tmp_path / "deep" / "exchange"
    wanted = Preferences(exchange_watched=True, exchange_folder=str(folder))

    bounces.use(wanted)

    assert folder.is_dir()
    assert bounces.folder == folder
    looked = bounces._watch._arrivals
    qtbot.waitUntil(lambda: looked._seen is not None, timeout=20_000)
    arrived(folder, "Lead.wav")
    qtbot.waitUntil(lambda: notice.sentence.startswith("Lead.wav has arrived"), timeout=20_000)
    bounces.use(msgspec.structs.replace(wanted, exchange_watched=False))
    assert bounces.folder is None


def test_a_folder_that_cannot_be_made_is_told(qtbot, bridges, bounces, tmp_path):
    (tmp_path / "file").touch()

    with qtbot.waitSignal(bridges.status.said) as said:
        bounces.use(Preferences(exchange_watched=True, exchange_folder=str(tmp_path / "file" / "x")))

    assert "cannot be made" in said.args[0]
    assert bounces.folder is None
