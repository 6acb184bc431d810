"""What the panel shows and asks for, in all its states."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from musicgen_desktop.document import Project
from musicgen_desktop.session.store import ProjectStore

LEFT = Qt.MouseButton.LeftButton


def field(desk, name):
    return desk.panel.fields[name].line


def test_an_empty_project_offers_examples_that_one_click_composes(desk, qtbot):
    example = desk.panel.takes.examples[0]

    qtbot.mouseClick(example, LEFT)

    assert example.prompt == desk.panel.model.prompt
    assert [each.wish.prompt for each in desk.takes.candidates] == [example.prompt] * 2
    assert desk.takes.candidates[0].not_understood == ()
    assert not example.isVisible()


def test_a_word_goes_in_and_out_of_the_prompt(desk, qtbot):
    desk.panel.prompt.setPlainText("dusty")
    chip = next(each for each in desk.panel.words.flow.items if each.text() == "ambient")

    qtbot.mouseClick(chip, LEFT)
    with_it, checked = desk.panel.prompt.toPlainText(), chip.isChecked()
    qtbot.mouseClick(chip, LEFT)

    assert (with_it, checked) == ("dusty, ambient", True)
    assert desk.panel.prompt.toPlainText() == "dusty"
    assert not chip.isChecked()


def test_words_fill_two_rows_until_more_is_wanted(desk, qtbot):
    flow = desk.panel.words.flow
    rows = {item.y() for item in flow.shown}
    few = len(flow.shown)

    qtbot.mouseClick(flow.more, LEFT)

    assert len(rows) == 2
    assert few < len(flow.items) == len(flow.shown)


def test_what_was_understood_is_shown_until_the_prompt_changes(desk):
    desk.compose("dusty lofi floof", count=1)
    shown = [chip.text() for chip in desk.panel.understood.items]

    desk.panel.prompt.setPlainText("something else")

    assert shown == ["floof?", "dusty", "lofi"]
    assert not desk.panel.understood.isVisible()


def test_words_that_a_field_overrules_are_called_not_used(desk):
    desk.panel.model.set_text("tempo", "90")

    desk.compose("lofi, 82 bpm", count=1)

    assert [chip.text() for chip in desk.panel.understood.items] == ["lofi", "82 bpm: not used"]


def test_fields_become_the_wish(desk, qtbot):
    for name, text in (
        ("tempo", "92"),
        ("key", "f# minor"),
        ("meter", "3/4"),
        ("bars", "4"),
        ("chords", "F#m D"),
    ):
        field(desk, name).setFocus()
        QTest.keyClicks(field(desk, name), text)
    qtbot.mouseClick(desk.panel.stems.buttons["bass"], LEFT)
    qtbot.mouseClick(desk.panel.stems.buttons["chords"], LEFT)
    qtbot.mouseClick(desk.panel.seed.variations.button(1), LEFT)

    qtbot.mouseClick(desk.panel.compose_button, LEFT)

    wish = desk.takes.candidates[0].wish
    assert (wish.tempo, wish.key, wish.meter, wish.bars) == (92.0, "F# minor", "3/4", 4)
    assert (wish.chords, wish.stems, wish.variations) == ("F#m D", "bass,chords", 1)


def test_a_wrong_field_says_so_and_nothing_is_composed(desk):
    field(desk, "tempo").setFocus()
    QTest.keyClicks(field(desk, "tempo"), "9")

    assert desk.panel.problem.text() == "The tempo cannot be 9 BPM; ask for 20 to 400 BPM."
    assert field(desk, "tempo").property("wrong")
    assert not desk.panel.compose_button.isEnabled()
    assert desk.panel.compose() is False
    assert desk.takes.candidates == ()


def test_the_wave_lies_under_the_chord_that_is_none(desk):
    line = field(desk, "chords")
    line.setFocus()
    QTest.keyClicks(line, "Am F H7 G")

    left, right = line.underline()
    metrics = line.fontMetrics()
    assert abs((right - left) - metrics.horizontalAdvance("H7")) < 4.0
    assert (line.problem.start, line.problem.end) == (5, 7)
    assert "“H7”" in desk.panel.problem.text()


def test_arrows_step_tempo_and_bars_from_a_usual_value(desk):
    QTest.keyClick(field(desk, "bars"), Qt.Key.Key_Up)
    QTest.keyClick(field(desk, "bars"), Qt.Key.Key_Up)
    QTest.keyClick(field(desk, "tempo"), Qt.Key.Key_Down)
    QTest.keyClick(field(desk, "tempo"), Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)

    assert desk.panel.model.texts["bars"] == "20"
    assert desk.panel.model.texts["tempo"] == "121"


def test_a_seed_changes_with_every_wish_until_it_is_locked(desk, qtbot):
    first, second = desk.compose(count=1)[0], desk.compose(count=1)[0]
    qtbot.mouseClick(desk.panel.seed.lock, LEFT)
    third = desk.compose(count=1)[0]

    assert first.take.seed != second.take.seed == third.take.seed
    assert desk.panel.seed.seed.text() == str(third.take.seed)


def test_a_typed_seed_is_locked_and_dice_throw_another(desk, qtbot):
    seed = desk.panel.seed.seed
    seed.setFocus()
    seed.selectAll()
    QTest.keyClicks(seed, "77")
    locked = desk.panel.model.seed_locked
    desk.compose(count=1)
    desk.panel.compose_button.setFocus()

    qtbot.mouseClick(desk.panel.seed.dice, LEFT)

    assert locked
    assert desk.takes.candidates[0].take.seed == 77
    assert desk.panel.model.seed != 77


def test_variations_have_seeds_in_a_row(desk):
    seeds = [each.take.seed for each in desk.compose(count=3)]

    assert seeds == [seeds[-1] + 2, seeds[-1] + 1, seeds[-1]]


def test_use_these_settings_makes_the_same_take_again(desk):
    desk.panel.model.set_text("bars", "3")
    (first,) = desk.compose("funk with clavinet", count=1)
    desk.panel.model.set_text("bars", "")
    desk.panel.model.set_prompt("something else")

    desk.panel.use_settings(first)
    desk.panel.model.set_variations(1)
    desk.panel.compose()

    again = desk.takes.candidates[0]
    assert again.id != first.id
    assert [t.clips[0].notes for t in again.project.tracks if t.clips] == [
        t.clips[0].notes for t in first.project.tracks if t.clips
    ]


def test_music_in_the_project_locks_tempo_key_and_meter(song_desk, qtbot):
    shown = {name: field(song_desk, name).text() for name in ("tempo", "key", "meter")}
    enabled = field(song_desk, "tempo").isEnabled()
    locked = song_desk.compose("rock, 140 bpm, E major", count=1)[0].wish

    qtbot.mouseClick(song_desk.panel.from_project, LEFT)
    free = song_desk.compose("rock, 140 bpm, E major", count=1)[0].wish

    assert (shown, enabled) == ({"tempo": "82", "key": "F minor", "meter": "4/4"}, False)
    assert (locked.tempo, locked.key, locked.meter) == (82.0, "F minor", "4/4")
    assert (free.tempo, free.key, free.meter) == (None, None, None)
    assert field(song_desk, "tempo").isEnabled()


def test_the_button_stops_what_runs(desk, qtbot):
    desk.queue.held = True
    desk.compose(count=2)
    first, _second = desk.takes.jobs
    desk.queue.begin(first.id, stage="Setting levels", done=0.4, eta_s=2.0)
    said = desk.panel.compose_button.text()

    qtbot.mouseClick(desk.panel.compose_button, LEFT)

    assert said == "Stop · Setting levels · 2 s left · 1 more"
    assert desk.takes.jobs == ()
    assert desk.panel.compose_button.text() == "Compose · 2 takes"
    assert not desk.panel.jobs.isVisible()


def test_a_job_says_stage_and_times_and_stops_alone(desk, qtbot):
    desk.queue.held = True
    desk.compose(count=2)
    first, _second = desk.takes.jobs
    desk.queue.begin(first.id, stage="Composing", done=0.1, elapsed_s=3.4)
    running, waiting = desk.panel.jobs.rows

    qtbot.mouseClick(waiting.stop, LEFT)

    assert running.stage.text() == "Composing · 3 s"
    assert running.title.whole.startswith("1 of 2 · “lofi")
    assert [job.id for job in desk.takes.jobs] == [first.id]


def test_a_failed_job_says_why_and_is_tried_again(desk, qtbot):
    desk.compose("fail", count=1)
    (row,) = desk.panel.jobs.rows
    sentence = row.problem.text()
    desk.queue.held = True

    qtbot.mouseClick(row.retry, LEFT)
    again = desk.takes.jobs[0].state
    desk.queue.release()
    (row,) = desk.panel.jobs.rows
    qtbot.mouseClick(row.stop, LEFT)

    assert sentence == "The engine is tired; let it rest."
    assert again == "waiting"
    assert desk.panel.jobs.rows == ()


def test_a_new_project_begins_with_an_empty_prompt(song_desk, qtbot):
    desk = song_desk
    desk.compose("rock, 140 bpm", count=2)
    QTest.keyClicks(field(desk, "bars"), "4")
    QTest.keyClicks(desk.panel.takes.search, "rock")
    qtbot.mouseClick(desk.panel.stems.buttons["bass"], LEFT)
    qtbot.mouseClick(desk.panel.seed.lock, LEFT)
    qtbot.mouseClick(desk.panel.modes.button("continue"), LEFT)

    before = desk.bridges.project.open(ProjectStore(Project.new("Untitled")))
    QTest.keyClick(desk.panel.prompt, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    before.close()

    assert desk.panel.modes.button("new").isChecked()
    assert desk.panel.prompt.isVisible()
    assert desk.panel.prompt.toPlainText() == ""
    assert field(desk, "bars").text() == desk.panel.takes.search.text() == ""
    assert not desk.panel.stems.buttons["bass"].isChecked()
    assert not desk.panel.seed.lock.isChecked()
    assert desk.panel.model.variations == 2


def test_the_example_in_the_empty_prompt_keeps_clear_of_the_edges(desk):
    viewport = desk.panel.prompt.viewport()
    desk.panel.compose_button.setFocus()  # no cursor
    empty = viewport.grab().toImage()
    desk.panel.model.set_prompt(" ")
    ground = viewport.grab().toImage().pixel(0, 0)

    written = [
        (x, y) for x in range(empty.width()) for y in range(empty.height()) if empty.pixel(x, y) != ground
    ]

    assert min(x for x, _y in written) >= 6
    assert max(x for x, _y in written) < empty.width() - 4
    assert max(y for _x, y in written) < empty.height()


def test_a_small_panel_scrolls_and_is_not_cut_at_the_side(song_desk, qtbot):
    song_desk.compose(count=2)

    song_desk.panel.resize(320, 300)

    qtbot.waitUntil(lambda: song_desk.panel.verticalScrollBar().maximum() > 0)
    assert song_desk.panel.widget().width() <= song_desk.panel.viewport().width()
    assert song_desk.list.height() >= 3 * 44
