"""In which order strips are mixed while old ways between them still close."""

import heapq
from collections.abc import Iterable, Mapping, Sequence


def mixing_order(wished: Sequence[str], ways: Mapping[str, Iterable[str]]) -> list[str] | None:
    """The wished order, changed only where a strip must come before one that it feeds.

    Args:
        wished: ids.
        ways: by id, the ids that it feeds; unknown ones do not count.

    Returns:
        All of `wished`; None when the ways run in a circle.
    """
    rank = {each: index for index, each in enumerate(wished)}
    feeds = {each: {rank[target] for target in ways.get(each, ()) if target in rank} for each in wished}
    if all(target > rank[each] for each in wished for target in feeds[each]):
        return list(wished)
    waiting = [0] * len(wished)
    for targets in feeds.values():
        for target in targets:
            waiting[target] += 1
    ready = [index for index, count in enumerate(waiting) if count == 0]
    order: list[str] = []
    while ready:
        each = wished[heapq.heappop(ready)]
        order.append(each)
        for target in feeds[each]:
            waiting[target] -= 1
            if waiting[target] == 0:
                heapq.heappush(ready, target)
    return order if len(order) == len(wished) else None
