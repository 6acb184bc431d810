"""Files, presets, takes and the project's own files, found and brought into the song."""

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QMenu

from musicgen_desktop.document import AudioClip, AudioSource, Frozen, Project, Take, Track
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import (
    Actions,
    Bridges,
    LearnBridge,
    ProjectBridge,
    Selection,
    Snap,
    Status,
)
from musicgen_desktop.ui.browser import BrowserPanel
from musicgen_desktop.ui.browser._facts import length_words, tempo_words
from musicgen_desktop.ui.browser._panel import FILES, PRESETS, SOURCES, TAKES
from musicgen_desktop.ui.browser._places import mark_place, marked_places
from musicgen_desktop.ui.browser._presets_page import with_effect
from musicgen_desktop.ui.browser._sources_page import uses_of
from tests.fakes.silent_player import SilentPlayer

LEFT = Qt.MouseButton.LeftButton
BAR = 3_840


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home of its own with a few files."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    from musicgen_desktop.media import write_wav

    loops = tmp_path / "Loops"
    loops.mkdir()
    for name, seconds in (("break_92bpm.wav", 1.5), ("kick.wav", 0.25)):
        write_wav(loops / name, np.zeros((round(48_000 * seconds), 2), np.float32), 48_000)
    (loops / "notes.txt").write_text("no music")
    return tmp_path


@pytest.fixture
def song_project():
    takes = (
        Take("t1", "First", "composer", prompt="lofi in F minor", seed=7),
        Take("t2", "Second", "musicgen", "small", prompt="a voice", seed=42, starred=True),
    )
    sources = tuple(
        AudioSource(f"s{n}", f"file {n}", f"audio/{n}.wav", "x", 48_000, 2, 96_000) for n in range(3)
    )
    vox = Track(
        "vox", "Vox", "audio", clips=(AudioClip("a", "A", 0, BAR, "s0"), AudioClip("b", "B", BAR, BAR, "s0"))
    )
    keys = Track("keys", "Keys", "notes", frozen=Frozen("s1", "x", 0))
    project = Project.new("Song", 120.0).with_track(vox).with_track(keys)
    return msgspec.structs.replace(project, takes=takes, sources=sources)


@pytest.fixture
def bridges(_dressed, song_project):
    project = ProjectBridge(ProjectStore(song_project))
    player, actions, status = SilentPlayer(project), Actions(), Status()
    learning = LearnBridge(project, player, actions, status)
    yield Bridges(project, Selection(project), player, Snap(), status, actions, learning)
    project.store.close()


@pytest.fixture
def panel(qtbot, bridges):
    made = BrowserPanel(bridges)
    qtbot.addWidget(made)
    made.resize(340, 500)
    yield made
    made.close_all()


@pytest.fixture
def files(qtbot, panel, home):
    panel.show()
    page = panel.page(FILES)
    with qtbot.waitSignal(
        page.model.directoryLoaded, timeout=10_000, check_params_cb=lambda at: at.endswith("Loops")
    ):
        page.show_folder(home / "Loops")
    return page


def names_in(page):
    root = page.tree.rootIndex()
    return {page.model.fileName(page.model.index(row, 0, root)) for row in range(page.model.rowCount(root))}


def test_nothing_is_made_before_it_is_shown(panel):
    assert panel.made_pages == frozenset()

    panel.show()
    assert panel.made_pages == {FILES}
    panel.show_page(TAKES)

    assert panel.made_pages == {FILES, TAKES}


def test_only_folders_sound_and_midi_are_listed(files):
    assert names_in(files) == {"break_92bpm.wav", "kick.wav"}


def test_a_search_narrows_the_files(qtbot, files):
    qtbot.keyClicks(files.search, "BREAK")

    qtbot.waitUntil(lambda: names_in(files) == {"break_92bpm.wav"}, timeout=10_000)


def test_length_and_tempo_come_beside_the_names(qtbot, files, home):
    path = home / "Loops" / "break_92bpm.wav"
    index = files.model.index(str(path))

    qtbot.waitUntil(lambda: index.siblingAtColumn(1).data() == "0:01.5", timeout=10_000)

    assert index.siblingAtColumn(2).data() == "92"


def test_return_imports_the_file_under_the_cursor(qtbot, panel, files, home):
    files.select(home / "Loops" / "kick.wav")

    with qtbot.waitSignal(panel.import_requested) as asked:
        qtbot.keyClick(files.tree, Qt.Key.Key_Return)

    assert asked.args == [(home / "Loops" / "kick.wav",)]


