"""What is selected is shown, and each field is one step of the history."""

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from musicgen_desktop.document import AudioClip, AudioSource, Origin, Take, Track
from musicgen_desktop.music import Note
from musicgen_desktop.session.commands import Edit, rename_track, split_clips
from musicgen_desktop.ui.inspector import InspectorPanel
from musicgen_desktop.ui.piano_roll._view_model import RollModel
from tests.unit.ui.conftest import bridges_over

LEFT = Qt.MouseButton.LeftButton
BAR = 3_840


@pytest.fixture
def song_project(song_project):
    """The composed song, with a vocal of another engine and another clip beside it."""
    take = Take(
        "nc", "Sung", "musicgen", "small", "CC-BY-NC-4.0", commercial_use=False, prompt="a voice", seed=42,
        request={"prompt": "a voice", "temperature": 1.1}, versions={"musicgen-desktop": "0.1.0"},
        measured={"tempo_error_percent": 0.02, "downbeat_error_ms": 41.0, "key_agrees": False,
                  "key": "Ab major"},
        created="2026-01-02T03:04:05+00:00",
    )  # fmt: skip
    source = AudioSource("s1", "vox", "audio/gone.wav", "x", 48_000, 2, 48_000 * 20)
    clips = (
        AudioClip("a1", "Verse", BAR, 2 * BAR, "s1", gain_db=-6.0, fade_in_ms=10.0, take_id="nc"),
        AudioClip("a2", "Chorus", 4 * BAR, 2 * BAR, "s1", gain_db=-3.0),
    )
    vox = Track("vox", "Vox", "audio", color="#f06292", clips=clips)
    return msgspec.structs.replace(
        song_project,
        takes=(*song_project.takes, take),
        sources=(source,),
        tracks=(*song_project.tracks, vox),
    )


@pytest.fixture
def panel(qtbot, bridges):
    made = InspectorPanel(bridges)
    qtbot.addWidget(made)
    made.resize(264, 900)
    made.show()
    return made


@pytest.fixture
def bass(bridges):
    return bridges.project.project.track_of("bass")


def clip_of(bridges, clip_id):
    return next(
        clip for track in bridges.project.project.tracks for clip in track.clips if clip.id == clip_id
    )


def with_clip(project, clip):
    tracks = [
        msgspec.structs.replace(
            track, clips=tuple(clip if each.id == clip.id else each for each in track.clips)
        )
        for track in project.tracks
    ]
    return msgspec.structs.replace(project, tracks=tuple(tracks))


def type_into(qtbot, field, text):
    qtbot.mouseClick(field, LEFT)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def undo_and_redo(bridges, before, after):
    bridges.project.undo()
    assert bridges.project.project == before
    bridges.project.redo()
    assert bridges.project.project == after


def test_without_a_selection_the_song_is_told(panel, bridges):
    project = bridges.project.project

    assert panel.title == "Song"
    assert panel.song.name.text() == project.name
    assert panel.song.facts["Tempo"] == "82.00 BPM"
    assert panel.song.facts["Key"] == "F minor"
    assert panel.song.facts["Takes"] == "2"
    assert panel.song.facts["Length"].startswith("8 bar")


def test_what_was_selected_last_is_shown(panel, bridges, bass):
    bridges.selection.select_clips([bass.clips[0].id])
    assert panel.title == "Clip"
    bridges.selection.select_span(BAR, 3 * BAR)
    assert panel.title == "Selected time"
    bridges.selection.select_tracks("vox")
    assert panel.title == "Track"
    bridges.selection.select_clips([])
    bridges.selection.select_span(None)
    bridges.selection.select_tracks()
    assert panel.title == "Song"


def test_a_typed_start_moves_the_clip_and_is_undone(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])
    before = bridges.project.project
    assert panel.clip.start.text() == "2.1.0"

    type_into(qtbot, panel.clip.start, "3.2.120")

    assert clip_of(bridges, "a1").start_ticks == 2 * BAR + 960 + 120
    undo_and_redo(bridges, before, bridges.project.project)


def test_a_start_that_is_no_place_is_told_and_changes_nothing(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])
    before = bridges.project.project

    with qtbot.waitSignal(bridges.status.said) as said:
        type_into(qtbot, panel.clip.start, "0.1")

    assert said.args[0] == "Bars count from 1."
    assert bridges.project.project is before


def test_a_typed_length_trims_the_clip(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])
    assert panel.clip.length.text() == "2.0.0"

    type_into(qtbot, panel.clip.length, "1.2")

    assert clip_of(bridges, "a1").length_ticks == BAR + 2 * 960


