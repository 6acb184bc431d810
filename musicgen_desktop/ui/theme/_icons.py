"""Icons by what they mean, drawn from one font in the theme's colours."""

from functools import lru_cache

import qtawesome
from PySide6.QtGui import QIcon

from ._current import tokens

_GLYPHS = {
    "add": "ph.plus",
    "arm": "ph.record-fill",
    "audio": "mdi6.waveform",
    "automation": "ph.chart-line",
    "back": "ph.skip-back-fill",
    "bolt": "ph.lightning",
    "browser": "ph.folder-simple",
    "bypass": "ph.power",
    "busy": "ph.hourglass-medium",
    "check": "ph.check-bold",
    "chord": "ph.music-notes-simple",
    "close": "ph.x",
    "compose": "ph.sparkle",
    "copy": "ph.copy",
    "cut": "ph.scissors",
    "dice": "ph.dice-five",
    "disk": "ph.hard-drives",
    "down": "ph.caret-down",
    "download": "ph.download-simple",
    "draw": "ph.pencil-simple",
    "drums": "ph.circles-four",
    "error": "ph.warning-octagon-fill",
    "erase": "ph.eraser",
    "export": "ph.export",
    "eye": "ph.eye",
    "fade": "mdi6.chart-bell-curve-cumulative",
    "file": "mdi6.file-music-outline",
    "fit": "ph.arrows-out-line-horizontal",
    "float": "ph.arrow-square-out",
    "folder": "ph.folder-open",
    "follow": "ph.arrow-line-right",
    "forward": "ph.skip-forward-fill",
    "frozen": "ph.snowflake",
    "glue": "ph.link-simple",
    "grip": "ph.dots-six-vertical-bold",
    "group": "ph.stack",
    "help": "ph.question",
    "history": "ph.clock-counter-clockwise",
    "info": "ph.info",
    "inspector": "ph.sliders-horizontal",
    "keyboard": "mdi6.piano",
    "layer": "ph.stack-simple",
    "library": "ph.books",
    "licence": "mdi6.certificate-outline",
    "lock": "ph.lock-simple-fill",
    "loop": "ph.repeat",
    "magnet": "ph.magnet-straight",
    "marker": "ph.flag-fill",
    "menu": "ph.list",
    "metronome": "mdi6.metronome",
    "midi": "mdi6.piano",
    "mixer": "ph.faders",
    "more": "ph.dots-three",
    "mute": "ph.speaker-slash",
    "notes": "ph.music-note",
    "open": "ph.folder-open",
    "piano_roll": "mdi6.piano",
    "play": "ph.play-fill",
    "pause": "ph.pause-fill",
    "plots": "ph.chart-bar",
    "preset": "ph.bookmark-simple",
    "range": "ph.brackets-square",
    "record": "ph.circle-fill",
    "redo": "ph.arrow-u-up-right",
    "remake": "ph.arrows-clockwise",
    "retry": "ph.arrow-clockwise",
    "return": "ph.skip-back-fill",
    "reveal": "ph.folder-open",
    "right": "ph.caret-right",
    "save": "ph.floppy-disk",
    "search": "ph.magnifying-glass",
    "select": "ph.cursor",
    "send": "ph.paper-plane-tilt",
    "settings": "ph.gear-six",
    "solo": "ph.headphones",
    "speaker": "ph.speaker-high",
    "spectrum": "ph.chart-bar",
    "split": "ph.scissors",
    "star": "ph.star",
    "star_on": "ph.star-fill",
    "stem_arp": "mdi6.stairs",
    "stem_bass": "mdi6.music-clef-bass",
    "stem_chords": "mdi6.piano",
    "stem_counter": "ph.music-notes",
    "stem_drums": "ph.circles-four",
    "stem_melody": "ph.music-note",
    "stem_pad": "ph.waves",
    "stem_percussion": "ph.hands-clapping",
    "stop": "ph.stop-fill",
    "tempo": "ph.gauge",
    "timeline": "ph.rows",
    "trash": "ph.trash",
    "undo": "ph.arrow-u-up-left",
    "unlock": "ph.lock-simple-open",
    "up": "ph.caret-up",
    "velocity": "ph.chart-bar",
    "warning": "ph.warning-fill",
    "zoom_in": "ph.magnifying-glass-plus",
    "zoom_out": "ph.magnifying-glass-minus",
}


def icon_names() -> tuple[str, ...]:
    """Every name that `icon` knows."""
    return tuple(_GLYPHS)


def icon(name: str, colour: str | None = None) -> QIcon:
    """An icon by its meaning: soft, bright when it is active, and in the accent colour when it is checked.

    Raises:
        KeyError: when there is no such icon.
    """
    worn = tokens()
    return _icon(_GLYPHS[name], colour or worn.text_soft, colour or worn.text, worn.accent, worn.line_strong)


@lru_cache(maxsize=512)
def _icon(glyph: str, plain: str, active: str, on: str, disabled: str) -> QIcon:
    made: QIcon = qtawesome.icon(
        glyph, color=plain, color_active=active, color_on=on, color_disabled=disabled, color_selected=active
    )
    return made