def test_a_double_click_imports(qtbot, panel, files, home):
    index = files.model.index(str(home / "Loops" / "kick.wav"))
    files.by_click.setChecked(False)
    place = files.tree.visualRect(index).center()

    with qtbot.waitSignal(panel.import_requested) as asked:
        qtbot.mouseClick(files.tree.viewport(), LEFT, pos=place)
        qtbot.mouseDClick(files.tree.viewport(), LEFT, pos=place)

    assert asked.args == [(home / "Loops" / "kick.wav",)]


def test_files_are_dragged_as_urls(files, home):
    path = home / "Loops" / "kick.wav"

    mime = files.model.mimeData([files.model.index(str(path))])

    assert [url.toLocalFile() for url in mime.urls()] == [str(path)]
    assert files.tree.dragEnabled()


def test_a_click_plays_the_file_and_a_second_key_gives_the_song_back(qtbot, files, bridges, home):
    player = bridges.player
    player.locate(960.0)
    index = files.model.index(str(home / "Loops" / "kick.wav"))

    with qtbot.waitSignal(player.audition_changed, timeout=10_000):
        qtbot.mouseClick(files.tree.viewport(), LEFT, pos=files.tree.visualRect(index).center())
    assert player.audition.endswith("kick.wav")
    assert [track.name for track in player.heard.tracks] == ["kick"]
    assert player.state == "playing"

    qtbot.keyClick(files.tree, Qt.Key.Key_Space)

    assert (player.heard, player.state, player.tick) == (None, "stopped", 960.0)


def test_stopping_the_transport_ends_the_audition(qtbot, files, bridges, home):
    files.select(home / "Loops" / "kick.wav")
    with qtbot.waitSignal(bridges.player.audition_changed, timeout=10_000):
        qtbot.mouseClick(files.play, LEFT)

    bridges.player.stop()

    assert bridges.player.audition == ""
    assert files.audition.path is None


def test_a_file_that_cannot_be_heard_says_why(qtbot, files, home):
    bad = home / "Loops" / "bad.wav"
    bad.write_bytes(b"no sound")

    files.audition.play(bad)
    qtbot.waitUntil(lambda: bool(files.notice.sentence), timeout=10_000)

    assert "bad.wav" in files.notice.sentence
    assert files.audition.path is None


def test_a_folder_is_marked_and_kept(qtbot, files, home):
    qtbot.mouseClick(files.mark, LEFT)

    assert [place.folder for place in marked_places()] == [home / "Loops"]
    assert files.places.currentText() == "Loops"
    mark_place(home / "Loops", marked=False)
    assert marked_places() == ()


def test_an_instrument_goes_onto_the_selected_track_and_is_undone(qtbot, panel, bridges):
    bridges.selection.select_tracks("keys")
    panel.show()
    panel.show_page(PRESETS)
    page, before = panel.page(PRESETS), bridges.project.project

    qtbot.keyClicks(page.search, "marimba")
    qtbot.keyClick(page.list, Qt.Key.Key_Return)

    assert bridges.project.project.track("keys").patch.name == "Marimba"
    bridges.project.undo()
    assert bridges.project.project is before


