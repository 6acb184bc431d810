"""The hub, asked through its own library; only the download process ever gets here."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from musicgen_desktop.foundation import UserInputError

from ._fetch import LineCutError
from ._hub_file import HubFile, HubListing, listing_of

_PIECE_BYTES = 1 << 17  # small, so that a slow line is stopped at once too
_TIMEOUT_S = 20.0
_NAME = "musicgen-desktop"
_BUSY = frozenset({408, 425, 429})


class Hub:
    """One repository. Every request names no user and carries no token: public models need none.

    Args:
        repository: “owner/name”.
        endpoint: the hub's address; None for that of HF_ENDPOINT, or the usual one.
    """

    def __init__(self, repository: str, endpoint: str | None = None) -> None:
        # It reads the environment when it is loaded, and takes a second for it.
        import huggingface_hub as library  # noqa: PLC0415

        self._library = library
        self._session = library.get_session()
        # The library under the hub's goes by another name in each of its versions.
        self._http: Any = import_module(type(self._session).__module__.partition(".")[0])
        self._repository = repository
        self._endpoint = endpoint

    def listing(self) -> HubListing:
        """What is to be fetched.

        Raises:
            LineCutError: when the hub does not answer.
            UserInputError: when it has no such repository, or no whole model in it.
        """
        from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError  # noqa: PLC0415

        try:
            api = self._library.HfApi(self._endpoint, token=False, library_name=_NAME)
            told = api.model_info(self._repository, files_metadata=True, timeout=_TIMEOUT_S)
        except RepositoryNotFoundError as error:
            raise self._gone(self._repository) from error
        except HfHubHTTPError as error:
            raise self._refusal(error.response.status_code, self._repository) from error
        except (self._http.HTTPError, OSError, ValueError) as error:
            raise _cut(error) from error
        return listing_of(self._repository, told.sha or "main", told.siblings or ())

    @contextmanager
    def ask(self, file: HubFile, start: int, *, revision: str) -> Iterator[tuple[int, Iterator[bytes]]]:
        """A file from that byte on, as `fetch` wants to be answered."""
        url = self._library.hf_hub_url(
            self._repository, file.name, revision=revision, endpoint=self._endpoint
        )
        wanted = {"Range": f"bytes={start}-"} if start else {}
        headers = {"User-Agent": _NAME, "Accept-Encoding": "identity", **wanted}
        try:
            with self._session.stream("GET", url, headers=headers, timeout=_TIMEOUT_S) as answer:
                begins = self._beginning(answer, file.name, start)
                yield begins, self._pieces(answer)
        except self._http.HTTPError as error:
            raise _cut(error) from error

    def _beginning(self, answer: Any, name: str, start: int) -> int:
        """The byte at which the answer begins: a server may not know how to begin in the middle."""
        status = answer.status_code
        if status == 206:
            said = str(answer.headers.get("Content-Range", ""))
            if not said.startswith(f"bytes {start}-"):
                raise LineCutError(f"an answer for other bytes: {said[:80]}")
            return start
        if status != 200:
            raise self._refusal(status, name)
        return 0

    def _pieces(self, answer: Any) -> Iterator[bytes]:
        try:
            yield from answer.iter_bytes(_PIECE_BYTES)
        except self._http.HTTPError as error:
            raise _cut(error) from error

    def _refusal(self, status: int, what: str) -> Exception:
        if status >= 500 or status in _BUSY:
            return LineCutError(f"status {status}")
        return self._gone(what)

    def _gone(self, what: str) -> UserInputError:
        return UserInputError(
            f"The hub has no “{what}” for everyone any more; get the model elsewhere and add its folder."
        )


def _cut(error: Exception) -> LineCutError:
    logging.getLogger(__name__).info("The hub: %s: %s", type(error).__name__, error)
    return LineCutError(str(error))
