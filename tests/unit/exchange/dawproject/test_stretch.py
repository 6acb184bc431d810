"""Sound that followed the tempo: which of its seconds lie where."""

import io
from pathlib import Path

import pytest

from musicgen_desktop.exchange.dawproject import parse_dawproject
from tests.hostile.songs import archive_of

BEAT = 960
SONG = """<Project version="1.0"><Application name="x" version="1"/><Transport><Tempo unit="bpm" value="120"/>
</Transport><Structure><Track id="t" name="Loops" contentType="audio"/></Structure><Arrangement>
<Lanes timeUnit="beats"><Lanes track="t"><Clips>{clips}</Clips></Lanes></Lanes>{more}
</Arrangement></Project>"""
CLIP = """<Clip time="{time}" duration="{duration}" contentTimeUnit="beats" playStart="{start}" name="Loop">
<Warps timeUnit="beats" contentTimeUnit="seconds"><Audio channels="2" duration="2" sampleRate="48000">
<File path="a.wav"/></Audio>{warps}</Warps></Clip>"""
SLOWER = """<TempoAutomation timeUnit="beats"><RealPoint time="0" value="120" interpolation="hold"/>
<RealPoint time="2" value="60" interpolation="hold"/></TempoAutomation>"""


def read(*clips, more=""):
    """Each clip is (time, duration, playStart, warps); a warp is (beat, second)."""
    text = "".join(
        CLIP.format(
            time=time,
            duration=duration,
            start=start,
            warps="".join(f'<Warp time="{beat}" contentTime="{second}"/>' for beat, second in warps),
        )
        for time, duration, start, warps in clips
    )
    data = archive_of({"project.xml": SONG.format(clips=text, more=more), "a.wav": b"x"})
    return parse_dawproject(io.BytesIO(data), Path("a"))


def test_a_sound_that_fits_its_beats_is_left_as_it_is():
    told = read((0, 4, 0, [(0, 0), (4, 2)]))

    assert told.stretched == ()
    assert [source.path for source in told.project.sources] == ["a.wav"]


def test_a_sound_keeps_to_its_beats_when_the_tempo_changes_under_it():
    told = read((0, 4, 0, [(0, 0), (4, 2)]), more=SLOWER)

    (stretched,) = told.stretched
    assert stretched.anchors == ((0.0, 0.0), (1.0, 1.0), (3.0, 2.0))
    (source,) = told.project.sources
    assert (source.id, source.frames) == (stretched.source_id, 3 * 48_000)


def test_a_tempo_that_slides_is_followed():
    slide = SLOWER.replace('value="120" interpolation="hold"', 'value="120" interpolation="linear"')

    told = read((0, 4, 0, [(0, 0), (4, 2)]), more=slide)

    anchors = told.stretched[0].anchors
    tempo = told.project.tempo_map
    assert 6 < len(anchors) < 40
    for seconds, second in anchors:
        assert tempo.tick_at(seconds) / BEAT / 2 == pytest.approx(second, abs=1e-5)


def test_anchors_between_and_a_start_inside_are_heeded():
    told = read((8, 3, 1, [(0, 0), (2, 1.2), (4, 2)]))

    (stretched,) = told.stretched
    assert stretched.anchors == ((0.0, 0.6), (0.5, 1.2), (1.5, 2.0))
    (clip,) = told.project.tracks[0].clips
    assert (clip.start_ticks, clip.length_ticks, clip.source_offset_frames) == (8 * BEAT, 3 * BEAT, 0)


def test_silence_comes_before_and_after_what_there_is():
    told = read((0, 16, -4, [(0, 0), (8, 2)]))

    assert told.stretched[0].anchors == ((0.0, 0.0), (4.0, 2.0))
    (clip,) = told.project.tracks[0].clips
    assert (clip.start_ticks, clip.end_ticks) == (4 * BEAT, 16 * BEAT)


def test_the_same_stretch_is_made_once():
    told = read(*((at, 6, 0, [(0, 0), (6, 2)]) for at in (0, 6, 12)))

    assert len(told.stretched) == len(told.project.sources) == 1
    assert len(told.project.tracks[0].clips) == 3


def test_a_drift_that_can_be_heard_in_the_end_is_followed():
    told = read((0, 4, 0, [(0, 0), (4, 1.99)]))
    as_it_is = read((0, 4, 0, [(0, 0), (4, 1.996)]))

    assert told.stretched[0].anchors == ((0.0, 0.0), (2.0, 1.99))
    assert as_it_is.stretched == ()


def test_a_sound_that_was_not_to_be_stretched_plays_at_its_own_speed_and_is_told(monkeypatch):
    monkeypatch.setitem(globals(), "CLIP", CLIP.replace("<Audio", '<Audio algorithm="raw"'))

    told = read((0, 4, 0, [(0, 0), (4, 1.0)]))

    assert told.stretched == ()
    assert any("own speed: “Loop”" in remark for remark in told.remarks)


def test_a_sound_that_changed_its_pitch_with_the_tempo_is_told(monkeypatch):
    monkeypatch.setitem(globals(), "CLIP", CLIP.replace("<Audio", '<Audio algorithm="repitch"'))

    told = read((0, 4, 0, [(0, 0), (4, 1.0)]))

    assert len(told.stretched) == 1
    assert "Sound that changed its pitch with the tempo keeps it: “Loop”." in told.remarks


def test_a_sound_of_hours_is_not_stretched(monkeypatch):
    long = CLIP.replace('duration="2"', 'duration="7200"')
    monkeypatch.setitem(globals(), "CLIP", long)

    told = read((0, 12_000, 0, [(0, 0), (12_000, 7_200)]))

    assert told.stretched == ()
    assert any("own speed: “Loop”" in remark for remark in told.remarks)


def test_what_cannot_be_stretched_so_far_plays_at_its_own_speed_and_is_told():
    told = read((0, 40, 0, [(0, 0), (40, 2)]))

    assert told.stretched == ()
    assert any("own speed: “Loop”" in remark for remark in told.remarks)
