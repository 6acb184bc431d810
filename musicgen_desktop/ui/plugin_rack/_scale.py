"""How a parameter of an effect is written and read."""

import math

from musicgen_desktop.session.controllers.catalogue import EffectParameter, has_off
from musicgen_desktop.ui.widgets import typed_number


def text_of(parameter: EffectParameter, value: float, off: str) -> str:
    """“1.20 kHz”, “−6.0 dB”, “35 %”, “3.0 : 1”; `off` where 0 switches it off."""
    if has_off(parameter) and value <= 0.0:
        return off
    if parameter.unit == "dB":
        tenths = round(value * 10.0)
        return f"{'+' if tenths > 0 else '−' if tenths < 0 else ''}{abs(tenths) / 10.0:.1f} dB"
    if parameter.unit == "Hz":
        return _hertz(value)
    if parameter.unit == "ms":
        digits = 0 if value >= 10.0 else 1
        return f"{value / 1000.0:.2f} s" if value >= 1000.0 else f"{value:.{digits}f} ms"
    plain = {
        "%": f"{round(value * 100.0)} %".replace("-", "−"),
        ":1": f"{value:.1f} : 1",
        "beats": f"{value:.3f}".rstrip("0").rstrip(".") + " ♩",
        "bits": f"{value:.1f} bits",
    }
    return plain.get(parameter.unit, f"{value:.2f}")


def _hertz(value: float) -> str:
    if value >= 1000.0:
        return f"{value / 1000.0:.{2 if value < 10_000.0 else 1}f} kHz"
    return f"{value:.{0 if value >= 10.0 else 2}f} Hz"


def read(parameter: EffectParameter, text: str) -> float:
    """A value as a person types it: “1.2k”, “-6”, “35 %”, “0.5 s”, “off”, within the range.

    Raises:
        ValueError: when there is no number.
    """
    shown = text.strip().casefold().removesuffix("hz").rstrip()
    if has_off(parameter) and shown in ("off", "0"):
        return 0.0
    number = typed_number(shown)
    if not math.isfinite(number):
        raise ValueError(text)
    if (parameter.unit == "Hz" and shown.endswith("k")) or (
        parameter.unit == "ms" and shown.endswith("s") and not shown.endswith("ms")
    ):
        number *= 1000.0
    elif parameter.unit == "%":
        number /= 100.0
    return min(parameter.high, max(parameter.low, number))
