"""Plots are made of the selection, when they are seen, and only when it would look otherwise."""

import math

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.music import Note, Patch
from musicgen_desktop.session.commands import rename_track, set_gain
from musicgen_desktop.session.controllers.analysis import RenderSpan
from musicgen_desktop.ui.bridges import JobsBridge
from musicgen_desktop.ui.plots import PlotsPanel
from musicgen_desktop.ui.plots._analysis import Analyse, analysed
from musicgen_desktop.ui.plots._target import Target, heard, only_target, target_of
from musicgen_desktop.ui.plots._words import hertz_words, stereo_words, target_words
from musicgen_desktop.ui.theme import apply_theme, tokens

LEFT = Qt.MouseButton.LeftButton
BAR, RATE = 3_840, 48_000


@pytest.fixture
def song_project():
    """Two bars at 240 BPM on two tracks: a second of sound each."""
    clips = [NotesClip(f"c{n}", f"Riff {n}", n * BAR, BAR, (Note(0, BAR, 57, 100),)) for n in range(2)]
    lead = Track("lead", "Lead", "notes", clips=tuple(clips), patch=Patch("synth", preset="warm_pad"))
    low = NotesClip("low", "Low", 0, 2 * BAR, (Note(0, BAR, 33, 100),))
    bass = Track("bass", "Bass", "notes", clips=(low,), patch=Patch("synth", preset="fat_bass"))
    return Project.new("Song", 240.0).with_track(lead).with_track(bass)


@pytest.fixture
def jobs(_dressed):
    made = JobsBridge()
    yield made
    made.close()


@pytest.fixture
def panel(qtbot, bridges, jobs):
    made = PlotsPanel(bridges, jobs)
    qtbot.addWidget(made)
    made.resize(900, 320)
    return made


@pytest.fixture
def seen(qtbot, panel):
    with qtbot.waitSignal(panel.model.analysed, timeout=20_000):
        panel.show()
    return panel


def a_sine(hertz=1_000.0, seconds=2.0, level=0.5):
    wave = level * np.sin(2.0 * np.pi * hertz * np.arange(round(RATE * seconds)) / RATE)
    return np.stack([wave, wave], axis=1).astype(np.float32)


def test_a_sine_stands_at_its_frequency_and_level():
    found = analysed(a_sine(), RATE, StopFlag())

    assert found.peak_hertz[int(np.argmax(found.peak_db))] == pytest.approx(1_000.0, rel=0.02)
    assert found.peak_db.max() == pytest.approx(-6.0, abs=1.5)  # between two bins a window loses up to 1.4 dB
    assert found.hertz[int(np.argmax(found.average_db))] == pytest.approx(1_000.0, rel=0.05)
    assert found.figures.peak_dbfs == pytest.approx(-6.02, abs=0.05)
    assert found.figures.rms_dbfs == pytest.approx(-9.03, abs=0.05)
    assert found.figures.crest_db == pytest.approx(3.01, abs=0.05)
    assert found.figures.correlation == pytest.approx(1.0)
    assert len(found.loud_s) == 0


def test_what_comes_near_full_scale_is_marked():
    sound = a_sine(level=0.1)
    sound[RATE : RATE + 100] *= 9.9

    found = analysed(sound, RATE, StopFlag())

    assert found.loud_s == pytest.approx([1.05])
    assert found.peak_s == pytest.approx(1.05)


def test_silence_has_no_level_and_breaks_nothing():
    found = analysed(np.zeros((RATE, 2), np.float32), RATE, StopFlag())

    assert found.figures.peak_dbfs == -math.inf
    assert found.figures.integrated_lufs == -math.inf


def test_a_stopped_job_ends(song_project):
    stop = StopFlag()
    stop.set()

    with pytest.raises(Stopped):
        Analyse(RenderSpan(song_project, None, 0, BAR)).run(stop=stop)


def test_clips_come_before_tracks_and_a_span(song_project):
    whole = Target(0, 2 * BAR)

    assert target_of(song_project, (), (), None) == whole
    assert target_of(song_project, (), ("master",), None) == whole
    assert target_of(song_project, (), ("bass",), (0, BAR)) == Target(0, BAR, ("bass",))
    assert target_of(song_project, ("c1",), ("lead",), (0, BAR)) == Target(BAR, 2 * BAR, ("lead",), ("c1",))


def test_of_a_track_only_the_selected_clips_are_heard(song_project):
    alone = only_target(song_project, Target(BAR, 2 * BAR, ("lead",), ("c1",)))

    assert [clip.id for clip in alone.track("lead").clips] == ["c1"]
    assert alone.track("bass") is song_project.track("bass")


def test_names_sound_like_nothing_and_faders_do(song_project):
    renamed = rename_track(song_project, "bass", "Sub").project
    louder = set_gain(song_project, "bass", 3.0).project

    assert heard(renamed) == heard(song_project)
    assert heard(louder) != heard(song_project)


def test_nothing_is_made_before_the_panel_is_seen(panel, bridges, jobs):
    bridges.selection.select_tracks("bass")

    assert panel.views is None
    assert jobs.jobs == ()


