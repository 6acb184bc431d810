"""What one panel asks of another: panels do not know each other."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from musicgen_desktop.ui.bridges import PartState

from ._dialogs import Dialogs
from ._importing import Importing
from ._panels import Panels
from ._services import Services
from ._track_renders import TrackRenders

if TYPE_CHECKING:
    from musicgen_desktop.ui.browser import BrowserPanel
    from musicgen_desktop.ui.inspector import InspectorPanel


class Wires(QObject):
    """Connects panels with each other and with what renders, imports and asks for them."""

    def __init__(
        self,
        panels: Panels,
        services: Services,
        importing: Importing,
        renders: TrackRenders,
        dialogs: Dialogs,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._panels, self._services = panels, services
        self._bridges, self._handover = services.bridges, services.handover
        self._importing, self._dialogs = importing, dialogs
        timeline = panels.timeline
        timeline.edit_requested.connect(lambda _clip_id: panels.show("piano_roll"))
        timeline.files_dropped.connect(importing.bring)
        timeline.files_wanted.connect(lambda clip_id: self._handover.prepare("clip", *self._with(clip_id)))
        timeline.set_files_for(self._files_of_clip, self._state_of_clip)
        self._handover.state_changed.connect(timeline.canvas.show_handles)
        self._handover.not_ready.connect(self._say_not_ready)
        timeline.use_handover(self._handover)
        timeline.freeze_requested.connect(renders.freeze)
        timeline.bounce_requested.connect(renders.bounce)
        panels.prompt.library_requested.connect(lambda: panels.show("library"))
        panels.mixer.effect_requested.connect(self._show_effect)
        panels.inspector.built.connect(self._wire_inspector)
        panels.browser.built.connect(self._wire_browser)
        self._handover.ready.connect(self._say_ready)
        self._handover.failed.connect(lambda sentence: self._bridges.status.say(sentence, "warn"))
        services.takes.failed.connect(lambda sentence: self._bridges.status.say(sentence, "bad"))

    def _wire_inspector(self, inspector: "InspectorPanel") -> None:
        inspector.insert_requested.connect(self._show_effect)
        inspector.remake_requested.connect(self._remake)
        inspector.locate_requested.connect(lambda _source_id: self._dialogs.ask_for_missing_media())

    def _wire_browser(self, browser: "BrowserPanel") -> None:
        browser.import_requested.connect(self._import)
        browser.settings_requested.connect(self._use_settings)
        browser.locate_requested.connect(lambda _source_id: self._dialogs.ask_for_missing_media())

    def _import(self, paths: Sequence[Path]) -> None:
        self._importing.bring(tuple(paths), round(self._bridges.player.tick))

    def _show_effect(self, track_id: str, insert_id: str) -> None:
        from musicgen_desktop.ui.plugin_rack import EffectPanel

        effect = self._panels.effect.panel
        assert isinstance(effect, EffectPanel)  # noqa: S101 - what its dock builds
        effect.show_insert(track_id, insert_id)
        self._panels.show("effect")

    def _remake(self, first_bar: int, last_bar: int) -> None:
        """Let the prompt panel wish for these bars anew."""
        meters = self._bridges.project.project.meter_map
        self._bridges.selection.select_span(meters.tick_of_bar(first_bar), meters.tick_of_bar(last_bar + 1))
        self._panels.prompt.model.set_mode("remake")
        self._panels.show("compose", focus=False)
        self._panels.prompt.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use_settings(self, take_id: str) -> None:
        for candidate in self._services.takes.candidates:
            if candidate.take.id == take_id:
                self._panels.prompt.use_settings(candidate)
                self._panels.show("compose", focus=False)
                return
        self._bridges.status.say(self.tr("This take is not on the shelf any more."), "warn")

    def _with(self, clip_id: str) -> tuple[str, ...]:
        """A selected clip is dragged with all that are selected."""
        chosen = self._bridges.selection.clip_ids
        return chosen if clip_id in chosen else (clip_id,)

    def _files_of_clip(self, _kind: str, clip_id: str, modifiers: Qt.KeyboardModifier) -> Sequence[Path]:
        return self._handover.files("clip", self._with(clip_id), modifiers)

    def _state_of_clip(self, clip_id: str) -> PartState:
        return self._handover.state_of("clip", self._with(clip_id))

    def _say_not_ready(self) -> None:
        self._bridges.status.say(self.tr("The files are being made: drag again when the handle has a check."))

    def _say_ready(self, names: str) -> None:
        self._bridges.status.say(self.tr("Ready to be dragged: {names}").format(names=names))
