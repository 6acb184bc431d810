"""kill -9 at any moment, two hundred times: the project opens, and at most the last second is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

import pytest

from musicgen_desktop.document import NotesClip, Project, Track
from musicgen_desktop.music import Note
from musicgen_desktop.storage import open_project, save_project

ROUNDS = 200
LONG_ROUNDS = 10  # of these, edits are older than a second when the kill comes

# A warm process forks one editor after another, so that a round costs no start of Python. An editor opens the
# project as the window does, edits and saves until it is killed, and says each thing it did.
NURSERY = """
import os, random, sys, time
from pathlib import Path
from musicgen_desktop.storage import Journal, ProjectLock, open_project, save_project

def say(line):
    os.write(1, line.encode() + b"\\n")

def edit_for_ever(folder, seed):
    dice = random.Random(seed)
    lock = ProjectLock(folder)
    opened = open_project(folder)
    project = opened.project
    journal = Journal(folder)
    if opened.needs_save:
        journal.restart(save_project(project, folder, lock=lock))
    first = number = int(project.name)
    while True:
        number += 1
        track = project.track("a")
        clip = track.clips[0]
        notes = list(clip.notes)
        del notes[number % 7 :: 97]
        notes.append(notes[-1].__class__(number, 10, number % 128, 100))
        track = track.with_clip(clip.with_notes(tuple(notes) if len(notes) > 300 else clip.notes * 2))
        after = project.with_track(track.with_gain(-float(number % 60))).renamed(str(number))
        journal.append(project, after, "Edit")
        project = after
        say(f"edit {number} {time.monotonic()}")
        say(f"safe {first + journal.safe_edits}")
        step = dice.random()
        if step < 0.1:
            say(f"saving {number}")
            journal.restart(save_project(project, folder, lock=lock))
            say(f"safe {number}")
        elif step < 0.5:
            journal.flush()

for line in sys.stdin:
    folder, seed = line.split()
    child = os.fork()
    if child == 0:
        try:
            edit_for_ever(Path(folder), int(seed))
        finally:
            say("failed")
            os._exit(1)
    say(f"started {child}")
    os.waitpid(child, 0)
    say("ended")
"""


@dataclass
class Heard:
    """What an editor said."""

    edits: list[tuple[int, float]] = field(default_factory=list)
    safe: int = 0
    last_word: str = ""

    def take(self, line):
        word, *numbers = line.split()
        self.last_word = word
        if word == "edit":
            self.edits.append((int(numbers[0]), float(numbers[1])))
        elif word == "safe":
            self.safe = max(self.safe, int(numbers[0]))

    @property
    def age_s(self):
        return self.edits[-1][1] - self.edits[0][1] if self.edits else 0.0


def run_and_kill(nursery, folder, number):
    """One editor, killed at a moment that the round's number chooses. What it said, and when it died."""
    dice = random.Random(f"kill {number}")
    lines, in_a_save = dice.randint(0, 120), dice.random() < 0.4
    is_long = number % (ROUNDS // LONG_ROUNDS) == 0
    heard = Heard()
    nursery.stdin.write(f"{folder} {number}\n")
    nursery.stdin.flush()
    child = int(nursery.stdout.readline().removeprefix("started "))
    count = 0
    while heard.age_s < 1.3 if is_long else count < lines or (in_a_save and heard.last_word != "saving"):
        heard.take(nursery.stdout.readline())
        count += 1
        assert heard.last_word != "failed"
    spin_until = time.perf_counter() + dice.random() * 0.006  # anywhere in a save or between two writes
    while time.perf_counter() < spin_until:
        pass
    died = time.monotonic()
    os.kill(child, signal.SIGKILL)
    for line in iter(nursery.stdout.readline, "ended\n"):
        heard.take(line)
    return heard, died


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_a_killed_editor_loses_at_most_the_last_second(tmp_path):
    folder = tmp_path / "Song.mgproj"
    notes = tuple(Note(i, 10, i % 128, 100) for i in range(600))
    clip = NotesClip("c", "Riff", 0, 10**6, notes=notes)
    save_project(Project.new("0").with_track(Track("a", "Bass", "notes", clips=(clip,))), folder)
    nursery = subprocess.Popen(
        [sys.executable, "-c", NURSERY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    killed_while_saving = recovered = old_edits = reached = 0
    try:
        for number in range(ROUNDS):
            heard, died = run_and_kill(nursery, folder, number)

            opened = open_project(folder)

            reached_before, reached = reached, int(opened.project.name)
            older = [edit for edit, moment in heard.edits if moment < died - 1.0]
            last = heard.edits[-1][0] if heard.edits else reached_before
            assert reached >= max([heard.safe, reached_before, *older])
            assert reached <= last + 1
            assert opened.used_backup is None
            assert opened.project.track("a").gain_db == -float(reached % 60)
            killed_while_saving += heard.last_word == "saving"
            recovered += opened.recovered_edits > 0
            old_edits += bool(older)
    finally:
        nursery.stdin.close()
        nursery.stdout.close()
        nursery.wait()

    assert killed_while_saving > 5
    assert recovered > 20
    assert old_edits >= LONG_ROUNDS  # on a slow machine short rounds have some too
