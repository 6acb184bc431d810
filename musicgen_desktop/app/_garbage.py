"""When Python looks for garbage: not while the window comes, and not through a whole song during a drag."""

import gc


def hold_off() -> None:
    """Look for none until `resume`: what is built now is no garbage, and each look goes through all of it."""
    gc.disable()


def resume() -> None:
    """Look for garbage again, but never among what is there now.

    A picture makes thousands of objects; with a large project every tenth look would hold it up for fifty
    milliseconds.
    """
    gc.freeze()
    gc.enable()


def begin_anew() -> None:
    """Another project was opened: what is left of the one before goes, and the new one stays."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
