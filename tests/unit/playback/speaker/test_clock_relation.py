from hypothesis import given
from hypothesis import strategies as st

from musicgen_desktop.playback.speaker import ClockRelation


@given(gaps=st.lists(st.tuples(st.integers(1, 5000), st.integers(1, 5000)), max_size=20))
def test_each_input_frame_keeps_the_stream_frame_that_went_out_with_it(gaps):
    relation = ClockRelation()
    together, played = [], 0  # the stream frame of each input frame; in a gap, the awaited one
    for frames, missed in gaps:
        together += range(played, played + frames)
        played += frames
        together += [played] * missed
        relation.change(len(together) - played, input_frame=len(together))

    found = [relation.stream_frame(frame) for frame in range(len(together))]

    assert found == together


def test_after_an_overflow_the_input_runs_ahead_of_where_it_was():
    relation = ClockRelation()

    relation.change(-300, input_frame=1000)  # 300 frames came in and were lost

    assert relation.stream_frame(999) == 999
    assert relation.stream_frame(1000) == 1300
    assert relation.offset == -300
