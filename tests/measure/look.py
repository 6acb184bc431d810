# ruff: noqa: T201 - it prints its table
"""Songs to look at: spectrogram, loudness line and waveform of several styles, and what is plainly wrong.

    python tests/measure/look.py --out FOLDER [--style lofi --style house …]

Writes FOLDER/<style>.png and prints a row per style; the exit status is 1 when a song or stem is silent, a
mix is clipped or off centre (beyond −60 dBFS), or two styles sound the same.
"""

import argparse
import sys
import tempfile
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import numpy as np

from musicgen_desktop.dsp import loudness_curve
from musicgen_desktop.generation import Request
from musicgen_desktop.media import read_audio
from musicgen_desktop.session.controllers import ComposeSong

mpl.use("Agg")
from matplotlib import pyplot as plt

STYLES = ("lofi", "house", "trap", "drum_and_bass", "rock", "jazz", "cinematic", "chiptune")
BANDS = {
    "sub": (20, 60),
    "bass": (60, 250),
    "mid": (250, 2_000),
    "presence": (2_000, 6_000),
    "air": (6_000, 16_000),
}
MOST_OFFSET_DBFS = -60.0
MOST_ALIKE = 0.9


class Look(NamedTuple):
    """What was measured of one style's song."""

    style: str
    title: str
    lufs: float
    true_peak_dbtp: float
    offset_dbfs: float
    clipped: int
    bands_db: dict[str, float]
    stems: dict[str, float | None]
    curve: np.ndarray

    @property
    def faults(self) -> list[str]:
        """What is plainly wrong."""
        found = [f"{name} is silent" for name, level in self.stems.items() if level is None or level < -60.0]
        if self.clipped:
            found.append(f"{self.clipped} clipped samples")
        if self.offset_dbfs > MOST_OFFSET_DBFS:
            found.append(f"offset {self.offset_dbfs:.0f} dBFS")
        return found


def main() -> int:
    """Compose, draw, print."""
    parser = argparse.ArgumentParser(description="Draw songs of several styles.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--style", action="append")
    parser.add_argument("--bars", type=int, default=16)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    looks = [look_at(style, options.bars, options.seed, options.out) for style in options.style or STYLES]
    faults = [f"{look.style}: {fault}" for look in looks for fault in look.faults]
    for look in looks:
        bands = " ".join(f"{name} {level:+.0f}" for name, level in look.bands_db.items())
        stems = " ".join(f"{name} {level}" for name, level in look.stems.items())
        levels = f"{look.lufs:6.1f} LUFS {look.true_peak_dbtp:5.1f} dBTP  offset {look.offset_dbfs:4.0f} dBFS"
        print(f"{look.style:<14} {levels}")
        print(f"{'':14} bands (dB of all): {bands}\n{'':14} stems (LUFS): {stems}")
    for one, other in combinations(looks, 2):
        if alike(one, other) > MOST_ALIKE:
            faults.append(f"{one.style} and {other.style} sound the same")
    print("\n".join(faults) or "Nothing is silent, clipped, off centre or like another.")
    return 1 if faults else 0


def look_at(style: str, bars: int, seed: int, out: Path) -> Look:
    """One song of the style, drawn to `out`."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        report = ComposeSong(Request(style=style, bars=bars, seed=seed), folder).run()
        mix, rate = read_audio(folder / "mix.wav")
        draw(
            mix,
            rate,
            f"{style}: {report.title}, {report.tempo_bpm:g} BPM, {report.key}",
            out / f"{style}.png",
        )
    power = np.abs(np.fft.rfft(mix.mean(axis=1))) ** 2
    hz = np.fft.rfftfreq(len(mix), 1.0 / rate)
    return Look(
        style=style,
        title=report.title,
        lufs=report.mix.lufs or -99.0,
        true_peak_dbtp=report.mix.true_peak_dbtp or -99.0,
        offset_dbfs=20.0 * np.log10(np.abs(mix.mean(axis=0, dtype=np.float64)).max() + 1e-9),
        clipped=int(np.sum(np.abs(mix) >= 0.9999)),
        bands_db={
            name: 10.0 * np.log10(power[(hz >= low) & (hz < high)].sum() / power[1:].sum() + 1e-12)
            for name, (low, high) in BANDS.items()
        },
        stems={stem.name.lower(): stem.lufs for stem in report.stems},
        curve=mix[: 10 * rate].mean(axis=1),
    )


def alike(one: Look, other: Look) -> float:
    """The largest correlation of their first ten seconds at any shift, 0 to 1."""
    length = min(len(one.curve), len(other.curve))
    a, b = one.curve[:length], other.curve[:length]
    product = np.fft.irfft(np.fft.rfft(a, 2 * length) * np.conj(np.fft.rfft(b, 2 * length)))
    return float(np.abs(product).max() / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-12))


def draw(mix: np.ndarray, rate: int, title: str, path: Path) -> None:
    """Waveform, spectrogram on a logarithmic scale, and short-term loudness, one above the other."""
    figure, (wave, spectrum, loudness) = plt.subplots(
        3, 1, figsize=(12, 9), height_ratios=(1, 3, 1), sharex=True
    )
    seconds = np.arange(len(mix)) / rate
    wave.plot(seconds[::50], mix[::50, 0], linewidth=0.3)
    wave.set(ylim=(-1, 1), title=title)
    spectrum.specgram(
        mix.mean(axis=1) + 1e-9, NFFT=4096, Fs=rate, noverlap=2048, vmin=-140, vmax=-40, cmap="magma"
    )
    spectrum.set(yscale="log", ylim=(30, 20_000), ylabel="Hz")
    curve = loudness_curve(mix, rate, window_s=3.0, hop_s=0.1)
    loudness.plot(np.arange(len(curve)) * 0.1, curve)
    loudness.axhline(-14.0, color="grey", linewidth=0.5)
    loudness.set(ylim=(-40, -5), ylabel="LUFS, 3 s", xlabel="s")
    figure.tight_layout()
    figure.savefig(path, dpi=70)
    plt.close(figure)


if __name__ == "__main__":
    sys.exit(main())
