"""Jobs as folders: request.json, rows.json, state.json, events.jsonl, checkpoints/, artifacts/. What is written is whole or not there."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
import uuid
from pathlib import Path
from typing import Any

from .job_format import JobRequest

TERMINAL = frozenset({"done", "failed", "cancelled"})
MOST_JOBS = 1_000
ID = re.compile(r"^[0-9a-f]{13}-[0-9a-f]{16}$")


class Refused(Exception):
    """An answer other than what was asked for. `status` is HTTP's."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def write_json(file: Path, value: Any) -> None:
    beside = file.with_name(f"{file.name}.new")
    with beside.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def read_json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def read_request(folder: Path) -> JobRequest:
    return JobRequest.model_validate({**read_json(folder / "request.json"), "rows": read_json(folder / "rows.json")})


class Store:
    """The jobs of one folder. One server owns it; its threads take turns."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = threading.RLock()
        root.mkdir(parents=True, exist_ok=True)

    def folder(self, job: str) -> Path:
        if not ID.match(job) or not (self.root / job / "state.json").is_file():
            raise Refused(404, "not-found", "There is no such training job on this trainer.")
        return self.root / job

    def all(self) -> list[str]:
        """Oldest first: an id begins with the time."""
        return sorted(entry.name for entry in self.root.iterdir() if ID.match(entry.name) and (entry / "state.json").is_file())

    def add(self, request: JobRequest) -> str:
        with self.lock:
            if len(self.all()) >= MOST_JOBS:
                raise Refused(507, "too-many-jobs", f"This trainer keeps {MOST_JOBS} jobs; delete some that have ended.")
            job = f"{time.time_ns() // 1_000_000:013x}-{uuid.uuid4().hex[:16]}"
            beside = self.root / f"{job}.new"
            beside.mkdir()
            asked = request.model_dump(by_alias=True, exclude_unset=True)
            write_json(beside / "rows.json", asked.pop("rows"))
            write_json(beside / "request.json", asked)
            write_json(beside / "state.json", {"state": "queued", "createdAt": now(), "attempts": 0})
            (beside / "events.jsonl").touch()
            beside.rename(self.root / job)
            return job

    def with_key(self, key: str) -> str | None:
        for job in self.all():
            if read_json(self.root / job / "request.json").get("key") == key:
                return job
        return None

    def state(self, job: str) -> dict[str, Any]:
        return read_json(self.folder(job) / "state.json")

    def change(self, job: str, **fields: Any) -> dict[str, Any]:
        with self.lock:
            state = {**self.state(job), **fields}
            write_json(self.root / job / "state.json", {name: value for name, value in state.items() if value is not None})
            return state

    def clear(self, job: str, *names: str) -> None:
        for name in names:
            place = self.root / job / name
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)

    def remove(self, job: str) -> None:
        with self.lock:
            if self.state(job)["state"] not in TERMINAL:
                raise Refused(409, "still-running", "The job has not ended; cancel it first.")
            shutil.rmtree(self.folder(job))


def now() -> int:
    """Milliseconds since 1970."""
    return int(time.time() * 1000)
