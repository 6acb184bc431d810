"""Sound files in and out, their tags, and peaks for drawing.

Only numpy is loaded here; soundfile and soxr come with the first file.
"""

from ._errors import CannotWriteError, CannotWriteIntoError, NoSoundFileError, UnreadableAudioError
from ._flac import FlacWriter, write_flac
from ._flac_tags import read_comments
from ._hash import content_hash
from ._pcm import encoded_samples
from ._peaks import Peaks, build_peaks, load_or_build_peaks
from ._place import ToldPlace, told_place
from ._read import AudioFile, AudioInfo, ReadAudio, read_audio, read_audio_checked, read_info
from ._replacing import ReplacingFile, make_folder, write_file
from ._tags import Acid, Bext, Cue, Loop, WavTags
from ._wav import Bits, WavWriter, read_chunks, read_tags, write_wav
from ._wav_head import WavHead
from ._whole import is_whole

__all__ = [
    "Acid",
    "AudioFile",
    "AudioInfo",
    "Bext",
    "Bits",
    "CannotWriteError",
    "CannotWriteIntoError",
    "Cue",
    "FlacWriter",
    "Loop",
    "NoSoundFileError",
    "Peaks",
    "ReadAudio",
    "ReplacingFile",
    "ToldPlace",
    "UnreadableAudioError",
    "WavHead",
    "WavTags",
    "WavWriter",
    "build_peaks",
    "content_hash",
    "encoded_samples",
    "is_whole",
    "load_or_build_peaks",
    "make_folder",
    "read_audio",
    "read_audio_checked",
    "read_chunks",
    "read_comments",
    "read_info",
    "read_tags",
    "told_place",
    "write_file",
    "write_flac",
    "write_wav",
]
