"""Tempo, key, meter and bars are woven into a prompt, where it does not speak of them itself."""

import re

_TEMPO = re.compile(r"\d\s*bpm\b|\bbpm\s*:?\s*\d|\bbeats per minute\b", re.IGNORECASE)
# A small “a” is an article: “a minor change”.
_KEY = re.compile(
    r"\b(in|key of|key)\s*:?\s*[A-G]([#♯b♭]|[ -](sharp|flat))?(?![\w#♯♭])"
    r"|\b[A-Gb-g]([#♯b♭]|[ -](sharp|flat))?[ -]?(major|minor|maj|min)\b"
    r"|\b[A-G][#♯b♭]?m\b"
)
_METER = re.compile(r"(?<![\d/])\d{1,2}/(1|2|4|8|16|32)(?![\d/])|\b(waltz|time signature)\b", re.IGNORECASE)
_BARS = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|ten|twelve|sixteen)[ -](bars?|measures?)\b",
    re.IGNORECASE,
)


def woven(
    prompt: str,
    tempo_bpm: float | None = None,
    key: str | None = None,
    meter: str | None = None,
    bars: int | None = None,
) -> str:
    """The prompt with what is known beside it: “warm piano, 92 bpm, A minor, 4/4, 8 bars”.

    What the prompt says stands: a setting of a kind that it mentions already is left out.

    Args:
        prompt: plain words, which may be empty.
        tempo_bpm: quarter notes per minute; written to a tenth.
        key: as text, “A minor”.
        meter: as text, “4/4”.
        bars: how many.
    """
    words = prompt.strip().rstrip(".,;").rstrip()
    parts = [words] if words else []
    if tempo_bpm is not None and not _TEMPO.search(words):
        parts.append(f"{round(tempo_bpm, 1):g} bpm")
    if key and not _KEY.search(words):
        parts.append(key)
    if meter and not _METER.search(words):
        parts.append(meter)
    if bars is not None and not _BARS.search(words):
        parts.append(f"{bars} bar" if bars == 1 else f"{bars} bars")
    return ", ".join(parts)
