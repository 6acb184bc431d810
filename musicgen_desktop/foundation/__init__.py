"""What every room stands on: errors, ids, folders, pipes, stopping and progress."""

from ._child_reader import ChildReader, UnreadableFileError
from ._disk import existing_folder, sync_file, sync_folder, write_all
from ._errors import MusicgenDesktopError, UserInputError
from ._ids import new_id
from ._log import start_log
from ._machine import is_built_app, machine_text, mending, own_program
from ._midi_ports import (
    ALSA,
    CORE_MIDI,
    JACK,
    MIDI_CLIENT_NAME,
    WINDOWS,
    MidiPort,
    NoMidiError,
    is_jack_there,
    midi_api_of,
    midi_systems,
    rtmidi_module,
)
from ._names import safe_file_name
from ._offline import OFFLINE_VARIABLE, check_online, is_offline, is_offline_by_environment
from ._paths import (
    resources_folder,
    user_cache_folder,
    user_config_folder,
    user_data_folder,
    user_log_folder,
)
from ._pipe import LARGEST_MESSAGE, FramedPipe, pipe_to_parent
from ._process_line import ProcessLine
from ._progress import Report, StopFlag, Stopped, no_report
from ._settings import Settings, load_settings, settings_path
from ._shared_page import SharedPage, Written
from ._toml import BadTomlError, parse_toml, toml_text
from ._urgency import hurry
from ._value_page import ValuePage

__all__ = [
    "ALSA",
    "CORE_MIDI",
    "JACK",
    "LARGEST_MESSAGE",
    "MIDI_CLIENT_NAME",
    "OFFLINE_VARIABLE",
    "WINDOWS",
    "BadTomlError",
    "ChildReader",
    "FramedPipe",
    "MidiPort",
    "MusicgenDesktopError",
    "NoMidiError",
    "ProcessLine",
    "Report",
    "Settings",
    "SharedPage",
    "StopFlag",
    "Stopped",
    "UnreadableFileError",
    "UserInputError",
    "ValuePage",
    "Written",
    "check_online",
    "existing_folder",
    "hurry",
    "is_built_app",
    "is_jack_there",
    "is_offline",
    "is_offline_by_environment",
    "load_settings",
    "machine_text",
    "mending",
    "midi_api_of",
    "midi_systems",
    "new_id",
    "no_report",
    "own_program",
    "parse_toml",
    "pipe_to_parent",
    "resources_folder",
    "rtmidi_module",
    "safe_file_name",
    "settings_path",
    "start_log",
    "sync_file",
    "sync_folder",
    "toml_text",
    "user_cache_folder",
    "user_config_folder",
    "user_data_folder",
    "user_log_folder",
    "write_all",
]
