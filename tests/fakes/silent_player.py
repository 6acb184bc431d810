"""A transport without a playback process: it runs and stops at once, and remembers what it was told."""

from musicgen_desktop.ui.bridges import PlayerBridge


class SilentPlayer(PlayerBridge):
    """`heard` is the project value that would sound; None is the open project."""

    def __init__(self, project):
        super().__init__(project)
        self.told = []
        self.heard = None

    def open(self, speaker=None):
        self.told.append(("open", speaker))

    def play(self, tick=None, *, count_in_bars=0):  # noqa: ARG002 - as the player has it
        self.told.append(("play", tick))
        if tick is not None:
            self._set_tick(float(tick))
        self._become("playing")

    def stop(self, *, go_back=False):
        self.told.append(("stop", go_back))
        self._become("stopped")

    def locate(self, tick):
        self.told.append(("locate", tick))
        self._set_tick(max(0.0, float(tick)))

    def return_to_start(self):
        self.locate(0.0)

    def record(self, tick=None, *, count_in_bars=0):  # noqa: ARG002 - as the player has it
        self.told.append(("record", tick))
        self._become("recording")

    def pass_to(self, tick):
        """Time passes."""
        self._set_tick(float(tick))

    def set_audition(self, project, key=""):
        self.heard = project
        super().set_audition(project, key)

    def _become(self, state):
        self.state = state
        self.state_changed.emit(state)
