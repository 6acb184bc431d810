"""What loop-back measurements found, kept for each way to a device, its input, rate and buffer."""

from pathlib import Path

import msgspec

from musicgen_desktop.foundation import user_data_folder
from musicgen_desktop.media import write_file
from musicgen_desktop.playback.host import SpeakerOpened

_LARGEST_BYTES = 1_000_000
_MOST_FRAMES = 192_000


class _Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    host_api: str
    device: str
    input_device: str
    rate: int
    device_frames: int
    residual_frames: int


_list = msgspec.json.Decoder(list[_Known])


def residual_of(opened: SpeakerOpened) -> int:
    """Frames that this device, opened so, is later than it tells; 0 when it was never measured."""
    return next((each.residual_frames for each in _known() if _is(each, opened)), 0)


def remember_residual(opened: SpeakerOpened, frames: int) -> None:
    """Keep what was measured.

    Raises:
        CannotWriteError: when the file cannot be written.
    """
    others = [each for each in _known() if not _is(each, opened)]
    found = _Known(*_key(opened), frames)
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, msgspec.json.format(msgspec.json.encode([*others, found])))


def _known() -> list[_Known]:
    try:
        with _path().open("rb") as file:
            found = _list.decode(file.read(_LARGEST_BYTES))
    except (OSError, ValueError, msgspec.MsgspecError):
        return []  # a measurement can be made again
    return [each for each in found if abs(each.residual_frames) <= _MOST_FRAMES]


def _is(known: _Known, opened: SpeakerOpened) -> bool:
    return msgspec.structs.astuple(known)[:-1] == _key(opened)


def _key(opened: SpeakerOpened) -> tuple[str, str, str, int, int]:
    return (opened.host_api, opened.name, opened.input_device, opened.rate, opened.device_frames)


def _path() -> Path:
    return user_data_folder() / "latencies.json"
