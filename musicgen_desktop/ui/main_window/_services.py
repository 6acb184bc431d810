"""What the window is handed: everything it shows, asks and ends."""

from dataclasses import dataclass

from musicgen_desktop.session.preferences import Preferences
from musicgen_desktop.ui.bridges import Bridges, HandOverBridge, JobsBridge, SoundBridge, TakesBridge

from ._desk import Desk


@dataclass(frozen=True)
class Services:
    """All objects of one window but the widgets."""

    bridges: Bridges
    desk: Desk
    takes: TakesBridge
    jobs: JobsBridge
    handover: HandOverBridge
    sound: SoundBridge
    preferences: Preferences

    def close(self) -> None:
        """End what runs beside the window, the last one first."""
        self.handover.close()
        self.jobs.close()
        self.takes.close()
        self.sound.close()
        self.bridges.player.close()
