# ruff: noqa: T201 - it prints its figures
"""Does any file bring a reader down? Thousands of files that are wrong in some way, for each reader of files
from outside.

    python -m tests.measure.fuzz_readers --reader dawproject --cases 100000 --seed 1
    python -m tests.measure.fuzz_readers --reader midi --case 4711      one again, with its traceback

A process of its own reads one file after another, under the bounds that the program's own child processes
have; who watches it counts how it ends, and begins anew behind a file that ended it or took more than 5 s.
Files that are read in a child process are then given to the real child too, when they misbehaved. Exits with
1 when a file was neither understood nor refused in words, took more than 5 s, or memory grew beyond 1 GB.
"""

import argparse
import multiprocessing
import os
import random
import resource
import sys
import time
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from musicgen_desktop.exchange.dawproject import read_dawproject
from musicgen_desktop.exchange.midi_file import read_midi
from musicgen_desktop.foundation import MusicgenDesktopError, machine_text
from tests.hostile.readers import REFUSED, UNDERSTOOD, made

LONGEST_S, MOST_BYTES = 5.0, 1 << 30
_ADDRESSES = 3 << 29
_STUCK_S = 60.0  # by the clock: other work on the machine may hold a reader up, its own time is what counts
_CHILDREN = {"dawproject": read_dawproject, "midi": read_midi}


def dice_of(name, seed, case):
    """The chance that makes a case, the same every time."""
    return random.Random(f"{name} {seed} {case}")


def read_on(name, seed, cases, told):
    """The process: read the cases one after another; tell of each what came of it."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)  # sound libraries complain there of every file
    reader, folder = made(name)
    with folder:
        before = psutil.Process().memory_info().rss
        for case in cases:
            told.send((case, None, 0.0, 0, before))
            data = reader.case(dice_of(name, seed, case))
            begun = time.process_time()
            try:
                outcome = reader.outcome(data)
            except Exception as error:  # noqa: BLE001 - that is what is looked for
                place = traceback.extract_tb(error.__traceback__)[-1]
                outcome = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}"
            took = time.process_time() - begun
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            told.send((case, outcome, took, peak, before))
    told.close()


class Watch:
    """What came of all cases of one reader."""

    def __init__(self, name, seed):
        self.name, self.seed = name, seed
        self.counts = Counter()
        self.longest = (0.0, -1)
        self.peak = self.before = 0
        self.odd = []

    def run(self, cases, minutes):
        """Read them, in as many processes as it takes, as long as there is time."""
        until = time.monotonic() + 60.0 * minutes
        first = cases.start
        while first < cases.stop and time.monotonic() < until:
            first = self._run_from(range(first, cases.stop), until)

    def _run_from(self, cases, until):
        here, there = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.Process(target=read_on, args=(self.name, self.seed, cases, there))
        process.start()
        there.close()
        case, is_open = cases.start - 1, False
        try:
            while here.poll(_STUCK_S):
                if time.monotonic() > until:
                    return case + 1
                case, outcome, took, peak, self.before = here.recv()
                is_open = outcome is None
                if not is_open:
                    self._take(case, outcome, took, peak)
            process.kill()
            self._take(case, f"stuck for {_STUCK_S:.0f} s", _STUCK_S, 0)
        except EOFError:
            process.join()
            if is_open:
                self._take(case, f"ended the process ({process.exitcode})", 0.0, 0)
            elif case < cases.start:
                raise SystemExit("The process did not begin; see --case 0.") from None
        finally:
            process.kill()
            process.join()
        return case + 1

    def _take(self, case, outcome, took, peak):
        self.counts[outcome] += 1
        self.longest = max(self.longest, (took, case))
        self.peak = max(self.peak, peak)
        if outcome not in (UNDERSTOOD, REFUSED) or took > LONGEST_S:
            self.odd.append((case, outcome, took))

    def report(self):
        """Print it; whether all went well."""
        print(f"  {sum(self.counts.values()):7,}  read")
        for outcome, count in self.counts.most_common():
            print(f"  {count:7,}  {outcome}")
        took, case = self.longest
        print(
            f"  longest {took:.3f} s (case {case});"
            f" memory {self.before >> 20} MB, at most {self.peak >> 20} MB"
        )
        for case, outcome, took in self.odd[:10]:
            print(f"  case {case}: {outcome}, {took:.2f} s{self._in_the_child(case)}")
        return not self.odd and self.peak < MOST_BYTES

    def _in_the_child(self, case):
        """What the program makes of a case that misbehaved."""
        read = _CHILDREN.get(self.name)
        if read is None:
            return ""
        reader, folder = made(self.name)
        with folder:
            reader.path.write_bytes(reader.case(dice_of(self.name, self.seed, case)))
            begun = time.monotonic()
            try:
                read(reader.path)
                came = UNDERSTOOD
            except MusicgenDesktopError as error:
                came = str(error)
        return f"; in the child after {time.monotonic() - begun:.2f} s: {came}"


def main():
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reader", required=True)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600.0, help="end after them, whatever is left")
    parser.add_argument("--case", type=int, help="read this one alone, here")
    asked = parser.parse_args()
    if asked.case is not None:
        reader, folder = made(asked.reader)
        with folder:
            data = reader.case(dice_of(asked.reader, asked.seed, asked.case))
            with suppress(BrokenPipeError):
                print(f"{len(data):,} bytes: {data[:200]!r}")
            print(reader.outcome(data))
        return 0
    print(f"{asked.reader}, {asked.cases:,} cases from {asked.first:,}, seed {asked.seed}; {machine_text()}")
    watch = Watch(asked.reader, asked.seed)
    begun = time.monotonic()
    watch.run(range(asked.first, asked.first + asked.cases), asked.minutes)
    is_well = watch.report()
    print(f"  {time.monotonic() - begun:.0f} s in all: {'well' if is_well else 'NOT WELL'}")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