def test_an_effect_s_preset_is_one_step_of_the_history(qtbot, panel, bridges):
    bridges.selection.select_tracks("vox")
    panel.show()
    panel.show_page(PRESETS)
    page = panel.page(PRESETS)
    key = next(key for key in page.list.keys if key.startswith("preset:equalizer:"))

    index = page.list.index_of(key)
    page.list.expand(index.parent())
    page.list.scrollTo(index)
    place = page.list.visualRect(index).center()
    qtbot.mouseClick(page.list.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(page.list.viewport(), LEFT, pos=place)

    (insert,) = bridges.project.project.track("vox").inserts
    assert insert.effect == "equalizer"
    assert insert.parameters
    assert len(bridges.project.store.history) == 1


def test_a_preset_without_a_track_says_what_to_do(qtbot, panel, bridges):
    panel.show()
    panel.show_page(PRESETS)

    with qtbot.waitSignal(bridges.status.said) as said:
        panel.page(PRESETS).use("effect:reverb")

    assert "Select a track" in said.args[0]


def test_an_effect_with_its_defaults_is_added_last(song_project):
    once = with_effect(song_project, "vox", "reverb").project

    twice = with_effect(once, "vox", "delay").project

    assert [insert.effect for insert in twice.track("vox").inserts] == ["reverb", "delay"]


@pytest.fixture
def takes(panel):
    panel.show()
    panel.show_page(TAKES)
    return panel.page(TAKES)


@pytest.mark.parametrize(
    ("text", "found"),
    [("", ("t2", "t1")), ("lofi", ("t1",)), ("42", ("t2",)), ("musicgen", ("t2",)), ("none", ())],
)
def test_takes_are_found_by_prompt_seed_and_engine(qtbot, takes, text, found):
    qtbot.keyClicks(takes.search, text)

    assert takes.list.keys == found


def test_a_click_on_the_star_sets_it_and_is_undone(qtbot, takes, bridges):
    before = bridges.project.project
    place = takes.list.visualRect(takes.list.index_of("t1")).center()

    qtbot.mouseClick(takes.list.viewport(), LEFT, pos=place)

    assert bridges.project.project.take("t1").starred
    bridges.project.undo()
    assert bridges.project.project is before


def test_a_key_takes_the_star_away_and_only_starred_ones_can_be_shown(qtbot, takes, bridges):
    takes.starred.setChecked(True)
    assert takes.list.keys == ("t2",)

    qtbot.keyClick(takes.list, Qt.Key.Key_S)

    assert not bridges.project.project.take("t2").starred
    assert takes.list.keys == ()


def test_a_take_is_renamed_in_place(qtbot, takes, bridges):
    takes.list.select_key("t1")
    qtbot.keyClick(takes.list, Qt.Key.Key_F2)
    editor = takes.list.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Better")
    qtbot.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bridges.project.project.take("t1").name == "Better", timeout=10_000)
    assert takes.list.index_of("t1", 1).data() == "Better"


def test_the_settings_of_a_take_are_asked_for(qtbot, panel, takes):
    takes.list.select_key("t1")

    with qtbot.waitSignal(panel.settings_requested) as asked:
        qtbot.mouseClick(takes.settings, LEFT)

    assert asked.args == ["t1"]


def test_uses_count_clips_and_frozen_tracks(song_project):
    assert uses_of(song_project) == {"s0": 2, "s1": 1, "s2": 0}


def test_the_project_s_files_say_what_is_missing(qtbot, panel):
    panel.show()
    panel.show_page(SOURCES)
    page = panel.page(SOURCES)
    assert page.list.index_of("s0", 1).data() == "missing"
    assert not page.reveal.isEnabled()

    page.list.select_key("s2")
    with qtbot.waitSignal(panel.locate_requested) as asked:
        qtbot.mouseClick(page.locate, LEFT)

    assert asked.args == ["s2"]


def test_a_file_that_came_back_is_told_after_another_look(panel, bridges, home, song_project):
    panel.show()
    panel.show_page(SOURCES)
    page = panel.page(SOURCES)
    found = home / "Loops" / "kick.wav"
    source = msgspec.structs.replace(song_project.sources[2], path=str(found))

    bridges.project.store.apply("Find file", bridges.project.project.with_source(source))

    assert page.list.index_of("s2", 1).data() == "unused"
    found.unlink()
    panel.look_again()
    assert page.list.index_of("s2", 1).data() == "missing"


def test_every_control_has_a_name(panel):
    panel.show()
    for number in (FILES, PRESETS, TAKES, SOURCES):
        panel.show_page(number)
        for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView):
            for control in panel.findChildren(kind):
                if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    assert control.accessibleName() or getattr(control, "text", str)(), control


def test_lengths_and_tempos_are_short():
    assert [length_words(each) for each in (None, 1.5, 61.0)] == ["", "0:01.5", "1:01"]
    assert [tempo_words(each) for each in (None, 92.0, 92.5)] == ["", "92", "92.5"]


def test_a_right_click_opens_the_menu_of_the_take_with_its_keys(takes, bridges):
    place = takes.list.visualRect(takes.list.index_of("t1", 1)).center()

    takes.list.customContextMenuRequested.emit(place)
    menu = takes.list.findChild(QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Use these settings\tReturn", "Star\tS", "Rename\tF2"]
    menu.actions()[1].trigger()
    menu.close()

    assert bridges.project.project.take("t1").starred


def test_a_right_click_on_a_file_imports_it(qtbot, panel, files, home):
    index = files.model.index(str(home / "Loops" / "kick.wav"))

    files.tree.customContextMenuRequested.emit(files.tree.visualRect(index).center())
    menu = files.tree.findChild(QMenu)
    line = next(action for action in menu.actions() if action.text() == "Import at the play head\tReturn")
    with qtbot.waitSignal(panel.import_requested) as asked:
        line.trigger()
    menu.close()

    assert asked.args == [(home / "Loops" / "kick.wav",)]