def test_dragging_the_gain_is_one_step_of_the_history(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])
    before, steps = bridges.project.project, len(bridges.project.store.history)
    field = panel.clip.audio.gain
    start = field.rect().center()

    qtbot.mousePress(field, LEFT, pos=start)
    for way in (6, 12, 18):
        qtbot.mouseMove(field, start - QPoint(0, way))
    qtbot.mouseRelease(field, LEFT, pos=start - QPoint(0, 18))

    assert clip_of(bridges, "a1").gain_db > -6.0
    assert len(bridges.project.store.history) == steps + 1
    undo_and_redo(bridges, before, bridges.project.project)


def test_two_drags_are_two_steps(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])
    steps = len(bridges.project.store.history)

    type_into(qtbot, panel.clip.audio.gain, "-1")
    type_into(qtbot, panel.clip.audio.gain, "-2")

    assert len(bridges.project.store.history) == steps + 2


def test_several_clips_show_what_they_have_in_common(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1", "a2"])

    assert panel.title == "Clips"
    assert panel.clip.audio.gain.text() == "–"
    assert panel.clip.length.text() == "2.0.0"

    type_into(qtbot, panel.clip.audio.gain, "-12")

    assert [clip_of(bridges, each).gain_db for each in ("a1", "a2")] == [-12.0, -12.0]
    assert panel.clip.audio.gain.text() == "−12.0 dB"


def test_the_fade_of_several_clips_is_one_step(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1", "a2"])
    before = bridges.project.project

    type_into(qtbot, panel.clip.audio.fade_out, "120 ms")

    assert [clip_of(bridges, each).fade_out_ms for each in ("a1", "a2")] == [120.0, 120.0]
    undo_and_redo(bridges, before, bridges.project.project)


def test_the_shape_of_the_fades_is_chosen_by_keys(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])
    shape = panel.clip.audio.shape

    shape.setFocus()
    qtbot.keyClick(shape, Qt.Key.Key_Down)

    assert clip_of(bridges, "a1").fade_shape == "linear"


def test_reverse_and_mute_are_switched_and_said_in_words(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])

    qtbot.mouseClick(panel.clip.audio.reverse, LEFT)
    qtbot.mouseClick(panel.clip.mute, LEFT)

    clip = clip_of(bridges, "a1")
    assert (clip.reversed, clip.muted) == (True, True)
    assert (panel.clip.audio.reverse.text(), panel.clip.mute.text()) == ("Reversed", "Muted")


def test_a_missing_file_is_said_and_can_be_looked_for(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])
    notice = panel.clip.audio.notice
    assert notice.sentence == "File missing"

    button = next(each for each in notice.findChildren(QAbstractButton) if each.text() == "Locate…")
    with qtbot.waitSignal(panel.locate_requested) as asked:
        qtbot.mouseClick(button, LEFT)

    assert asked.args == ["s1"]


def test_a_clip_is_renamed_and_an_empty_name_is_taken_back(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])

    type_into(qtbot, panel.clip.name, "Lead vocal")
    assert clip_of(bridges, "a1").name == "Lead vocal"
    type_into(qtbot, panel.clip.name, "   ")

    assert clip_of(bridges, "a1").name == "Lead vocal"
    assert panel.clip.name.text() == "Lead vocal"


def test_notes_of_a_split_clip_are_counted_and_named_as_the_piano_roll_does(panel, bridges, bass):
    roll = RollModel(bridges)
    clip_id, whole = bass.clips[0].id, len(bass.clips[0].notes)
    bridges.project.ask(lambda project: split_clips(project, (clip_id,), 2 * BAR)[0])

    bridges.selection.select_clips([clip_id])
    bridges.selection.edit_clip(clip_id)

    pitches = [note.pitch for note in clip_of(bridges, clip_id).notes if note.start_ticks < 2 * BAR]
    names = [roll.geometry.rows.names[127 - pitch] for pitch in (min(pitches), max(pitches))]
    texts = [label.text() for label in panel.clip.notes.findChildren(QLabel)]
    assert len(pitches) < whole
    assert f"{len(pitches)} note(s)" in texts
    assert " – ".join(names) in texts


def test_notes_are_called_by_the_key_of_their_clip(panel, bridges, bass):
    (clip,) = bass.clips
    other = clip.with_notes((Note(0, 480, 46, 90), Note(480, 480, 61, 90)))
    bridges.project.apply(Edit("Other notes", with_clip(bridges.project.project, other)))

    bridges.selection.select_clips([clip.id])

    texts = [label.text() for label in panel.clip.notes.findChildren(QLabel)]
    assert "Bb2 – Db4" in texts


