# ruff: noqa: T201 - it prints what it made
"""Pictures of the window in its main states, as the README shows them: the real program over a composed song.

    python tests/measure/screenshots.py --out FOLDER [--size 1600x900] [--scale 1|2] [--theme dark|light]
                                        [--language de] [--only piano_roll --only mixer] [--readme]

No screen is needed. The same call on the same machine gives the same pictures: seeds are fixed, nothing waits
for a time, and what moves stands still. `--readme` writes the few of the README to `.github`, in few colours.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

REPOSITORY = Path(__file__).parents[2]
README = {
    "playing": "window.png",
    "piano_roll": "piano_roll.png",
    "mixer_tall": "mixer.png",
    "effect": "effect.png",
    "plots_spectrum": "plots.png",
    "start": "start.png",
}
MOST_README_BYTES = 250_000
PROMPT = "dusty lo-fi, 82 bpm, F minor, 16 bars, mellow keys"
SEED = 7


def main() -> int:
    """Dress the process, open the window, go through its states."""
    parser = argparse.ArgumentParser(description="Take pictures of the window.")
    parser.add_argument("--out", type=Path, default=REPOSITORY / ".github")
    parser.add_argument("--size", default="1600x900")
    parser.add_argument("--scale", type=int, choices=(1, 2), default=1)
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--language", default="en")
    parser.add_argument("--only", action="append")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    # Paths are seen in the pictures: the folder has the same name each time.
    place = Path(tempfile.gettempdir()) / "musicgen-desktop-pictures"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        os.environ |= {
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": str(options.scale),
            "MUSICGEN_DESKTOP_HOME": str(place / "settings"),
            "HOME": str(place / "home"),
            "OPENBLAS_NUM_THREADS": "1",
            "TZ": "UTC",
        }
        # Qt reads the lines above when it loads.
        from tests.measure._tour import tour

        width, height = (int(part) for part in options.size.split("x"))
        keep: Callable[..., None] = partial(save, out=options.out, only=options.only, readme=options.readme)
        tour(keep, (width, height), place, theme=options.theme, language=options.language)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return 0


def save(name: str, image: object, *, out: Path, only: list[str] | None, readme: bool) -> None:
    """Write one picture, unless it is not wanted."""
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    if readme:
        if name not in README:
            return
        path = out / README[name]
        in_few_colours(image).save(str(path), "PNG", 0)
        size = path.stat().st_size
        assert size <= MOST_README_BYTES, f"{path} has {size} bytes"
    elif only and name not in only:
        return
    else:
        path = out / f"{name}.png"
        image.save(str(path), "PNG")
    print(path, flush=True)


def in_few_colours(image: "QImage") -> "QImage":
    """The picture in the 256 colours that it has most of; every other one becomes the nearest of them."""
    import numpy as np
    from PySide6.QtGui import QImage

    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = plain.width(), plain.height()
    pixels = np.array(plain.constBits(), np.uint8).reshape(height, width, 4)[:, :, :3].astype(np.int32)
    colours, places, counts = np.unique(
        pixels @ (1, 1 << 8, 1 << 16), return_inverse=True, return_counts=True
    )
    parts = np.stack([colours & 255, colours >> 8 & 255, colours >> 16], 1)
    most = parts[np.argsort(counts)[-256:]]
    nearest = np.array([np.argmin(((most - each) ** 2).sum(axis=1)) for each in parts], np.uint8)
    found = nearest[places].reshape(height, width)
    made = QImage(np.ascontiguousarray(found).data, width, height, width, QImage.Format.Format_Indexed8)
    made.setColorTable(
        [0xFF000000 | int(red) << 16 | int(green) << 8 | int(blue) for blue, green, red in most]
    )
    return made.copy()


if __name__ == "__main__":
    sys.path.insert(0, str(REPOSITORY))
    sys.exit(main())
