"""What a bug report needs, with nothing private in it."""

import getpass
import io
import os
import re
import zipfile
from pathlib import Path

import msgspec

from musicgen_desktop.foundation import user_log_folder
from musicgen_desktop.media import write_file

from ._examine import Diagnosis

_LOG_BYTES = 200_000
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'")
_OUR_CODE = re.compile(r"(?:musicgen_desktop|site-packages|lib/python[\d.]+)[/\\][^\"]*\.py\"$")
_AT_HOME = re.compile(r"~[/\\][^\n\"]*")
# A name may hold blanks, so everything up to the next separator goes; without one, up to the next blank.
_HOMES = re.compile(
    r"/(?:home|Users)/(?:[^/\n\"]+(?=/)|[^/\s\"]+)"
    r"|[A-Za-z]:(?:\\\\|\\|/)Users(?:\\\\|\\|/)(?:[^\\/\n\"]+(?=[\\/])|[^\\/\s\"]+)"
)


def write_bundle(diagnosis: Diagnosis, path: Path) -> tuple[str, ...]:
    """Write a zip with the diagnosis and the last of each log; returns the names inside.

    Folders of the user become `~`, the user's name `user`, and whatever stands in quotes (prompts, file
    names) is left out. No project, no sound and no setting goes in.

    Raises:
        CannotWriteError: no such folder, no right, disk full.
    """
    parts = {"doctor.json": msgspec.json.format(msgspec.json.encode(diagnosis), indent=2).decode()}
    for log in sorted(user_log_folder().glob("*.log")):
        parts[f"logs/{log.name}"] = _told_to_strangers(log.read_text("utf-8", "replace")[-_LOG_BYTES:])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, text in parts.items():
            bundle.writestr(name, without_private(text))
    write_file(path, packed.getvalue())
    return tuple(parts)


def _told_to_strangers(text: str) -> str:
    """A log without what it quotes (places in code excepted) and without the user's own file names."""
    text = _QUOTED.sub(
        lambda quoted: f'"{found[0]}' if (found := _OUR_CODE.search(quoted[0])) else "“…”", text
    )
    return _AT_HOME.sub("~/…", without_private(text))


def without_private(text: str) -> str:
    r"""The text with home folders and the user's name taken out.

    >>> without_private("/home/ada/songs/x.wav and C:\\Users\\Ada Lovelace\\x.wav")
    '~/songs/x.wav and ~\\x.wav'
    """
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home.replace("\\", "\\\\"), "~").replace(home, "~")  # JSON doubles backslashes
    text = _HOMES.sub("~", text)
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # Windows has no `pwd` to ask
        user = os.environ.get("USERNAME", "")
    if len(user) > 2 and user != "root":
        text = re.sub(rf"\b{re.escape(user)}\b", "user", text)
    return text
