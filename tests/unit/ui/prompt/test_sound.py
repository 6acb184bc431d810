"""The panel while an engine of sound is chosen."""

import dataclasses
from functools import partial

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from musicgen_desktop.document import Project
from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.generation.host import GenerationFailedError
from musicgen_desktop.generation.sound import SoundModel
from musicgen_desktop.session.controllers.generating import Continue, Layer, RemakeRange, sound_job
from musicgen_desktop.session.store import ProjectStore
from musicgen_desktop.ui.bridges import JobsBridge, SoundBridge, TakesBridge
from musicgen_desktop.ui.prompt import PromptPanel
from tests.fakes.instant_queue import InstantQueue
from tests.fakes.silent_player import SilentPlayer
from tests.fakes.sound_maker import RATE, SoundMakerFake
from tests.unit.ui.conftest import bridges_over
from tests.unit.ui.prompt.conftest import quick_jobs

LEFT = Qt.MouseButton.LeftButton


class Maker(SoundMakerFake):
    """With these models; `broken` is why it cannot be asked."""

    def __init__(self, **options):
        super().__init__(**options)
        self.broken = None
        self.installed = [
            SoundModel("tiny", "Tiny", "CC-BY-NC 4.0", commercial_use=False, rate=RATE, channels=1),
            SoundModel(
                "tune", "Tune", "CC0-1.0", commercial_use=True, rate=RATE, channels=1, follows_melody=True
            ),
        ]

    def models(self, _engine, _stop=None):
        if self.broken is not None:
            raise self.broken
        return tuple(self.installed)


class SoundDesk:
    """A panel over a project in a folder, with an engine of sound that answers at once."""

    def __init__(self, folder, project, maker):
        store = ProjectStore(project)
        store.save_as(folder / "Song.mgproj")
        made = bridges_over(Project.new("Untitled"))
        made.project.open(store).close()
        self.bridges = dataclasses.replace(made, player=SilentPlayer(made.project))
        self.maker = maker
        self.queues = []
        self.sound = SoundBridge(maker, jobs=JobsBridge(queue=self._queue))
        self.takes = TakesBridge(
            made.project,
            self.bridges.player,
            quick_jobs,
            make_sound=partial(sound_job, client=maker),
            queue=self._queue,
        )
        seeds = iter(range(100, 10_000, 100))
        self.panel = PromptPanel(self.bridges, self.takes, sound=self.sound, dice=lambda: next(seeds))
        self.panel.resize(340, 1000)
        self.panel.show()

    @property
    def project(self):
        return self.bridges.project.project

    def choose(self):
        choice = self.panel.engine.choice
        choice.setCurrentIndex(choice.findData("musicgen"))
        choice.activated.emit(choice.currentIndex())

    def type_into(self, field, text):
        line = self.panel.sound.fields[field].line
        line.selectAll()
        QTest.keyClicks(line, text)

    def close(self):
        self.takes.close()
        self.sound.close()
        self.bridges.project.store.close()

    def _queue(self, listener):
        self.queues.append(InstantQueue(listener))
        return self.queues[-1]


@pytest.fixture
def open_sound_desk(qtbot, _dressed, tmp_path):
    desks = []

    def opened(project=None, maker=None):
        desk = SoundDesk(tmp_path, project or Project.new("Untitled"), maker or Maker())
        qtbot.addWidget(desk.panel)
        desks.append(desk)
        return desk

    yield opened
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(open_sound_desk):
    """Over an empty project."""
    return open_sound_desk()


def test_engines_of_sound_are_listed_and_asked_only_when_chosen(desk):
    choice = desk.panel.engine.choice

    assert [choice.itemText(number) for number in range(2)] == ["Composer", "MusicGen"]
    assert desk.sound.models("musicgen") is None
    assert not desk.panel.sound.isVisible()

    desk.choose()

    assert desk.panel.sound.isVisible()
    assert not desk.panel.stems.isVisible()
    assert not desk.panel.fields["chords"].isVisible()


def test_licence_and_path_of_the_chosen_model_are_said_plainly(desk):
    desk.choose()
    first = desk.panel.engine.licence.whole, desk.panel.sound.model.said.whole

    desk.panel.sound.model.choice.activated.emit(1)

    assert first == ("CC-BY-NC 4.0, not for commercial use", "Decodes by: torch fp32, 1 thread")
    assert desk.panel.model.sound.model_id == "tune"
    assert desk.panel.engine.licence.whole == "CC0-1.0, free to use commercially"


def test_without_a_model_the_library_is_offered_and_nothing_can_be_composed(desk, qtbot):
    desk.maker.installed = []
    desk.choose()
    card = desk.panel.sound.model

    assert "No model of MusicGen is installed" in card.sentence.text()
    assert not desk.panel.compose_button.isEnabled()
    with qtbot.waitSignal(desk.panel.library_requested, timeout=1000):
        qtbot.mouseClick(card.library, LEFT)
    assert not desk.panel.compose()
    assert "install one in the Library" in desk.panel.notice.sentence


