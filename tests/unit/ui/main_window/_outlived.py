"""What PySide keeps of Qt's own objects.

PySide 6.10 and later find wrappers by address. Where the wrapper of something that Qt has made and deleted
is kept, a widget of ours in its place crashes the program when it goes: its wrapper is used after its end.
"""

import gc

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QLayoutItem
from shiboken6 import dump, isValid


def outlived():
    """Wrappers whose object Qt has made and deleted, garbage apart: each as PySide describes it."""
    gc.collect()
    objects = (each for each in gc.get_objects() if issubclass(type(each), QObject))
    told = [dump(each).splitlines()[:2] for each in objects if not isValid(each)]
    return {f"{wrapper} {place}" for wrapper, place in told if "<<Deleted>>" not in place}


def kept_items():
    """How many items of layouts have wrappers. They look valid for ever: nobody hears when Qt deletes one."""
    gc.collect()
    return sum(
        issubclass(type(each), QLayoutItem) and not issubclass(type(each), QLayout)
        for each in gc.get_objects()
    )