def test_the_whole_song_is_plotted_when_nothing_is_selected(seen):
    assert seen.model.state == "ready"
    assert seen.subject.text() == "Mix, bars 1–2"
    assert seen.model.analysis.seconds == pytest.approx(2.0)
    assert "RMS" in seen.figures.text()


def test_another_selection_is_plotted_anew(qtbot, seen, bridges):
    with qtbot.waitSignal(seen.model.analysed, timeout=20_000):
        bridges.selection.select_clips(["c1"])

    assert seen.subject.text() == "Riff 1, bar 2"
    assert seen.model.analysis.seconds == pytest.approx(1.0)


def test_an_edit_that_sounds_is_plotted_anew_and_one_that_does_not_is_not(qtbot, seen, bridges):
    first = seen.model.analysis
    bridges.project.ask(rename_track, "bass", "Sub")
    seen.model.look()
    assert seen.model.state == "ready"

    with qtbot.waitSignal(seen.model.analysed, timeout=20_000):
        bridges.project.ask(set_gain, "bass", -12.0)

    assert seen.model.analysis is not first
    assert seen.model.analysis.figures.rms_dbfs < first.figures.rms_dbfs


def test_a_hidden_panel_rests(seen, bridges, jobs):
    seen.hide()

    bridges.project.ask(set_gain, "bass", -12.0)
    seen.model.look()

    assert not any(not job.is_over for job in jobs.jobs)
    assert seen.model.state == "ready"


def test_stopping_says_so_and_goes_on_by_a_button(qtbot, panel):
    panel.show()
    panel.model.stop()
    assert panel.model.state == "stopped"
    assert "Stopped" in panel.notice.sentence

    with qtbot.waitSignal(panel.model.analysed, timeout=20_000):
        panel.model.again()

    assert panel.notice.sentence == ""


def test_a_failure_is_told_where_it_happened(qtbot, seen, bridges, song_project):
    longer = msgspec.structs.replace(song_project, end_ticks=BAR * 3_000)

    bridges.project.store.apply("Lengthen", longer)
    seen.model.look()
    qtbot.waitUntil(lambda: seen.model.state == "failed", timeout=20_000)

    assert "minutes" in seen.notice.sentence


def test_an_empty_song_says_what_will_be_here(panel, bridges):
    bridges.project.store.apply("Clear", Project.new("Empty"))

    panel.show()

    assert panel.model.state == "empty"
    assert panel.model.analysis is None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_click_on_time_moves_the_play_head(qtbot, seen, bridges, number):
    seen.show_plot(number)
    plot = seen.views.time_plots[number - 1]
    low, high = plot.getPlotItem().viewRange()[1]
    place = plot.place_of(0.5, (low + high) / 2.0).toPoint()

    qtbot.mouseClick(plot.viewport(), LEFT, pos=place)

    assert bridges.player.tick == pytest.approx(BAR / 2, abs=BAR * 0.01)
    assert plot.play_head.isVisible()
    assert plot.play_head.value() == pytest.approx(0.5, abs=0.01)


def test_the_mouse_reads_note_and_level_from_the_spectrum(qtbot, seen):
    plot = seen.views.spectrum
    place = plot.place_of(math.log10(440.0), -50.0).toPoint()

    qtbot.mouseMove(plot.viewport(), place + QPoint(3, 3))
    qtbot.mouseMove(plot.viewport(), place)

    assert "A4" in plot.tip
    assert "dBFS" in plot.tip


def test_the_tilt_line_is_shown_on_wish(qtbot, seen):
    line = seen.views.spectrum._tilt
    assert not line.isVisible()

    seen.tilt.setFocus()
    qtbot.keyClick(seen.tilt, Qt.Key.Key_Space)

    assert line.isVisible()


def test_bars_label_the_time_axis(seen):
    axis = seen.views.loudness.getPlotItem().getAxis("bottom")
    named = axis.tickValues(0.0, 2.0, 400.0)[0][1]

    assert named == pytest.approx([0.0, 1.0, 2.0])
    assert axis.tickStrings(named, 1.0, 1.0) == ["1", "2", "3"]


def test_words_tell_pitch_place_and_mono():
    project = Project.new("Song").with_track(Track("bass", "Bass", "notes"))
    figures = analysed(a_sine(), RATE, StopFlag()).figures

    assert hertz_words(440.0) == "440 Hz   A4 0 ct"
    assert target_words(Target(BAR, 3 * BAR, ("bass",)), project) == "Bass, bars 2–3"
    assert stereo_words(figures) == ("Correlation +1.00: almost mono",)
    assert "mono" in stereo_words(msgspec.structs.replace(figures, correlation=-0.5))[0]


def test_another_theme_paints_the_plots_anew(qapp, seen):
    before = seen.views
    seen.show_plot(2)

    try:
        apply_theme(qapp, "light")
        qapp.processEvents()

        assert seen.views is not before
        assert seen.views.currentIndex() == 2
        assert seen.views.spectrum.backgroundBrush().color().name() == tokens().raised
    finally:
        apply_theme(qapp, "dark")
