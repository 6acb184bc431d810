"""Nothing reaches beyond this machine: whoever looks up a name or opens a connection elsewhere is refused.

It sees what Python's own sockets do, in any thread and however they are reached. JACK, PulseAudio and servers
of a test live on this machine and are let through.
"""

import os
import sys

LOG = "NETWORK_TRAP_LOG"
"""A variable that names a file, to which each attempt is added as a line: for processes of a test."""

_OF_ADDRESSES = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_OF_NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})

attempts = []
"""Of this process: what was tried, in words."""


class BeyondThisMachineError(OSError):
    """What whoever tries is told, as if the cable were pulled."""


def set_trap():
    """Refuse from now on; there is no way back, which is what makes it sure."""
    sys.addaudithook(_refuse)


def _refuse(event, arguments):
    if event in _OF_ADDRESSES:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in _OF_NAMES:
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode(errors="replace")
    if not isinstance(host, str) or _is_here(host):  # a path, a number of the kernel's, or nothing
        return
    told = f"{event} {host} by {' '.join(sys.argv[-2:])}"
    attempts.append(told)
    if path := os.environ.get(LOG):
        with open(path, "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib is large for every child
            log.write(f"{told}\n")
    raise BeyondThisMachineError(101, "Network is unreachable")


def _is_here(host):
    return host in ("", "localhost", "::1") or host.startswith(("127.", "::ffff:127."))