def test_notes_are_counted_and_transposed(qtbot, panel, bridges, bass):
    clip = bass.clips[0]
    bridges.selection.select_clips([clip.id])
    before = bridges.project.project

    up = next(button for button in panel.clip.notes.transpose if button.text() == "+12")
    qtbot.mouseClick(up, LEFT)

    after = clip_of(bridges, clip.id)
    assert [note.pitch for note in after.notes] == [note.pitch + 12 for note in clip.notes]
    undo_and_redo(bridges, before, bridges.project.project)


def test_velocity_is_scaled_from_what_it_was_and_comes_back_to_a_hundred(qtbot, panel, bridges, bass):
    clip = bass.clips[0]
    bridges.selection.select_clips([clip.id])
    before = bridges.project.project

    type_into(qtbot, panel.clip.notes.velocity, "50")

    after = clip_of(bridges, clip.id)
    assert [note.velocity for note in after.notes] == [round(note.velocity * 0.5) for note in clip.notes]
    assert panel.clip.notes.velocity.text() == "100 %"
    undo_and_redo(bridges, before, bridges.project.project)


def test_a_velocity_drag_to_the_top_and_back_flattens_nothing(panel, bridges, bass):
    clip = bass.clips[0]
    bridges.selection.select_clips([clip.id])

    panel.model.scale_velocity(400.0)
    panel.model.scale_velocity(100.0)
    panel.model.done()

    assert clip_of(bridges, clip.id).notes == clip.notes


def test_quantize_draws_notes_to_the_chosen_grid(qtbot, panel, bridges, bass):
    clip = bass.clips[0]
    bridges.selection.select_clips([clip.id])
    panel.clip.notes.grid.setCurrentText("1/4")

    qtbot.mouseClick(panel.clip.notes.quantize, LEFT)

    assert all(note.start_ticks % 960 == 0 for note in clip_of(bridges, clip.id).notes)


