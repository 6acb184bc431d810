"""The list of takes under the mouse."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

LEFT = Qt.MouseButton.LeftButton


def click(desk, qtbot, take, part):
    qtbot.mouseClick(desk.list.viewport(), LEFT, pos=desk.list.rect_of(take.id, part).center())


def shown(desk):
    return [each.id for each in desk.panel.takes.model.candidates]


def test_the_newest_take_stands_first_with_key_1(desk):
    takes = desk.compose(count=3)

    model = desk.panel.takes.model
    assert shown(desk) == [take.id for take in takes]
    assert [model.index(row).data(Qt.ItemDataRole.UserRole + 1) for row in range(3)] == ["1", "2", "3"]


def test_star_and_play_answer_to_a_click(desk, qtbot):
    _newest, older = desk.compose(count=2)

    click(desk, qtbot, older, "star")
    click(desk, qtbot, older, "play")
    sounding = desk.takes.audition_id
    click(desk, qtbot, older, "play")

    assert desk.takes.candidates[1].take.starred
    assert sounding == older.id
    assert desk.takes.audition_id == ""


def test_a_click_on_the_name_only_selects(desk, qtbot):
    _newest, older = desk.compose(count=2)

    click(desk, qtbot, older, "name")

    assert desk.list.current.id == older.id
    assert desk.takes.audition_id == ""


def test_asking_twice_for_a_new_name_opens_one_field(desk, qtlog):
    desk.compose(count=1)
    desk.list.setFocus()

    desk.list.rename_current()
    desk.list.rename_current()

    assert QGuiApplication.focusObject().accessibleName() == "Name of the take"
    assert not [each.message for each in qtlog.records if "editing failed" in each.message]


def test_a_double_click_renames(desk, qtbot):
    (take,) = desk.compose(count=1)
    place = desk.list.rect_of(take.id, "name").center()

    qtbot.mouseClick(desk.list.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(desk.list.viewport(), LEFT, pos=place)
    editor = QGuiApplication.focusObject()
    QTest.keyClicks(editor, "Night bus")
    QTest.keyClick(editor, Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.takes.candidates[0].take.name == "Night bus")


def test_the_filter_finds_stars_and_words(desk, qtbot):
    (funk,) = desk.compose("funk, 2 bars", count=1)
    jazz = desk.compose("jazz, 2 bars", count=1)[0]
    desk.takes.star(funk.id, starred=True)

    qtbot.mouseClick(desk.panel.takes.starred, LEFT)
    starred = shown(desk)
    qtbot.mouseClick(desk.panel.takes.starred, LEFT)
    QTest.keyClicks(desk.panel.takes.search, "JAZZ")

    assert starred == [funk.id]
    assert shown(desk) == [jazz.id]


def test_a_filter_that_finds_nothing_offers_all(desk):
    desk.compose(count=1)

    QTest.keyClicks(desk.panel.takes.search, "polka")
    nothing = shown(desk)
    desk.panel.takes.search.clear()

    assert nothing == []
    assert len(shown(desk)) == 1


def test_a_and_b_are_the_newest_until_others_are_chosen(desk):
    third, second, first = desk.compose(count=3)
    compare = desk.panel.takes.compare
    sides = compare.sides

    menu = desk.panel.takes.menu_of(first)
    next(action for action in menu.actions() if action.text() == "Compare as B").trigger()
    desk.compose(count=1)

    assert sides == (third.id, second.id)
    assert compare.sides == (third.id, first.id)


def test_a_and_b_change_while_they_sound_without_beginning_anew(desk, qtbot):
    _newest, older = desk.compose(count=2)
    a, b = desk.panel.takes.compare.buttons

    qtbot.mouseClick(a, LEFT)
    desk.player.pass_to(3000.0)
    qtbot.mouseClick(b, LEFT)

    assert desk.takes.audition_id == older.id
    assert desk.player.told == [("play", 0)]
    assert (a.isChecked(), b.isChecked()) == (False, True)


def test_a_and_b_can_be_told_apart_when_their_names_are_equal(song_desk):
    newest, older = song_desk.compose(count=2)
    song_desk.panel.resize(320, 400)
    for take in (newest, older):
        song_desk.takes.rename(take.id, "Dusty Cypress of the Evening")

    shown = [button.shown for button in song_desk.panel.takes.compare.buttons]

    assert [each[1:] for each in shown] == [("1", f"#{newest.take.seed}"), ("2", f"#{older.take.seed}")]
    assert {name[-1] for name, _key, _seed in shown} == {"g"}
    assert all("…" in name for name, _key, _seed in shown)
    assert all(button.height() >= 36 for button in song_desk.panel.takes.compare.buttons)


def test_with_project_switches_what_sounds(song_desk, qtbot):
    (take,) = song_desk.compose(count=1)
    click(song_desk, qtbot, take, "play")
    own = {track.id for track in song_desk.project.tracks}
    over = {track.id for track in song_desk.player.heard.tracks} & own

    song_desk.panel.takes.compare.with_project.click()

    assert over
    assert not {track.id for track in song_desk.player.heard.tracks} & own
    assert song_desk.takes.audition_id == take.id


def test_the_menu_has_what_keys_do_with_the_keys_beside(desk):
    (take,) = desk.compose(count=1)

    menu = desk.panel.takes.menu_of(take)

    lines = {action.text(): action.shortcut().toString() for action in menu.actions() if action.text()}
    assert lines["Keep on tracks"] == "Return"
    assert lines["Rename"] == "F2"
    assert lines["Delete"] == "Del"


def test_the_prompt_goes_into_the_clipboard(desk):
    (take,) = desk.compose("dusty lofi, 2 bars", count=1)

    desk.bridges.actions["take.copy_prompt"].trigger()

    assert QGuiApplication.clipboard().text() == "dusty lofi, 2 bars"
    assert take.take.prompt == "dusty lofi, 2 bars"


def test_all_parameters_are_shown_and_copied(desk, qtbot):
    (take,) = desk.compose("dusty lofi floof, 2 bars, 80 bpm, F minor", count=1)

    desk.bridges.actions["take.parameters"].trigger()
    popover = desk.panel.takes.popover
    qtbot.mouseClick(popover.copy, LEFT)
    popover.close()

    text = QGuiApplication.clipboard().text()
    for line in (
        f"Name: {take.take.name}",
        f"Seed: {take.take.seed}",
        "Tempo: 80 BPM",
        "Key: F minor",
        "floof: not understood",
        "Engine: composer",
    ):
        assert line in text


def test_kept_at_the_play_head_it_begins_at_that_bar(song_desk):
    song_desk.compose(count=1)
    song_desk.player.pass_to(3 * 3840 + 1000)

    song_desk.bridges.actions["take.keep_here"].trigger()

    assert {clip.start_ticks for clip in song_desk.bridges.selection.clips} == {3 * 3840}