def test_a_broken_process_is_one_sentence_and_another_try(desk, qtbot):
    desk.maker.broken = GenerationFailedError("The process that makes sound cannot be started.")
    desk.choose()
    said = desk.panel.sound.model.sentence.text()
    desk.maker.broken = None

    qtbot.mouseClick(desk.panel.sound.model.retry, LEFT)

    assert said == "The process that makes sound cannot be started."
    assert desk.panel.model.sound.model_id == "tiny"


def test_what_is_typed_becomes_the_request(desk, qtbot):
    desk.choose()
    desk.panel.model.set_prompt("slow piano")
    desk.panel.model.set_variations(1)
    desk.panel.model.set_seed(7)
    desk.panel.sound.more.setChecked(True)
    for field, text in (
        ("seconds", "2"),
        ("guidance", "4.5"),
        ("temperature", "0,8"),
        ("top_k", "90"),
        ("top_p", "0.5"),
    ):
        desk.type_into(field, text)

    qtbot.mouseClick(desk.panel.compose_button, LEFT)

    (request,) = desk.maker.requests
    assert (request.model, request.prompt, request.seconds, request.seed) == ("tiny", "slow piano", 2.0, 7)
    assert (request.guidance, request.temperature) == (4.5, 0.8)
    assert (request.top_k, request.top_p) == (90, 0.5)


def test_bars_and_seconds_give_way_to_each_other(desk):
    desk.choose()
    desk.type_into("seconds", "20")
    QTest.keyClicks(desk.panel.fields["bars"].line, "8")
    after_bars = desk.panel.model.sound.texts["seconds"]

    desk.type_into("seconds", "30")

    assert after_bars == ""
    assert desk.panel.model.texts["bars"] == ""
    assert desk.panel.model.wish().seconds == 30.0


def test_a_value_beyond_its_limits_is_said_at_once_and_nothing_is_sent(desk):
    desk.choose()
    desk.type_into("guidance", "11")

    assert "choose 1 to 10" in desk.panel.problem.text()
    assert not desk.panel.compose_button.isEnabled()


def test_arrows_step_a_number_and_finely_with_shift(desk):
    desk.choose()
    line = desk.panel.sound.fields["temperature"].line
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Up)
    QTest.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    assert desk.panel.model.sound.texts["temperature"] == "1.09"


