"""Tracks are rendered by several threads, and each of them asks for presets."""

import threading
from collections import Counter

from musicgen_desktop.instruments import _preset_files
from musicgen_desktop.instruments._preset_files import all_presets


def test_threads_that_ask_at_once_do_not_read_at_once(monkeypatch):
    read, entered, text_of = Counter(), threading.Event(), _preset_files._text_of
    found = []
    second = threading.Thread(target=lambda: found.append(all_presets()))

    def slowly(path):
        if threading.current_thread() is second:
            entered.set()
        elif not read:
            second.start()
            entered.wait(0.2)  # without a lock it would be in here at once
        read[path] += 1
        return text_of(path)

    monkeypatch.setattr(_preset_files, "_text_of", slowly)
    _preset_files._load.cache_clear()
    found.append(all_presets())
    second.join(30)

    assert set(read.values()) == {1}
    assert found[0] is found[1]