def test_a_loop_is_switched_on_and_its_length_typed(qtbot, panel, bridges, bass):
    clip = bass.clips[0]
    bridges.selection.select_clips([clip.id])

    qtbot.mouseClick(panel.clip.notes.loop, LEFT, pos=QPoint(9, panel.clip.notes.loop.height() // 2))
    type_into(qtbot, panel.clip.notes.loop_length, "2")

    assert clip_of(bridges, clip.id).loop_length_ticks == 2 * BAR


@pytest.mark.parametrize(
    ("field", "text", "attribute", "value"),
    [("gain", "-6", "gain_db", -6.0), ("pan", "30 L", "pan", -0.3), ("trim", "+2", "trim_db", 2.0)],
)
def test_the_strip_of_a_track_is_typed(qtbot, panel, bridges, bass, field, text, attribute, value):
    bridges.selection.select_tracks(bass.id)
    before = bridges.project.project

    type_into(qtbot, getattr(panel.track, field), text)

    assert getattr(bridges.project.project.track(bass.id), attribute) == value
    undo_and_redo(bridges, before, bridges.project.project)


def test_polarity_is_turned_and_said(qtbot, panel, bridges, bass):
    bridges.selection.select_tracks(bass.id)

    qtbot.mouseClick(panel.track.polarity, LEFT)

    assert bridges.project.project.track(bass.id).polarity_inverted
    assert panel.track.polarity.text() == "Inverted"


def test_the_output_is_a_bus(qtbot, panel, bridges, bass):
    bridges.selection.select_tracks(bass.id)
    bus = next(track for track in bridges.project.project.tracks if track.kind == "bus")

    panel.track.output.setFocus()
    qtbot.keyClick(panel.track.output, Qt.Key.Key_Down)

    assert bridges.project.project.track(bass.id).output == bus.id


def test_a_click_on_an_effect_asks_for_its_knobs(qtbot, panel, bridges):
    track = next(track for track in bridges.project.project.tracks if track.inserts)
    bridges.selection.select_tracks(track.id)

    with qtbot.waitSignal(panel.insert_requested) as asked:
        qtbot.mouseClick(panel.track.strip_list.buttons[0], LEFT)

    assert asked.args == [track.id, track.inserts[0].id]


def test_a_span_is_looped_and_remade(qtbot, panel, bridges):
    bridges.selection.select_span(2 * BAR, 4 * BAR)
    assert panel.span.title == "Bars 3–4"

    qtbot.mouseClick(panel.span.loop, LEFT)
    with qtbot.waitSignal(panel.remake_requested) as asked:
        qtbot.mouseClick(panel.span.remake, LEFT)

    loop = bridges.project.project.loop
    assert (loop.start_ticks, loop.end_ticks, loop.enabled) == (2 * BAR, 4 * BAR, True)
    assert asked.args == [3, 4]


def test_provenance_says_that_a_take_may_not_be_sold(panel, bridges):
    bridges.selection.select_clips(["a1"])

    (card,) = panel.provenance.cards
    assert card.licence == "Uses CC-BY-NC-4.0 weights: not for commercial release"
    assert "Temperature: 1.1" in card.details
    assert "musicgen-desktop 0.1.0" in card.details


def test_the_grid_is_told_in_words(panel, bridges):
    bridges.selection.select_clips(["a1"])

    (card,) = panel.provenance.cards
    texts = [label.text() for label in card.findChildren(QWidget) if hasattr(label, "text")]
    assert "✓ +0.02 %" in texts
    assert "✗ 41.0 ms" in texts
    assert "✗ heard otherwise: Ab major" in texts


def test_a_seed_is_copied(qtbot, panel, bridges):
    bridges.selection.select_clips(["a1"])

    qtbot.mouseClick(panel.provenance.cards[0].copy, LEFT)

    assert QGuiApplication.clipboard().text() == "42"


def test_clips_of_no_take_say_so(panel, bridges):
    bridges.project.ask(lambda project: Edit("Replace", of_files(project)))

    bridges.selection.select_clips(["a2"])

    assert (panel.provenance.cards, panel.provenance.files) == ([], [])
    assert "No take" in panel.provenance.note.text()


@pytest.mark.parametrize(("rights", "told"), [("CC0", "of its rights: “CC0”"), ("", "nothing of its rights")])
def test_clips_of_a_file_say_whose_it_is_and_what_it_says_of_its_rights(panel, bridges, rights, told):
    bridges.project.ask(lambda project: Edit("Replace", of_files(project, Origin("loop.wav", rights))))

    bridges.selection.select_clips(["a2"])

    (said,) = [label.text() for label in panel.provenance.files[0].findChildren(QLabel) if label.text()]
    assert "“loop.wav”" in said
    assert told in said
    assert panel.provenance.note.isHidden()


def test_files_that_find_no_room_are_counted(panel, bridges):
    files = [Origin(f"{number}.wav") for number in range(5)]
    bridges.project.ask(lambda project: Edit("Replace", of_files(project, *files)))

    bridges.selection.select_clips(["a2"])

    assert len(panel.provenance.files) == 3
    assert "And 2 more file" in panel.provenance.note.text()


def of_files(project, *origins):
    """The project, the sound of whose vocal came from these."""
    sources = tuple(msgspec.structs.replace(source, origins=origins) for source in project.sources)
    return msgspec.structs.replace(project, sources=sources)


def test_another_project_is_read_anew(panel, bridges, song_project):
    other = bridges_over(msgspec.structs.replace(song_project, id="other", name="Other song"))
    bridges.selection.select_clips(["a1"])

    before = bridges.project.open(other.project.store)

    assert panel.title == "Song"
    assert panel.song.name.text() == "Other song"
    before.close()


def test_every_control_has_a_name(panel, bridges, bass):
    for select in (
        lambda: None,
        lambda: bridges.selection.select_tracks(bass.id),
        lambda: bridges.selection.select_clips(["a1", bass.clips[0].id]),
        lambda: bridges.selection.select_span(0, BAR),
    ):
        select()
        for kind in (QAbstractButton, QLineEdit, QComboBox):
            for control in panel.findChildren(kind):
                if control.isVisible() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
                    assert control.accessibleName() or control.text(), control


def test_what_happened_while_it_was_hidden_is_shown_when_it_comes_back(panel, bridges, bass):
    bridges.selection.select_tracks(bass.id)
    panel.hide()

    bridges.project.ask(rename_track, bass.id, "Sub")
    assert panel.track.name.text() == bass.name
    panel.show()

    assert panel.track.name.text() == "Sub"


def test_the_buttons_of_transposing_say_how_far_and_which_way(panel, bridges, bass):
    bridges.selection.select_clips([bass.clips[0].id])

    names = [button.accessibleName() for button in panel.findChildren(QAbstractButton)]

    assert [name for name in names if "semitone" in name] == [
        f"Transpose by {far} semitone(s) ({text})"
        for far, text in ((12, "−12"), (1, "−1"), (1, "+1"), (12, "+12"))
    ]
