"""What can be done with the prompt panel from anywhere in the window."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from musicgen_desktop.ui.bridges import Actions

from ._compose_row import COMPOSE_KEY
from ._modes import ModeId
from ._view_model import PromptViewModel

translate = QCoreApplication.translate


def add_prompt_actions(
    actions: Actions,
    model: PromptViewModel,
    *,
    compose: Callable[[], object],
    focus: Callable[[], object],
    stop: Callable[[], object],
) -> None:
    """Add the panel's actions to those of the window.

    Args:
        actions: of the window.
        model: the panel's state.
        compose: sends the wish.
        focus: lets the next letters be the prompt's.
        stop: ends what is being composed.
    """
    add, group = actions.add, translate("PromptPanel", "Compose")
    add(
        "prompt.compose",
        group,
        translate("PromptPanel", "Compose"),
        compose,
        shortcuts=(COMPOSE_KEY,),
        icon="compose",
    )
    add(
        "prompt.focus",
        group,
        translate("PromptPanel", "Write a prompt"),
        focus,
        shortcuts=("Ctrl+Shift+P",),
    )
    add(
        "prompt.stop",
        group,
        translate("PromptPanel", "Stop composing"),
        stop,
        shortcuts=("Ctrl+.",),
        icon="stop",
    )
    add("prompt.roll", group, translate("PromptPanel", "Another seed"), model.roll, icon="dice")
    modes: tuple[tuple[ModeId, str], ...] = (
        ("new", translate("PromptPanel", "Mode: new song")),
        ("remake", translate("PromptPanel", "Mode: remake the selection")),
        ("continue", translate("PromptPanel", "Mode: continue from here")),
        ("layer", translate("PromptPanel", "Mode: add a layer that fits")),
    )
    for mode, text in modes:
        add(f"prompt.mode_{mode}", group, text, partial(model.set_mode, mode))
