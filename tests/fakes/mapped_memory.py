"""How much of a mapped file is in memory. Linux only."""

from pathlib import Path


def mapped_kilobytes(addresses, field):
    """A figure of /proc/self/smaps of the mappings in which addresses lie: other tests map files too."""
    total, inside = 0, False
    for line in Path("/proc/self/smaps").read_text("utf-8").splitlines():
        name, _, rest = line.partition(":")
        if "-" in name.partition(" ")[0]:
            first, end = (int(number, 16) for number in name.split()[0].split("-"))
            inside = any(first <= address < end for address in addresses)
        elif inside and name == field:
            total += int(rest.split()[0])
    return total
