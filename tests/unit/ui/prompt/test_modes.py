"""What Compose is to do with the present selection."""

from PySide6.QtCore import Qt

from musicgen_desktop.session.controllers.generating import Continue, Layer, RemakeRange

LEFT = Qt.MouseButton.LeftButton
BAR = 4 * 960


def choose(desk, qtbot, mode):
    qtbot.mouseClick(desk.panel.modes.button(mode), LEFT)
    return desk.panel.modes.sentence.text()


def notes_of(project, role):
    return [note for clip in project.track_of(role).clips for note in clip.notes]


def test_an_empty_project_only_has_new_songs_and_says_why(desk):
    button = desk.panel.modes.button("remake")

    assert not button.isEnabled()
    assert button.toolTip() == "The project is empty: compose a new song first."
    assert desk.panel.modes.button("new").isEnabled()


def test_remake_names_stem_and_bars_of_the_span(song_desk, qtbot):
    song_desk.bridges.selection.select_tracks(song_desk.project.track_of("bass").id)
    song_desk.bridges.selection.select_span(4 * BAR, 8 * BAR)

    sentence = choose(song_desk, qtbot, "remake")
    qtbot.mouseClick(song_desk.panel.compose_button, LEFT)

    assert sentence == "Remakes the bass in bars 5–8."
    assert song_desk.takes.candidates[0].wish.mode == RemakeRange(("bass",), 5, 8)


def test_a_kept_remake_changes_those_bars_alone(song_desk, qtbot):
    before = song_desk.project
    song_desk.bridges.selection.select_tracks(before.track_of("bass").id)
    song_desk.bridges.selection.select_span(4 * BAR, 8 * BAR)
    choose(song_desk, qtbot, "remake")
    song_desk.panel.compose()

    qtbot.mouseClick(song_desk.panel.takes.keep_row.button, LEFT)

    after = song_desk.project
    first_half = [[n for n in notes_of(each, "bass") if n.start_ticks < 4 * BAR] for each in (before, after)]
    assert first_half[0] == first_half[1]
    assert notes_of(before, "bass") != notes_of(after, "bass")
    assert notes_of(before, "melody") == notes_of(after, "melody")
    assert [clip.id for clip in song_desk.bridges.selection.clips] == [after.track_of("bass").clips[0].id]


def test_remake_follows_the_selected_clip(song_desk, qtbot):
    song_desk.bridges.selection.select_clips([song_desk.project.track_of("drums").clips[0].id])

    assert choose(song_desk, qtbot, "remake") == "Remakes the drums in bars 1–8."


def test_remake_of_nothing_says_what_to_select(song_desk):
    assert not song_desk.panel.modes.button("remake").isEnabled()
    assert song_desk.panel.model.offer_of("remake").sentence == (
        "Select a track or a clip: its stem is made again."
    )


def test_continue_goes_on_after_the_end_with_as_many_bars_as_wished(song_desk, qtbot):
    song_desk.panel.model.set_text("bars", "4")

    sentence = choose(song_desk, qtbot, "continue")
    song_desk.panel.compose()
    qtbot.mouseClick(song_desk.panel.takes.keep_row.button, LEFT)

    assert sentence == "Continues at bar 9 with 4 bars in the same style."
    assert song_desk.takes.candidates[0].wish.mode == Continue(9)
    assert song_desk.project.length_ticks == 12 * BAR


def test_continue_begins_where_the_selection_ends(song_desk, qtbot):
    song_desk.bridges.selection.select_span(0, 4 * BAR)

    assert choose(song_desk, qtbot, "continue") == "Continues at bar 5 with 8 bars in the same style."


def test_a_layer_is_a_stem_that_the_project_lacks(song_desk, qtbot):
    has = {track.role for track in song_desk.project.tracks}
    choose(song_desk, qtbot, "layer")
    buttons = song_desk.panel.stems.buttons
    qtbot.mouseClick(buttons["counter"], LEFT)

    song_desk.panel.compose()

    assert all(buttons[role].isEnabled() is (role not in has) for role in buttons)
    assert song_desk.panel.modes.sentence.text() == ("Adds a counter layer that fits what the others play.")
    assert song_desk.takes.candidates[0].wish.mode == Layer("counter")


def test_only_what_counts_is_shown(song_desk, qtbot):
    song_desk.bridges.selection.select_tracks(song_desk.project.track_of("bass").id)

    choose(song_desk, qtbot, "remake")

    panel = song_desk.panel
    assert not panel.prompt.isVisible()
    assert not panel.stems.isVisible()
    assert not panel.fields["bars"].line.isEnabled()
    assert panel.compose_button.text().startswith("Remake")
