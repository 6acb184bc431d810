import hashlib

import pytest

from musicgen_desktop.media import UnreadableAudioError, content_hash


def test_the_hash_names_the_content_not_the_file(tmp_path):
    for name, content in [("a", b"one"), ("b", b"one"), ("c", b"two")]:
        (tmp_path / name).write_bytes(content)

    assert content_hash(tmp_path / "a") == content_hash(tmp_path / "b") != content_hash(tmp_path / "c")
    assert content_hash(tmp_path / "a") == "blake2b-" + hashlib.blake2b(b"one", digest_size=20).hexdigest()


def test_a_file_that_is_not_there_has_no_hash(tmp_path):
    with pytest.raises(UnreadableAudioError, match=r"none\.wav"):
        content_hash(tmp_path / "none.wav")
