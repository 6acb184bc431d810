"""Colours, sizes and times of the whole window. Nothing else names a colour or a size."""

import msgspec


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """One theme. Colours are “#rrggbb”.

    Attributes:
        ground: the window; raised: panels and strips; sunken: lanes and fields.
        hover: a control under the mouse; pressed: while it is held.
        line: separators and bar lines; line_strong: beat 1, borders.
        line_faint: beats and grid steps.
        text, text_soft, text_faint: contrast at least 4.5 on every ground.
        accent: selection, play head, focus; accent_text: what is written on it.
        good, warn, bad: always beside a shape or a word.
        meter_low, meter_middle, meter_high: below −18, below −6 and above it, in dBFS.
        key_white, key_black: lanes of the piano roll.
    """

    name: str
    ground: str
    raised: str
    sunken: str
    hover: str
    pressed: str
    line: str
    line_strong: str
    line_faint: str
    text: str
    text_soft: str
    text_faint: str
    accent: str
    accent_strong: str
    accent_text: str
    good: str
    warn: str
    bad: str
    meter_low: str
    meter_middle: str
    meter_high: str
    key_white: str
    key_black: str
    clip_fill: float
    """How much of a clip's colour lies under its waveform."""


DARK = Tokens(
    name="dark",
    ground="#16181d",
    raised="#1f2229",
    sunken="#101216",
    hover="#2a2e37",
    pressed="#343945",
    line="#2b2f38",
    line_strong="#3b414d",
    line_faint="#1d2027",
    text="#e8eaf0",
    text_soft="#a9afbd",
    text_faint="#9299a9",
    accent="#5cc8ff",
    accent_strong="#2aa9ec",
    accent_text="#0b1218",
    good="#5fd38d",
    warn="#f2b84b",
    bad="#ff6b6b",
    meter_low="#4fbf7c",
    meter_middle="#f2b84b",
    meter_high="#ff6b6b",
    key_white="#171a20",
    key_black="#12141a",
    clip_fill=0.28,
)

LIGHT = Tokens(
    name="light",
    ground="#eceef2",
    raised="#ffffff",
    sunken="#f4f5f8",
    hover="#e3e6ec",
    pressed="#d5d9e2",
    line="#d3d7df",
    line_strong="#a4abb9",
    line_faint="#e4e7ec",
    text="#171a20",
    text_soft="#454c5a",
    text_faint="#5a6170",
    accent="#006a9f",
    accent_strong="#00588a",
    accent_text="#ffffff",
    good="#18703d",
    warn="#8a5a00",
    bad="#c02632",
    meter_low="#2f9d5c",
    meter_middle="#c98a12",
    meter_high="#d33a44",
    key_white="#fafbfc",
    key_black="#eceef2",
    clip_fill=0.42,
)

THEMES = {theme.name: theme for theme in (DARK, LIGHT)}


class Sizes:
    """Pixels at 100 %: a grid of four, and the type scale."""

    SPACE = (4, 8, 12, 16, 24)
    RADIUS, RADIUS_PANEL, RADIUS_CLIP = 4, 6, 3
    TINY, SMALL, BODY, TITLE, DISPLAY = 11, 12, 13, 16, 22
    CONTROL = 26
    """Height of buttons and fields."""
    TRANSPORT, STATUS = 48, 24
    FOCUS = 2


PEAK_HOLD_S = 1.5
METER_FALL_DB_S = 13.3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21.

    Source: WCAG 2.2, relative luminance and contrast ratio.
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
