import pytest

from musicgen_desktop.foundation import StopFlag, Stopped
from musicgen_desktop.session.bench import bench_compose, bench_render
from musicgen_desktop.session.bench._table import median_s


@pytest.mark.parametrize("bench", [bench_compose, bench_render])
def test_a_bench_tells_where_it_is_and_can_be_stopped(bench):
    stop, told = StopFlag(), []

    def report(done, stage):
        told.append((done, stage))
        stop.set()

    with pytest.raises(Stopped):
        bench(report, stop)

    assert len(told) == 1
    assert told[0][0] == 0.0


def test_the_first_run_does_not_count():
    runs = []

    median_s(lambda: runs.append(1), StopFlag(), runs=3)

    assert len(runs) == 4
