"""From a take to tracks: with one click or key, in place of what is there or beside it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from musicgen_desktop.ui.bridges import ProjectBridge

LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
BAR = 3840


def row(desk):
    return desk.panel.takes.keep_row


def lines(desk):
    """What the menu offers: text and key of each line, those that are dim left out."""
    return [
        (line.text(), line.shortcut().toString()) for line in row(desk).menu.actions() if line.isEnabled()
    ]


def starts(project):
    """Where clips lie, track by track."""
    return {track.id: [clip.start_ticks for clip in track.clips] for track in project.tracks}


def by_take(project, take):
    """The names of the tracks that play a take, and of those that play something else alone."""
    playing = [
        (track.name, {clip.take_id for clip in track.clips}) for track in project.tracks if track.clips
    ]
    return [name for name, ids in playing if take.id in ids], [
        name for name, ids in playing if take.id not in ids
    ]


def mark(desk, take):
    """The pixels of the mark of a take's row, nothing being selected."""
    desk.list.clearSelection()
    place = desk.list.rect_of(take.id, "in_song")
    picture = desk.list.viewport().grab(place).toImage()
    return [picture.pixelColor(x, y).rgb() for y in range(place.height()) for x in range(place.width())]


def tip(desk, take):
    """What the tooltip at the mark says."""
    place = desk.list.rect_of(take.id, "in_song").center()
    viewport = desk.list.viewport()
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    return QToolTip.text()


def undone_and_redone(bridge: ProjectBridge):
    after = bridge.project
    bridge.undo()
    undone = bridge.project
    bridge.redo()
    assert bridge.project is after
    return undone


def test_one_click_keeps_the_take_that_is_selected(desk, qtbot):
    _newest, older = desk.compose(count=2)
    empty = desk.project
    desk.list.select_take(older.id)

    qtbot.mouseClick(row(desk).button, LEFT)

    assert [take.id for take in desk.project.takes] == [older.id]
    assert undone_and_redone(desk.bridges.project) is empty


def test_there_is_nothing_to_keep_before_there_is_a_take(desk):
    assert not row(desk).isVisible()
    assert not row(desk).button.isEnabled()


def test_only_a_selected_take_can_be_kept(desk):
    desk.compose(count=1)
    QTest.keyClicks(desk.panel.takes.search, "polka")

    assert row(desk).isVisible()
    assert not row(desk).button.isEnabled()
    assert row(desk).note.whole == "Select a take to keep it"


def test_the_first_song_says_where_it_came(desk, qtbot):
    (take,) = desk.compose(count=1)
    tip = row(desk).button.toolTip()

    qtbot.mouseClick(row(desk).button, LEFT)

    stems = ", ".join(track.name for track in desk.project.tracks if track.clips)
    assert tip == "Keep on tracks (Return)"
    assert desk.said[-1] == (f"Kept “{take.take.name}” in bars 1–4: {stems}.", "good")


def test_a_song_over_a_song_takes_its_place(song_desk, qtbot):
    (take,) = song_desk.compose(count=1)
    before = song_desk.project
    tip, note = row(song_desk).button.toolTip(), row(song_desk).note.whole

    qtbot.mouseClick(row(song_desk).button, LEFT)

    after = song_desk.project
    assert tip == "Keep in place of what is there (Return). Ctrl+Z brings the old back."
    assert note == "in place of what is there"
    assert [track.id for track in after.tracks] == [track.id for track in before.tracks]
    assert all(len(lying) == len(set(lying)) for lying in starts(after).values())
    assert {clip.take_id for clip in song_desk.bridges.selection.clips} == {take.id}
    stems, others = (", ".join(names) for names in by_take(after, take))
    assert others
    assert song_desk.said[-1][0] == (
        f"Kept “{take.take.name}” in bars 1–4, in place of what was there: {stems}."
        f" Ctrl+Z brings the old back. Still as before: {others}."
    )
    assert undone_and_redone(song_desk.bridges.project) is before


def test_return_in_the_list_does_the_same(song_desk):
    song_desk.compose(count=1)
    tracks = len(song_desk.project.tracks)
    song_desk.list.setFocus()

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert len(song_desk.project.tracks) == tracks
    assert song_desk.project.takes[-1].id == song_desk.takes.candidates[0].id


def test_shift_return_brings_the_song_on_tracks_of_its_own(song_desk):
    (take,) = song_desk.compose(count=1)
    before = song_desk.project
    song_desk.list.setFocus()

    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, SHIFT)

    fresh = [track for track in song_desk.project.tracks if track.id not in starts(before)]
    assert {clip.take_id for track in fresh for clip in track.clips} == {take.id}
    assert {key: starts(song_desk.project)[key] for key in starts(before)} == starts(before)
    stems = ", ".join(track.name for track in fresh)
    assert song_desk.said[-1][0] == f"Kept “{take.take.name}” in bars 1–4 on new tracks: {stems}."
    assert undone_and_redone(song_desk.bridges.project) is before


def test_the_menu_tells_each_way_with_its_key(song_desk, qtbot):
    song_desk.compose(count=1)

    qtbot.mouseClick(row(song_desk).more, LEFT)

    assert row(song_desk).menu.isVisible()
    row(song_desk).menu.close()
    assert lines(song_desk) == [
        ("Keep in place of what is there", "Return"),
        ("Keep on new tracks", "Shift+Return"),
        ("Keep at the play head's bar", "Ctrl+Shift+Return"),
    ]


def test_a_layer_stands_beside_what_is_there(song_desk, qtbot):
    qtbot.mouseClick(song_desk.panel.modes.button("layer"), LEFT)
    assert song_desk.panel.compose()

    assert row(song_desk).note.whole == "beside what is there"
    assert lines(song_desk)[0] == ("Keep on tracks", "Return")
    assert lines(song_desk)[1] == ("Keep in place of what is there", "Shift+Return")


def test_a_song_that_was_undone_leaves_its_place_free_again(desk, qtbot):
    desk.compose(count=1)
    qtbot.mouseClick(row(desk).button, LEFT)
    kept = row(desk).note.whole

    desk.bridges.project.undo()

    assert (kept, row(desk).note.whole) == ("in the song already", "as the song")


def test_a_take_in_the_song_is_marked_until_it_is_gone(desk, qtbot):
    newest, older = desk.compose(count=2)
    plain = mark(desk, newest)

    qtbot.mouseClick(row(desk).button, LEFT)
    kept = [mark(desk, take) for take in (newest, older)]
    desk.bridges.project.undo()

    assert kept[0] != plain == kept[1]
    assert mark(desk, newest) == plain


def test_the_mark_says_what_it_means(desk, qtbot):
    newest, older = desk.compose(count=2)
    qtbot.mouseClick(row(desk).button, LEFT)
    spoken = [desk.panel.takes.model.index(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in (0, 1)]

    assert [tip(desk, take) for take in (newest, older)] == ["In the song", older.take.prompt]
    assert ["in the song" in each for each in spoken] == [True, False]
