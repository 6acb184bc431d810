"""The panel from prompt to take."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from musicgen_desktop.foundation import UserInputError
from musicgen_desktop.session.controllers.generating import Candidate, New
from musicgen_desktop.session.jobs import JobHandle
from musicgen_desktop.ui.bridges import Bridges, HandOverBridge, SoundBridge, TakesBridge
from musicgen_desktop.ui.widgets import NoticeBar, TextButton

from ._actions import add_prompt_actions
from ._compose_row import ComposeButton, SeedRow
from ._engine_row import EngineRow
from ._fields import KEYS, METERS, Field, choice_field, chord_field, number_field
from ._jobs import JobList
from ._mode_row import ModeRow
from ._prompt_text import PromptText, UnderstoodChips
from ._stems_row import StemsRow
from ._view_model import FIELDS, PromptViewModel
from ._words import WordChips
from .sound import SoundBox
from .takes import TakesView

_NARROWEST, _USUAL = 320, 340


class PromptPanel(QScrollArea):
    """Prompt, settings, Compose, the queue and the takes, from top to bottom.

    What only notes or only sound can be asked for is there while such an engine is chosen.

    Args:
        bridges: of the window.
        takes: queue, shelf and auditions.
        parent: the dock.
        handover: makes the files of a take's drag handle; without it takes have none.
        sound: knows the engines of sound and their models; without it none is offered.
        dice: gives seeds; any whole numbers from 0.
    """

    library_requested = Signal()
    """An engine has no model yet."""

    def __init__(
        self,
        bridges: Bridges,
        takes: TakesBridge,
        parent: QWidget | None = None,
        *,
        handover: HandOverBridge | None = None,
        sound: SoundBridge | None = None,
        dice: Callable[[], int] | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridges, self._takes = bridges, takes
        self.model = (
            PromptViewModel(bridges, sound=sound, parent=self)
            if dice is None
            else PromptViewModel(bridges, sound=sound, dice=dice, parent=self)
        )
        page = QFrame(self)
        page.setProperty("kind", "panel")
        self.modes = ModeRow(page)
        self.prompt = PromptText(page)
        self.understood = UnderstoodChips(page)
        self._told: Candidate | None = None
        self._asked_from: QWidget | None = None
        """Where a wish was sent from by key, while nobody types on: its takes get the keyboard."""
        self.words = WordChips(page)
        self.fields: dict[str, Field] = {
            "tempo": number_field(self.tr("Tempo"), 20, 400, 120, 2),
            "key": choice_field(self.tr("Key"), KEYS),
            "meter": choice_field(self.tr("Meter"), METERS),
            "bars": number_field(self.tr("Bars"), 1, 999, 16, 4),
            "chords": chord_field(self.tr("Chords")),
        }
        self.problem = QLabel(page)
        self.problem.setProperty("kind", "bad")
        self.problem.setWordWrap(True)
        self.from_project = TextButton(
            self.tr("Tempo, key and meter from the project"), page, kind="chip", checkable=True
        )
        self.stems = StemsRow(self.model.engines[0].stems, page)
        self.engine = EngineRow(self.model.engines, page)
        self.sound = SoundBox(self.model.sound, page)
        self.seed = SeedRow(page)
        self.compose_button = ComposeButton(page)
        self.notice = NoticeBar(page)
        self.jobs = JobList(page)
        self.takes = TakesView(bridges, takes, handover, page)
        self._lay_out(page)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Compose"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(_NARROWEST)
        self._connect()
        add_prompt_actions(
            bridges.actions,
            self.model,
            compose=self.compose_by_key,
            focus=self.focus_prompt,
            stop=takes.stop_all,
        )
        self._show()
        self._show_jobs()

    def sizeHint(self) -> QSize:
        """As wide as a left dock."""
        return QSize(_USUAL, 700)

    def compose(self) -> bool:
        """Send the wish as it stands; False, and a notice, when it cannot be."""
        self.model.roll_before()
        try:
            wish = self.model.wish()
        except UserInputError as error:
            self.notice.say(str(error), mood="warn")
            return False
        self.notice.hide()
        if not self._takes.compose(wish):
            return False
        self.model.seed_sent()
        return True

    def compose_by_key(self) -> bool:
        """Compose, and give the keyboard to the takes when the first comes, unless somebody types on."""
        focused = QApplication.focusWidget()
        is_here = focused is not None and self.isAncestorOf(focused) and not self.takes.isAncestorOf(focused)
        self._asked_from = focused if is_here else None
        if not self.compose():
            self._asked_from = None
            return False
        return True

    def compose_prompt(self, prompt: str) -> bool:
        """Compose a new song from these words alone, as the start page and the examples do."""
        self.model.set_mode("new")
        self.model.set_prompt(prompt)
        return self.compose()

    def focus_prompt(self) -> None:
        """Let the next letters be the prompt's."""
        self.prompt.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(self.prompt)

    def compose_again(self, candidate: Candidate) -> None:
        """Make a take by the wish of another one, with a seed of its own."""
        self._takes.again(candidate, self.model.another_seed())

    def use_settings(self, candidate: Candidate) -> None:
        """Write a take's wish into the panel."""
        self.model.show_wish(candidate.wish)
        self._bridges.status.say(
            self.tr("These are the settings of “{name}”.").format(name=candidate.take.name)
        )

    def _lay_out(self, page: QFrame) -> None:
        row = QGridLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(6)
        for column_number, (name, stretch) in enumerate(
            (("tempo", 4), ("key", 6), ("meter", 5), ("bars", 4))
        ):
            row.addWidget(self.fields[name], 0, column_number)
            row.setColumnStretch(column_number, stretch)
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 10, 8, 10)
        column.setSpacing(6)  # 1280 by 720 shows the button whole, with two rows of chips
        above: tuple[QWidget, ...] = (self.modes, self.prompt, self.understood, self.words)
        below: tuple[QWidget, ...] = (
            self.from_project,
            self.fields["chords"],
            self.problem,
            self.stems,
            self.engine,
            self.sound,
            self.seed,
            self.compose_button,
            self.notice,
            self.jobs,
        )
        for widget in above:
            column.addWidget(widget)
        column.addLayout(row)
        for widget in below:
            column.addWidget(widget)
        column.setAlignment(self.from_project, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(self.takes, 1)

    def _connect(self) -> None:
        model, takes = self.model, self._takes
        model.changed.connect(self._show)
        self.modes.mode_requested.connect(model.set_mode)
        self.prompt.textChanged.connect(lambda: model.set_prompt(self.prompt.toPlainText()))
        self.prompt.compose_requested.connect(self.compose_by_key)
        self.prompt.textChanged.connect(self._stay)
        self.prompt.leave_requested.connect(self._go_to_takes)
        self.words.prompt_requested.connect(model.set_prompt)
        for name in FIELDS:
            change = model.set_length if name == "bars" else model.set_text
            self.fields[name].edited.connect(partial(change, name))
            self.fields[name].edited.connect(self._stay)
            self.fields[name].line.returnPressed.connect(self.compose_by_key)
        self.from_project.toggled.connect(model.set_from_project)
        self.stems.toggled.connect(model.toggle_stem)
        self.engine.engine_requested.connect(model.set_engine)
        self.sound.library_requested.connect(self.library_requested)
        self.sound.seconds_typed.connect(partial(model.set_length, "seconds"))
        self.sound.compose_requested.connect(self.compose_by_key)
        self.seed.seed_requested.connect(model.set_seed)
        self.seed.lock_requested.connect(model.lock_seed)
        self.seed.roll_requested.connect(model.roll)
        self.seed.variations_requested.connect(model.set_variations)
        self.compose_button.compose_requested.connect(self.compose)
        self.compose_button.stop_requested.connect(takes.stop_all)
        self.jobs.stop_requested.connect(takes.stop)
        self.jobs.retry_requested.connect(takes.retry)
        self.jobs.dismiss_requested.connect(takes.dismiss)
        self.jobs.times_wanted.connect(self._show_jobs)
        self.takes.example_requested.connect(self.compose_prompt)
        self.takes.settings_requested.connect(self.use_settings)
        self.takes.go_on_requested.connect(takes.go_on)
        self.takes.again_requested.connect(self.compose_again)
        takes.jobs_changed.connect(self._show_jobs)
        takes.job_progressed.connect(self._on_job)
        takes.take_arrived.connect(self._on_arrived)
        takes.failed.connect(self.notice.say)
        self._bridges.project.opened.connect(self._on_opened)

    def _show(self) -> None:
        """The state of the view model, in every part of the panel."""
        model = self.model
        is_new, mode, makes_sound = model.mode == "new", model.mode, model.engine.makes_sound
        self._takes.hears_growing = model.sound.hears
        self.modes.show_offers(model.offers, mode)
        self.prompt.show_text(model.prompt)
        self.words.show_prompt(model.prompt)
        for widget in (self.prompt, self.words):
            widget.setVisible(is_new or makes_sound)
        self.fields["chords"].setVisible(is_new and not makes_sound)
        self.engine.setVisible(is_new or len(model.engines) > 1)
        self.sound.setVisible(makes_sound)
        self._show_sound()
        if self._told is not None and self._told.wish.prompt != model.prompt.strip():
            self._told = None
            self.understood.show_words((), ())
        self.understood.setVisible(is_new and self._told is not None and bool(self.understood.items))
        for name in ("tempo", "key", "meter"):
            text = model.project_text(name) if model.is_locked else model.texts[name]
            problem = "" if model.is_locked else model.problem_of(name)
            self.fields[name].show_text(text, locked=model.is_locked, problem=problem)
        uses_bars = mode in ("new", "continue")
        bars = model.texts["bars"] if uses_bars else ""
        self.fields["bars"].show_text(bars, locked=not uses_bars, problem=model.problem_of("bars"))
        self.fields["chords"].show_text(
            model.texts["chords"], locked=False, problem=model.problem_of("chords")
        )
        self.problem.setText(model.problem)
        self.problem.setVisible(bool(model.problem))
        self.from_project.setVisible(model.has_music)
        self.from_project.setEnabled(is_new)
        blocked = self.from_project.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.from_project.setChecked(model.is_locked)
        self.from_project.blockSignals(blocked)
        layer = mode == "layer"
        self.stems.setVisible((is_new or layer) and not makes_sound)
        self.stems.show_stems(
            {model.layer_role} if layer else model.stems,
            model.missing_stems if layer else model.all_stems,
            model.all_stems,
            layer=layer,
        )
        self.engine.show_engine(model.engine, model.sound.model if makes_sound else None)
        self.seed.show_values(model.seed, model.variations, locked=model.seed_locked)
        self._show_button()

    def _show_button(self) -> None:
        running = self._takes.running
        if running is not None:
            waiting = sum(job.state == "waiting" for job in self._takes.jobs)
            self.compose_button.show_job(running, waiting)
            return
        verbs = {
            "new": self.tr("Compose"),
            "remake": self.tr("Remake"),
            "continue": self.tr("Continue"),
            "layer": self.tr("Add a layer"),
        }
        takes = self.model.variations
        count = self.tr("1 take") if takes == 1 else self.tr("{count} takes").format(count=takes)
        self.compose_button.show_idle(
            self.tr("{verb} · {count}").format(verb=verbs[self.model.mode], count=count)
        )
        self.compose_button.setEnabled(self.model.can_compose)

    def _show_sound(self) -> None:
        model = self.model
        if model.engine.makes_sound:
            self.sound.show_settings(
                model.engine.name,
                self._bridges.project.project,
                fixed_length=model.mode != "new",
            )

    def _show_jobs(self) -> None:
        self.jobs.show_jobs(self._takes.jobs)
        self._show_button()

    def _on_job(self, _job: JobHandle) -> None:
        self._show_jobs()

    def _say_failed(self, candidate: Candidate, because: str) -> None:
        """The engine failed while there was sound already: what there is lies among the takes."""
        if self._takes.can_go_on(candidate):
            self.notice.say(because, mend=self.tr("Go on"), on_mend=lambda: self._takes.go_on(candidate))
        else:
            self.notice.say(because, mend=self.tr("Retry"), on_mend=lambda: self.compose_again(candidate))

    def _on_opened(self) -> None:
        """Another project: what was written for the one before does not come back with Undo either."""
        self._asked_from = None
        self.notice.hide()
        self.prompt.document().clearUndoRedoStacks()

    def _go_to_takes(self) -> None:
        self.takes.take_focus()
        # Once all has its place: a take that came made room for itself.
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.takes, 0, 8))

    def _stay(self) -> None:
        """The next wish is being written already."""
        self._asked_from = None

    def _on_arrived(self, candidate: Candidate) -> None:
        """Say what was understood, as long as the prompt is still the same."""
        if self._asked_from is not None and self._asked_from.hasFocus():
            self._go_to_takes()
        self._asked_from = None
        because = candidate.take.measured.get("ended_because", "")
        if because:
            self._say_failed(candidate, str(because))
        if candidate.take.measured.get("stopped") is True:  # what can be done now is where one looks
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.takes.ended, 0, 8))
        if isinstance(candidate.wish.mode, New) and candidate.wish.prompt == self.model.prompt.strip():
            self._told = candidate
            self.understood.show_words(
                [(each.words, each.meaning) for each in candidate.understood], candidate.not_understood
            )
            self.understood.setVisible(bool(self.understood.items) and self.model.mode == "new")
