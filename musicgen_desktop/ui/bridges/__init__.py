"""What panels share: the open project, the selection, playing, takes, the grid and the window's actions."""

from ._actions import Actions, Listed
from ._answers import Answers
from ._bridges import Bridges
from ._finder import Finder
from ._growing import GrowingTakes
from ._handover import HandOverBridge, PartKind, PartState
from ._jobs import JobsBridge
from ._labels import label_text
from ._learnable import LearnSpot, add_learn_lines, paint_learn_mark, tip_with_mark
from ._learning import LearnBridge, LearnTarget
from ._midi_out import MidiOutBridge
from ._player import PlayerBridge
from ._project import ProjectBridge
from ._selection import Selection
from ._snap import SNAP_CHOICES, Snap, SnapChoice, text_of_place, text_of_time
from ._sound import SoundBridge
from ._status import Mood, Status
from ._sync import SyncBridge
from ._takes import JobMaker, SoundJobMaker, TakesBridge

__all__ = [
    "SNAP_CHOICES",
    "Actions",
    "Answers",
    "Bridges",
    "Finder",
    "GrowingTakes",
    "HandOverBridge",
    "JobMaker",
    "JobsBridge",
    "LearnBridge",
    "LearnSpot",
    "LearnTarget",
    "Listed",
    "MidiOutBridge",
    "Mood",
    "PartKind",
    "PartState",
    "PlayerBridge",
    "ProjectBridge",
    "Selection",
    "Snap",
    "SnapChoice",
    "SoundBridge",
    "SoundJobMaker",
    "Status",
    "SyncBridge",
    "TakesBridge",
    "add_learn_lines",
    "label_text",
    "paint_learn_mark",
    "text_of_place",
    "text_of_time",
    "tip_with_mark",
]
