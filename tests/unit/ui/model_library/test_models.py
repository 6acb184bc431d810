"""Models in the library: cards, jobs and their progress, the filter, the switch and the map of the disk."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from musicgen_desktop.foundation import OFFLINE_VARIABLE, UserInputError, load_settings
from musicgen_desktop.generation.musicgen.library import MODEL_JSON, download_folder, model_folder
from musicgen_desktop.session.controllers import models as controllers
from musicgen_desktop.ui.bridges import JobsBridge, SoundBridge
from musicgen_desktop.ui.model_library import ModelLibraryPage
from musicgen_desktop.ui.model_library._models_view_model import ADDING
from tests.fakes.instant_queue import InstantQueue
from tests.fakes.model_folders import install
from tests.fakes.sound_maker import SoundMakerFake

SMALL = "musicgen-small"


class Hands:
    """The page with a queue that waits for the test, and what its jobs would do."""

    def __init__(self, qtbot, monkeypatch):
        self._monkeypatch = monkeypatch
        self.queue = None
        self.maker = SoundMakerFake()
        self.sound = SoundBridge(self.maker, jobs=JobsBridge(queue=InstantQueue))
        self.page = ModelLibraryPage(jobs=JobsBridge(queue=self._make), sound=self.sound)
        self._qtbot = qtbot
        qtbot.addWidget(self.page)
        self.page.resize(1280, 900)

    def _make(self, listener):
        self.queue = InstantQueue(listener)
        self.queue.held = True
        return self.queue

    def have(self, job, do):
        """What a kind of job does when it is released."""
        self._monkeypatch.setattr(getattr(controllers, job), "run", do)

    def show(self):
        self.page.show()
        return self

    def card(self, model=SMALL):
        return self.page.models.card(model)

    def click(self, widget):
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    @property
    def notice(self):
        return self.page.models.notice.sentence

    def shown(self, model=SMALL):
        """The buttons of a card that can be seen."""
        card = self.card(model)
        names = ("get", "check", "unload", "remove", "really", "keep", "progress")
        return {name for name in names if getattr(card, name).isVisibleTo(card)}


@pytest.fixture
def hands(qtbot, monkeypatch, _dressed):
    return Hands(qtbot, monkeypatch)


def put_there(_job, _report, _stop):
    install(SMALL, name="MusicGen Small")
    return SMALL


def test_a_model_in_memory_says_what_it_takes_and_can_be_unloaded(hands):
    install("tiny", name="Tiny")
    card = hands.show().card("tiny")
    before = hands.shown("tiny")

    hands.sound.prepare("musicgen", "tiny")
    loaded = card.memory.text(), hands.shown("tiny")
    hands.click(card.unload)

    assert before == hands.shown("tiny") == {"check", "remove"}
    assert loaded[0].endswith("· loaded, takes 800 MB now")
    assert loaded[1] == {"check", "unload", "remove"}
    assert "loaded" not in card.memory.text()
    assert hands.maker.in_memory == {}


def test_a_removed_model_leaves_the_memory_too(hands):
    install("tiny", name="Tiny")
    card = hands.show().card("tiny")
    hands.sound.prepare("musicgen", "tiny")

    hands.click(card.remove)
    hands.click(card.really)

    assert hands.maker.in_memory == {}


def test_a_strangers_name_is_shown_as_it_is_written(hands):
    install("mine", name="<h1>Free</h1>", licence="<img src='/etc/passwd'>")

    card = hands.show().card("mine")

    assert card.name.text() == "<h1>Free</h1>"
    assert card.name.textFormat() == card.terms.textFormat() == Qt.TextFormat.PlainText


def test_a_model_to_get_tells_size_memory_and_terms_in_words(hands):
    card = hands.show().card()

    assert card.state.text() == "Not installed"
    assert card.room.text() == "Download 2.4 GB"
    assert card.memory.text() == "Memory 1.2 GB (int8) to 2.8 GB (fp32)"
    assert card.terms.text() == "CC-BY-NC-4.0: not for commercial release"
    assert "300 M" in card.facts.text()
    assert "huggingface.co/facebook/musicgen-small" in card.get.toolTip()
    assert hands.shown() == {"get"}


def test_getting_shows_progress_with_bytes_and_time_and_ends_installed(hands, qtbot):
    hands.have("GetModel", put_there)
    hands.show().click(hands.card().get)
    (job,) = hands.queue.jobs
    hands.queue.begin(job.id, done=0.5, stage="1.2 GB of 2.4 GB", eta_s=40.0)

    assert hands.shown() == {"progress"}
    assert hands.card().progress.words.text() == "1.2 GB of 2.4 GB · 50% · about 40 s left"

    with qtbot.waitSignal(hands.page.models_changed, check_params_cb=lambda engine: engine == "musicgen"):
        hands.queue.release()
    assert hands.card().state.text() == "Installed"
    assert hands.shown() == {"check", "remove"}
    assert hands.notice == "“MusicGen Small” is installed."


def test_stopping_keeps_what_arrived_and_offers_to_go_on(hands):
    hands.show().click(hands.card().get)
    download_folder(SMALL).mkdir(parents=True)
    (download_folder(SMALL) / "x.part").write_bytes(bytes(2_000_000))

    hands.click(hands.card().progress.stop)

    assert "Get goes on from there" in hands.notice
    assert hands.card().get.text() == "Go on"
    assert "2 MB have arrived" in hands.card().room.text()
    assert hands.shown() == {"get", "remove"}


def test_a_failure_is_told_in_its_own_sentence_and_may_be_tried_again(hands):
    def fail(*_):
        raise UserInputError("The hub does not answer.")

    hands.have("GetModel", fail)
    hands.show().click(hands.card().get)
    hands.queue.release()

    assert hands.notice == "The hub does not answer."
    assert hands.shown() == {"get"}


def test_a_second_click_does_not_get_it_twice(hands):
    hands.show()
    hands.page.model.request_get(SMALL)
    hands.page.model.request_get(SMALL)

    assert len(hands.queue.jobs) == 1


def test_checking_tells_what_was_found(hands):
    install(SMALL, name="MusicGen Small")
    hands.have("CheckModel", lambda *_: "All is well.")
    hands.show().click(hands.card().check)
    hands.queue.release()

    assert hands.notice == "MusicGen Small: All is well."


def test_removing_asks_first_and_may_be_left(hands):
    install(SMALL, name="MusicGen Small")
    hands.show().click(hands.card().remove)
    assert hands.shown() == {"really", "keep"}
    hands.click(hands.card().keep)
    assert hands.shown() == {"check", "remove"}
    assert model_folder(SMALL).is_dir()

    hands.click(hands.card().remove)
    hands.click(hands.card().really)

    assert not model_folder(SMALL).exists()
    assert hands.notice == "“MusicGen Small” was removed."
    assert hands.shown() == {"get"}


def test_a_broken_model_says_why_and_can_only_be_removed(hands):
    install("torn")
    (model_folder("torn") / MODEL_JSON).unlink()
    card = hands.show().card("torn")

    assert card.state.text() == "Broken"
    assert "has no model.json" in card.problem.text()
    assert card.terms.text() == "Unknown licence: not for commercial release"
    assert hands.shown("torn") == {"remove"}


def test_a_folder_and_a_zip_are_added_with_progress_above_the_cards(hands, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "mine"))
    hands.have("AddModel", lambda *_: install("mine", name="Mine").id)
    section = hands.show().page.models
    section.add.menu().actions()[0].trigger()
    (job,) = hands.queue.jobs
    hands.queue.begin(job.id, done=0.25, stage="Converting")

    assert section.adding.text() == "mine"
    assert section.progress.isVisibleTo(section)
    assert not section.add.isEnabled()
    hands.queue.release()
    assert not section.progress.isVisibleTo(section)
    assert hands.card("mine").state.text() == "Installed"

    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(tmp_path / "other.zip"), ""))
    hands.queue.held = True
    section.add.menu().actions()[1].trigger()
    assert hands.page.model.job_of(ADDING).name == "other.zip"


def test_nothing_is_added_when_the_dialog_is_left(hands, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))

    for action in hands.show().page.models.add.menu().actions():
        action.trigger()

    assert hands.queue.jobs == ()


def test_the_filter_leaves_what_may_be_sold(hands):
    install("free", commercial_use=True, licence="CC0-1.0")
    section = hands.show().page.models

    hands.click(section.commercial)

    assert hands.card("free").isVisibleTo(section)
    assert hands.card("free").terms.text() == "CC0-1.0: what it makes may be sold"
    assert not hands.card().isVisibleTo(section)
    assert not section.nothing.isVisibleTo(section)


def test_where_nothing_may_be_sold_it_says_so(hands):
    section = hands.show().page.models

    hands.click(section.commercial)

    assert "Composer writes is your own" in section.nothing.text()
    assert section.nothing.isVisibleTo(section)
    hands.click(section.commercial)
    assert not section.nothing.isVisibleTo(section)
    assert hands.card().isVisibleTo(section)


def test_staying_offline_is_written_down_and_takes_get_away(hands):
    section = hands.show().page.models

    hands.click(section.offline)

    assert load_settings().offline
    assert not hands.card().get.isEnabled()
    assert hands.card().get.toolTip() == "Downloads are switched off"
    hands.click(section.offline)
    assert not load_settings().offline
    assert hands.card().get.isEnabled()


def test_a_switch_that_the_environment_set_cannot_be_thrown(hands, monkeypatch):
    monkeypatch.setenv(OFFLINE_VARIABLE, "1")
    section = hands.show().page.models

    assert section.offline.isChecked()
    assert not section.offline.isEnabled()
    assert OFFLINE_VARIABLE in section.offline.toolTip()


def test_the_map_shows_each_model_and_download_the_largest_first(hands, qtbot):
    install("large", name="Large", weights=bytes(900_000))
    install("little", name="Little", weights=bytes(300_000))
    download_folder(SMALL).mkdir(parents=True)
    (download_folder(SMALL) / "x.part").write_bytes(bytes(600_000))
    disk = hands.show().page.models.map

    assert disk.accessibleName() == (
        "Disk map: Large: 901 kB, MusicGen Small, downloaded: 600 kB, Little: 301 kB"
    )
    widths = [disk.rect_of(at).width() for at in range(3)]
    assert widths[0] == pytest.approx(3 * widths[2], rel=0.02)
    with qtbot.waitSignal(disk.part_chosen, check_params_cb=lambda model: model == "little"):
        qtbot.mouseClick(disk, Qt.MouseButton.LeftButton, pos=disk.rect_of(2).center().toPoint())


def test_the_keyboard_goes_along_the_map_and_has_the_card_seen(hands, qtbot):
    install("large", name="Large", weights=bytes(900_000))
    install("little", name="Little", weights=bytes(300_000))
    disk = hands.show().page.models.map
    hands.page.resize(500, 300)

    qtbot.keyClick(disk, Qt.Key.Key_Right)
    qtbot.keyClick(disk, Qt.Key.Key_Right)
    with qtbot.waitSignals([disk.part_chosen, hands.page.models.card_wanted]):
        qtbot.keyClick(disk, Qt.Key.Key_Return)

    card = hands.card("little")
    top = card.mapTo(hands.page.viewport(), card.rect().topLeft()).y()
    assert 0 <= top < hands.page.viewport().height()


def test_without_models_there_is_no_map(hands):
    section = hands.show().page.models

    assert not section.map.isVisibleTo(section)
    assert "free" in section.room.text()


def test_the_engines_card_tells_whether_a_model_of_musicgen_is_there(hands):
    hands.have("GetModel", put_there)
    hands.show()
    _, label = hands.page.engines._signs["musicgen"]
    assert label.text() == "Needs a download"

    hands.click(hands.card().get)
    hands.queue.release()

    assert label.text() == "Installed"


def test_cards_are_one_below_the_other_where_it_is_narrow(hands, qtbot):
    hands.show()
    assert hands.card("musicgen-melody").y() == hands.card().y()

    hands.page.resize(420, 500)
    qtbot.waitUntil(lambda: hands.card("musicgen-melody").y() > hands.card().y())

    assert hands.card().width() <= hands.page.viewport().width()


def test_everything_that_takes_the_focus_has_a_name(hands):
    install("large", weights=bytes(900_000))
    hands.show()

    nameless = [
        each
        for each in hands.page.models.findChildren(QWidget)
        if each.focusPolicy() != Qt.FocusPolicy.NoFocus
        and each.isVisibleTo(hands.page)
        and not each.accessibleName()
    ]

    assert nameless == []
