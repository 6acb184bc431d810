"""`python -m musicgen_desktop` and the console command."""

import multiprocessing
import os
import sys


def main() -> None:
    """Start the program; the process ends with the status of what it did."""
    # A built app starts its own children through this same door.
    multiprocessing.freeze_support()
    # We render stem beside stem already; numpy's own threads would only wait for a core, spinning.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Libraries that would look online for what they miss: the one process that may says so itself.
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    from musicgen_desktop.app import run  # noqa: PLC0415 - a child of a built app must not load the program first

    sys.exit(run())


if __name__ == "__main__":
    main()
