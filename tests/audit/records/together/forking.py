"""
Processes that cost what their work costs: one has imported everything, and each further one is a fork of it.
What a process tells, line by line, is heard by the one that began it. The parent keeps no connection to any database
while it forks, because two processes must not speak over one.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import IO, Any

Tell = Callable[[Any], object]
Ready = Callable[[], None]


@dataclass
class Child:
    pid: int
    hears: IO[str]
    told: list[Any] = field(default_factory=list)

    def listen(self, until: int | None = None) -> list[Any]:
        """To so many words in all, or to the end; half a word, of a process killed while telling, was not told."""
        while (until is None or len(self.told) < until) and (line := self.hears.readline()).endswith("\n"):
            self.told.append(json.loads(line))
        return self.told

    def end(self) -> int:
        self.listen()
        self.hears.close()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def fork(work: Callable[[Tell], None]) -> Child:
    reads, writes = os.pipe()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        os.close(writes)
        return Child(pid, os.fdopen(reads))
    os.close(reads)
    status = 1
    try:
        # one write of one line: no other thread's words come in between
        work(lambda word: os.write(writes, (json.dumps(word) + "\n").encode()))
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def together(tasks: Sequence[Callable[[Tell, Ready], None]]) -> list[Child]:
    """Every task in a process of its own. Each does what it needs first; from `ready()` on all go at one moment."""
    waits, starts = os.pipe()

    def begin(task: Callable[[Tell, Ready], None], tell: Tell) -> None:
        os.close(starts)

        def ready() -> None:
            tell("ready")
            os.read(waits, 1)

        task(tell, ready)

    children = [fork(partial(begin, task)) for task in tasks]
    for child in children:
        child.listen(1)
    os.close(starts)  # whoever waits for a word hears the end instead
    with ThreadPoolExecutor(len(children)) as pool:
        statuses = list(pool.map(Child.end, children))
    os.close(waits)
    assert not any(statuses), f"a process failed: {statuses}"
    return children