def test_a_dropped_file_is_the_melody_of_a_model_that_follows_one(desk, tmp_path):
    desk.choose()
    (tmp_path / "tune.wav").touch()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "tune.wav"))])
    row = desk.panel.sound.melody
    assert not row.isVisible()  # the first model follows none
    desk.panel.model.sound.choose("tune")

    drop = QDropEvent(
        QPointF(QPoint(10, 10)),
        Qt.DropAction.CopyAction,
        data,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    row.dropEvent(drop)

    assert row.name.whole == "tune"
    assert desk.panel.model.wish().sound.melody == str(tmp_path / "tune.wav")
    desk.panel.model.sound.choose("tiny")
    assert desk.panel.model.wish().sound.melody == ""


def test_a_track_of_the_project_can_be_the_melody(open_sound_desk, song_project):
    desk = open_sound_desk(song_project)
    desk.choose()
    desk.panel.model.sound.choose("tune")
    menu = desk.panel.sound.melody.menu
    menu.aboutToShow.emit()
    actions = [each for each in menu.actions() if not each.isSeparator()]

    actions[1].trigger()

    melody = desk.project.track_of("melody")
    assert actions[1].text() == melody.name
    assert desk.panel.sound.melody.name.whole == melody.name
    assert desk.panel.model.wish().sound.melody_track == melody.id


def test_sound_goes_on_from_the_song_remakes_audio_and_adds_a_layer(open_sound_desk, song_project):
    desk = open_sound_desk(song_project)
    desk.choose()
    model, bar = desk.panel.model, 4 * 960

    model.set_mode("continue")
    goes_on = model.wish().mode
    model.set_mode("layer")
    desk.bridges.selection.select_span(2 * bar, 4 * bar)
    layer = model.wish().mode
    model.set_mode("remake")
    desk.bridges.selection.select_tracks(song_project.tracks[0].id)
    refused = model.offer

    assert goes_on == Continue(9)
    assert layer == Layer("", 3, 4)
    assert refused.mode is None
    assert "Select an audio track" in refused.sentence


def test_bars_of_an_audio_track_are_made_again(desk):
    desk.choose()
    desk.panel.model.set_prompt("slow piano")
    desk.panel.model.set_length("bars", "2")
    desk.panel.model.set_variations(1)
    assert desk.panel.compose()
    desk.takes.keep(desk.takes.candidates[0])
    track = next(track for track in desk.project.tracks if track.kind == "audio")
    desk.bridges.selection.select_tracks(track.id)
    desk.bridges.selection.select_span(3840, 7680)

    desk.panel.model.set_mode("remake")

    assert desk.panel.model.wish().mode == RemakeRange((), 2, 2, track.id)
    assert desk.panel.prompt.isVisible()


def test_the_settings_of_a_take_come_back_into_the_panel(desk):
    desk.choose()
    desk.panel.model.set_prompt("slow piano")
    desk.type_into("seconds", "2")
    desk.type_into("guidance", "4")
    desk.panel.model.set_variations(1)
    assert desk.panel.compose()
    desk.panel.model.set_engine("composer")
    desk.panel.model.clear()

    desk.panel.use_settings(desk.takes.candidates[0])

    model = desk.panel.model
    assert (model.engine.id, model.prompt, model.sound.model_id) == ("musicgen", "slow piano", "tiny")
    assert (model.sound.texts["seconds"], model.sound.texts["guidance"]) == ("2", "4")


def test_a_model_that_comes_with_the_settings_of_a_take_is_made_ready(desk):
    desk.choose()
    desk.panel.model.sound.choose("tune")
    desk.panel.model.set_variations(1)
    assert desk.panel.compose()
    desk.panel.model.set_engine("composer")
    for queue in desk.queues:
        queue.held = True

    desk.panel.use_settings(desk.takes.candidates[0])
    for queue in desk.queues:
        queue.release()

    assert desk.panel.model.sound.model_id == "tune"
    assert desk.panel.model.sound.path == "torch fp32, 1 thread"


def test_a_model_that_cannot_be_loaded_says_why_and_is_tried_again_at_a_click_alone(desk, qtbot):
    asked = []

    def load(_engine, model, _report, _stop=None):
        asked.append(model)
        raise UserInputError("It needs 9 GB; choose another model.")

    desk.maker.load = load
    desk.choose()

    assert desk.panel.sound.model.sentence.text() == "It needs 9 GB; choose another model."
    assert asked == ["tiny"]
    assert desk.panel.sound.model.choice.isVisible()
    qtbot.mouseClick(desk.panel.sound.model.retry, LEFT)
    assert asked == ["tiny", "tiny"]


def test_a_take_is_heard_from_its_first_sound_on_and_ends_with_its_whole(desk):
    desk.choose()
    heard = []
    desk.takes.auditioned.connect(heard.append)
    desk.panel.model.set_prompt("slow piano")
    desk.panel.model.set_variations(1)
    assert desk.panel.compose()

    (candidate,) = desk.takes.candidates
    assert heard == [candidate.id]
    assert desk.bridges.player.heard.sources[-1].path == candidate.project.sources[0].path


def test_nothing_is_heard_by_itself_when_that_is_not_wished_or_something_plays(desk):
    desk.choose()
    desk.panel.sound.hears.setChecked(False)
    assert desk.panel.compose()
    silent = desk.takes.audition_id
    desk.panel.sound.hears.setChecked(True)
    desk.bridges.player.play(0.0)

    assert desk.panel.compose()

    assert silent == desk.takes.audition_id == ""


def test_a_newer_take_is_heard_in_place_of_one_that_nobody_asked_for(desk):
    desk.choose()
    desk.panel.model.set_variations(1)
    assert desk.panel.compose()
    assert desk.panel.compose()
    newest, oldest = desk.takes.candidates
    by_itself = desk.takes.audition_id
    desk.takes.audition(oldest)

    assert desk.panel.compose()

    assert by_itself == newest.id
    assert desk.takes.audition_id == oldest.id


def test_a_take_whose_engine_failed_says_so_and_goes_on_at_a_click(open_sound_desk, qtbot):
    maker = Maker(fail_after=2, failure=GenerationFailedError("The process that makes sound died."))
    desk = open_sound_desk(maker=maker)
    desk.choose()
    desk.panel.model.set_prompt("slow piano")
    desk.panel.model.set_variations(1)
    assert desk.panel.compose()
    ended = desk.panel.takes.ended
    said, why = desk.panel.notice.sentence, ended.toolTip()
    maker._fail_after = None

    qtbot.mouseClick(ended.go_on, LEFT)

    assert said == why == "The process that makes sound died."
    assert len(desk.takes.candidates) == 2
    assert maker.requests[-1].tokens


def test_a_take_that_failed_before_any_sound_can_be_tried_again(open_sound_desk, qtbot):
    maker = Maker(fail_after=0, failure=UserInputError("The model needs 9 GB; choose small."))
    desk = open_sound_desk(maker=maker)
    desk.choose()
    assert desk.panel.compose()
    (row,) = desk.panel.jobs.rows
    said = row.problem.text()
    maker._fail_after = None

    qtbot.mouseClick(row.retry, LEFT)

    assert said == "The model needs 9 GB; choose small."
    assert len(desk.takes.candidates) == 2
    assert desk.takes.growing.takes
