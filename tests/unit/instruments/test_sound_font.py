"""SoundFonts: the cut-out sounds like the whole, and no bytes can do harm."""

import io
import struct

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from musicgen_desktop.foundation import UserInputError, resources_folder
from musicgen_desktop.instruments import BadSoundFontError, ScheduledNote, available_soundfont, render_notes
from musicgen_desktop.instruments._sound_font_file import read_sound_font
from musicgen_desktop.instruments._subset import _GAP, _chunk, subset_preset
from musicgen_desktop.music import Patch

player = pytest.importorskip("tinysoundfont._tinysoundfont")
RATE = 48_000
PIANO = Patch(source="general_midi", program=0)


def play(font, *, bank=0, program=0, drums=False, keys=(48, 60, 67)):
    font.set_output(player.OutputMode.StereoInterleaved, RATE, 0.0)
    font.set_max_voices(128)
    font.channel_set_bank(0, bank)
    font.channel_set_preset_number(0, program, drums)
    audio = np.zeros((RATE, 2), np.float32)
    for key in keys:
        font.channel_note_on(0, key, 0.8)
    font.render(audio[: RATE // 2])
    font.channel_note_off(0)
    font.render(audio[RATE // 2 :])
    return audio


def records(*rows, size):
    assert all(len(row) == size for row in rows)
    return b"".join(rows)


def generator(operator, amount):
    return struct.pack("<HH", operator, amount & 0xFFFF)


def a_small_font(
    *,
    zone=(),
    start=0,
    end=4000,
    loop=(1000, 3000),
    kind=1,
    samples=None,
    root=60,
    rate=44_100,
    preset=(0, 0),
):
    """An SF2 with one preset, one instrument and one looped sample."""
    if samples is None:
        samples = (np.sin(np.arange(4000) * 2 * np.pi / 100) * 20_000).astype("<i2").tobytes() + bytes(
            2 * _GAP
        )
    name = b"x".ljust(20, b"\0")
    program, bank = preset[1], preset[0]
    zone_bytes = b"".join(generator(*pair) for pair in zone)
    count = len(zone)
    tables = (
        _chunk(
            b"phdr",
            name
            + struct.pack("<HHHIII", program, bank, 0, 0, 0, 0)
            + name
            + struct.pack("<HHHIII", 0, 0, 1, 0, 0, 0),
        )
        + _chunk(b"pbag", struct.pack("<HHHH", 0, 0, 1, 0))
        + _chunk(b"pmod", bytes(10))
        + _chunk(b"pgen", generator(41, 0) + generator(0, 0))
        + _chunk(b"inst", name + struct.pack("<H", 0) + name + struct.pack("<H", 1))
        + _chunk(b"ibag", struct.pack("<HHHH", 0, 0, count + 2, 0))
        + _chunk(b"imod", bytes(10))
        + _chunk(b"igen", zone_bytes + generator(54, 1) + generator(53, 0) + generator(0, 0))
        + _chunk(
            b"shdr",
            name + struct.pack("<IIIIIBbHH", start, end, *loop, rate, root, 0, 0, kind) + name + bytes(26),
        )
    )
    return _chunk(
        b"RIFF",
        b"sfbk"
        + _chunk(b"LIST", b"INFO" + _chunk(b"ifil", struct.pack("<HH", 2, 1)))
        + _chunk(b"LIST", b"sdta" + _chunk(b"smpl", samples))
        + _chunk(b"LIST", b"pdta" + tables),
    )


def rendered(tmp_path, data, *, pitch=60, patch=PIANO):
    path = tmp_path / "font.sf2"
    path.write_bytes(data)
    return render_notes(patch, [ScheduledNote(0, 9600, pitch, 100)], RATE, 14_400, soundfont=path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("bank", "program", "drums"),
    [(0, 0, False), (0, 33, False), (0, 48, False), (0, 73, False), (128, 0, True)],
)
def test_the_cut_out_sounds_like_the_whole_font(bank, program, drums):
    path = available_soundfont()
    tables = read_sound_font(path)
    keys = (36, 38, 42) if drums else (48, 60, 67)
    whole = play(player.SoundFont(str(path)), bank=bank, program=program, drums=drums, keys=keys)

    subset = subset_preset(tables, tables.preset_index(bank, program), frozenset(keys))
    part = play(player.SoundFont(subset.data), drums=drums, keys=keys)

    assert len(subset.data) < path.stat().st_size / 5
    assert np.max(np.abs(whole)) > 0.05
    # In the first milliseconds a click of the recording may have been taken away.
    difference = 20 * np.log10(np.max(np.abs(part - whole), axis=1) / np.max(np.abs(whole)) + 1e-9)
    assert difference[:240].max() < -36
    assert difference[240:].max() < -50


def test_our_font_has_every_program_and_its_notice():
    tables = read_sound_font(available_soundfont())

    missing = [program for program in range(128) if tables.preset_index(0, program) is None]

    assert missing == []
    assert tables.preset_index(128, 0) is not None
    notices = list((resources_folder() / "soundfonts").glob("*LICENCE*"))
    assert "Permission is hereby granted" in notices[0].read_text("utf-8")


def test_a_plain_sf2_plays_at_its_pitch(tmp_path):
    audio = rendered(tmp_path, a_small_font(), pitch=60)

    spectrum = np.abs(np.fft.rfft(audio[:9600, 0] * np.hanning(9600)))
    assert np.argmax(spectrum) * RATE / 9600 == pytest.approx(441, abs=6)


def test_a_compressed_sample_plays_too(tmp_path):
    tone = np.sin(np.arange(8000) * 2 * np.pi / 100).astype(np.float32) * 0.5
    ogg = io.BytesIO()
    soundfile.write(ogg, tone, 44_100, format="OGG", subtype="VORBIS")
    data = a_small_font(samples=ogg.getvalue(), end=len(ogg.getvalue()), kind=17)

    audio = rendered(tmp_path, data)

    spectrum = np.abs(np.fft.rfft(audio[:9600, 0] * np.hanning(9600)))
    assert np.argmax(spectrum) * RATE / 9600 == pytest.approx(441, abs=6)


def test_a_missing_bank_or_program_falls_back(tmp_path):
    data = a_small_font()

    plain = rendered(tmp_path, data)
    other = rendered(tmp_path, data, patch=Patch(source="general_midi", program=99, bank=7))
    drums = rendered(tmp_path, data, patch=Patch(source="general_midi", is_drums=True))

    assert np.array_equal(plain, other)
    assert np.any(drums)


def test_a_quiet_beginning_that_is_not_at_rest_makes_no_click(tmp_path):
    tone = np.sin(np.arange(4000) * 2 * np.pi / 100) * np.minimum(np.arange(4000) / 2000, 1) ** 2 * 20_000
    tone[:200] += 150
    samples = tone.astype("<i2").tobytes() + bytes(2 * _GAP)

    path = tmp_path / "font.sf2"
    path.write_bytes(a_small_font(samples=samples, rate=RATE))

    audio = render_notes(PIANO, [ScheduledNote(9600, 19_200, 60, 100)], RATE, 14_400, soundfont=path)

    heard = np.flatnonzero(np.any(audio, axis=1))[0]
    steps = np.max(np.abs(np.diff(audio, axis=0)), axis=1)
    assert steps[heard - 1 : heard + 10].max() < 0.01 * steps.max()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"RIFF", "empty"),
        (b"hello, this is a letter, not a SoundFont", "not a SoundFont"),
        (b"RIFF\xff\xff\xff\xffsfbk" + bytes(40), "missing"),
        (a_small_font()[:300], "missing"),
        (a_small_font()[:-60], "missing"),
        (a_small_font(start=4000, end=100), "no playable samples"),
        (a_small_font(start=0xFFFFFF00, end=0xFFFFFFFF), "no playable samples"),
        (a_small_font(samples=b"OggS" + bytes(400), end=404, kind=17), "no playable samples"),
        (a_small_font(samples=b"OggS" + bytes(400), end=900, kind=17), "no playable samples"),
        (a_small_font(kind=0x8001), "no playable samples"),
    ],
)
def test_a_bad_font_is_one_clear_sentence(tmp_path, data, said):
    with pytest.raises(BadSoundFontError, match=r"font\.sf2") as caught:
        rendered(tmp_path, data)

    assert said in str(caught.value)
    assert isinstance(caught.value, UserInputError)


def test_a_missing_font_is_one_clear_sentence(tmp_path):
    with pytest.raises(BadSoundFontError, match="gone"):
        render_notes(PIANO, [], RATE, 10, soundfont=tmp_path / "gone.sf2")


@pytest.mark.parametrize(
    "zone",
    [
        [(0, 32767), (4, 32767)],
        [(1, -32768), (12, -32768)],
        [(2, -32768), (45, -32768), (3, 32767), (50, 32767)],
        [(51, 32767), (52, 32767)],
        [(51, -32768)],
        [(8, 32767), (9, 32767), (5, 32767), (6, 32767), (7, -32768)],
        [(33, 32767), (34, 32767), (35, 32767), (36, 32767), (38, 32767)],
        [(48, -32768)],
        [(56, -32768), (58, -32768)],
        [(46, 300), (47, -5), (57, -9)],
    ],
)
def test_wild_generators_do_no_harm(tmp_path, zone):
    try:
        audio = rendered(tmp_path, a_small_font(zone=zone))
    except BadSoundFontError:
        return

    assert np.all(np.isfinite(audio))
    assert np.max(np.abs(audio)) < 50


@pytest.mark.parametrize(
    "loop", [(0, 0), (3000, 1000), (0, 0xFFFFFFFF), (0xFFFFFFF0, 0xFFFFFFFF), (3999, 4000)]
)
def test_wild_loops_and_rates_do_no_harm(tmp_path, loop):
    for rate in (0, 1, 0xFFFFFFFF):
        audio = rendered(tmp_path, a_small_font(loop=loop, rate=rate, root=255))

        assert np.all(np.isfinite(audio))


@settings(max_examples=150)
@given(places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12))
def test_no_changed_byte_does_harm(places, tmp_path_factory):
    data = bytearray(a_small_font())
    tables = data.rindex(b"pdta")
    for place, value in places:
        # Where the tables are: a changed sample is only another sound.
        data[(tables + place % (len(data) - tables)) if place % 4 else place % 60] = value

    try:
        audio = rendered(tmp_path_factory.mktemp("fuzz"), bytes(data))
    except BadSoundFontError:
        return

    assert np.all(np.isfinite(audio))


@settings(max_examples=60)
@given(data=st.binary(max_size=200), cut=st.integers(0, 9000))
def test_cut_and_random_files_are_refused_or_play(data, cut, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")

    for candidate in (data, b"RIFF\0\0\0\0sfbk" + data, a_small_font()[:cut]):
        try:
            audio = rendered(folder, candidate)
        except BadSoundFontError:
            continue
        assert np.all(np.isfinite(audio))
