"""The panel with the process that really composes."""

import dataclasses
from functools import partial

import pytest
from PySide6.QtCore import Qt

from musicgen_desktop.document import Project
from musicgen_desktop.generation.host import GenerationClient
from musicgen_desktop.session.controllers.generating import generate_jobs
from musicgen_desktop.ui.bridges import TakesBridge
from musicgen_desktop.ui.prompt import PromptPanel
from tests.fakes.silent_player import SilentPlayer
from tests.unit.ui.conftest import bridges_over


@pytest.mark.usefixtures("_dressed")
def test_a_take_comes_out_of_the_process_and_into_the_project(qtbot):
    client = GenerationClient()
    made = bridges_over(Project.new("Untitled"))
    bridges = dataclasses.replace(made, player=SilentPlayer(made.project))
    takes = TakesBridge(bridges.project, bridges.player, partial(generate_jobs, client=client))
    panel = PromptPanel(bridges, takes)
    qtbot.addWidget(panel)
    panel.model.set_variations(1)
    panel.model.set_prompt("lofi, 4 bars, 80 bpm")
    stages = []
    takes.job_progressed.connect(lambda job: stages.append(job.stage))

    try:
        with qtbot.waitSignal(takes.take_arrived, timeout=60_000):
            qtbot.mouseClick(panel.compose_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not takes.is_busy, timeout=10_000)
        qtbot.mouseClick(panel.takes.keep_row.button, Qt.MouseButton.LeftButton)
    finally:
        takes.close()
        client.close()

    assert "Composing" in stages
    assert takes.candidates[0].take.measured["lufs"] < 0.0
    assert bridges.project.project.tempo_map.bpm_at(0) == 80.0
    assert bridges.project.project.tracks
