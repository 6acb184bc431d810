"""A bug report's file, made beside the window."""

from dataclasses import dataclass
from pathlib import Path

from musicgen_desktop.foundation import Report, StopFlag
from musicgen_desktop.session.doctor import examine, write_bundle


@dataclass(frozen=True)
class MakeBundle:
    """Examine the machine, then write all of it and the logs into one zip, with nothing private in it."""

    path: Path

    def run(self, report: Report, stop: StopFlag) -> tuple[str, ...]:
        """The names inside; raises what `write_bundle` does."""
        report(0.1, "Looking at what works on this machine")
        diagnosis = examine()
        stop.raise_if_set()
        report(0.9, "Writing")
        return write_bundle(diagnosis, self.path)
