import os
import time

from musicgen_desktop.playback.plan._sound_cache import make_room


def a_file(folder, name, *, size=10, age_s=0.0):
    path = folder / name
    path.write_bytes(b"x" * size)
    os.utime(path, (time.time() - age_s,) * 2)
    return path


def names(folder):
    return {path.name for path in folder.iterdir()}


def test_the_files_used_least_recently_go_until_the_rest_fits(tmp_path):
    a_file(tmp_path, "old.f32", age_s=300)
    a_file(tmp_path, "older.f32", age_s=400)
    a_file(tmp_path, "new.f32", age_s=100)
    a_file(tmp_path, "newer.f32", age_s=50)

    make_room(tmp_path, most_bytes=25)

    assert names(tmp_path) == {"new.f32", "newer.f32"}


def test_a_file_that_is_needed_now_stays_however_large(tmp_path):
    large = a_file(tmp_path, "large.f32", size=100)
    a_file(tmp_path, "other.f32", age_s=60)

    make_room(tmp_path, most_bytes=25, keep=large)

    assert names(tmp_path) == {"large.f32"}


def test_what_fits_stays(tmp_path):
    a_file(tmp_path, "a.f32")
    a_file(tmp_path, "b.f32", age_s=1e6)

    make_room(tmp_path, most_bytes=20)

    assert names(tmp_path) == {"a.f32", "b.f32"}


def test_what_a_killed_program_did_not_finish_goes_and_what_is_being_written_stays(tmp_path):
    a_file(tmp_path, "killed.part", age_s=100_000)
    a_file(tmp_path, "running.part", age_s=60)
    a_file(tmp_path, "somebody's.txt", age_s=1e6)

    make_room(tmp_path)

    assert names(tmp_path) == {"running.part", "somebody's.txt"}


def test_a_folder_that_is_missing_is_empty(tmp_path):
    make_room(tmp_path / "nowhere")

    assert names(tmp_path) == set()
