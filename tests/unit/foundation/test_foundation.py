import re
import threading

import pytest

from musicgen_desktop.foundation import (
    MusicgenDesktopError,
    StopFlag,
    Stopped,
    UserInputError,
    new_id,
    no_report,
    resources_folder,
    user_cache_folder,
    user_config_folder,
    user_data_folder,
    user_log_folder,
)

USER_FOLDERS = [user_cache_folder, user_config_folder, user_data_folder, user_log_folder]


def test_ids_tell_what_they_name_and_never_repeat():
    ids = [new_id("clip") for _ in range(1000)]

    assert all(re.fullmatch(r"clip-[0-9a-f]{12}", one) for one in ids)
    assert len(set(ids)) == 1000


def test_one_variable_moves_all_folders_of_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("MUSICGEN_DESKTOP_HOME", str(tmp_path))

    folders = {folder() for folder in USER_FOLDERS}

    assert len(folders) == 4
    assert all(folder.parent == tmp_path for folder in folders)


def test_without_the_variable_the_folders_are_the_systems_own(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSICGEN_DESKTOP_HOME")

    folders = [folder() for folder in USER_FOLDERS]

    assert all(folder.is_absolute() and tmp_path not in folder.parents for folder in folders)
    assert all("musicgen-desktop" in str(folder) for folder in folders)


def test_our_own_files_lie_beside_or_in_the_package():
    assert resources_folder().name == "resources"


def test_a_stop_flag_lets_work_pass_until_it_is_set():
    stop = StopFlag()

    stop.raise_if_set()
    was_set = stop.is_set
    stop.set()

    assert not was_set
    assert stop.is_set
    with pytest.raises(Stopped, match="Stopped"):
        stop.raise_if_set()


def test_another_thread_can_stop_the_work():
    stop = StopFlag()
    other = threading.Thread(target=stop.set)

    other.start()
    other.join()

    assert stop.is_set


def test_errors_for_people_share_one_family():
    assert issubclass(UserInputError, MusicgenDesktopError)
    assert issubclass(Stopped, MusicgenDesktopError)
    assert no_report(0.5, "Rendering") is None
