"""What a job tells, one JSON object a line. A line's number, from 1, is its id: whoever lost the connection asks for what comes after the last it saw."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path
from typing import Any

MOST_EVENTS = 250_000
MOST_TEXT = 20_000
TAIL_BYTES = 256 * 1024


class EventLog:
    """Appends; one process writes. A line that a killed process left half written is taken off."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.count = 0
        if file.exists():
            content = file.read_bytes()
            whole = content.rfind(b"\n") + 1
            if whole < len(content):
                with file.open("r+b") as stream:
                    stream.truncate(whole)
            self.count = content.count(b"\n", 0, whole)

    def say(self, kind: str, **fields: Any) -> None:
        if self.count >= MOST_EVENTS and kind in ("progress", "log"):
            return
        event = {"type": kind, "at": int(time.time() * 1000), **{name: bounded(value) for name, value in fields.items()}}
        with self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(event, ensure_ascii=False) + "\n")
        self.count += 1


def bounded(value: Any) -> Any:
    """JSON knows no NaN and no infinity; a text has an end."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str) and len(value) > MOST_TEXT:
        return value[:MOST_TEXT] + "…"
    return value


def latest(file: Path, kind: str) -> dict[str, Any] | None:
    """The last event of a kind, looked for near the end alone."""
    if not file.exists():
        return None
    with file.open("rb") as stream:
        stream.seek(0, 2)
        stream.seek(max(0, stream.tell() - TAIL_BYTES))
        lines = stream.read().split(b"\n")
    for line in reversed(lines):
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and event.get("type") == kind:
            return event
    return None
