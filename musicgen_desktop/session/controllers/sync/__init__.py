"""Run together with other machines: send clocks, or follow one."""

from musicgen_desktop.exchange.live_sync import MidiDiedError
from musicgen_desktop.exchange.live_sync.sync import TIMECODE_RATES, FollowKind, TimecodeRate

from ._look import LookAtMasters, MasterSeen
from ._run import FollowSync, SendSync, SyncReport, sentence_of
from ._settings import OWN_PORT, SyncSettings
from ._sync import Sync

__all__ = [
    "OWN_PORT",
    "TIMECODE_RATES",
    "FollowKind",
    "FollowSync",
    "LookAtMasters",
    "MasterSeen",
    "MidiDiedError",
    "SendSync",
    "Sync",
    "SyncReport",
    "SyncSettings",
    "TimecodeRate",
    "sentence_of",
]
