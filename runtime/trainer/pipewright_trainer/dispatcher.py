"""Which job runs where: one at a time on each group of GPUs (or on the CPU), the others wait in a bounded queue."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from .events import EventLog, latest
from .job_format import JobRequest
from .store import TERMINAL, Refused, Store, now, read_json

MOST_WAITING = 100
MOST_DEATHS = 3
"""A worker that dies this often without a new checkpoint between is not begun again."""
GRACE_S = 10


class Dispatcher:
    def __init__(self, store: Store, models: Path, groups: list[str], *, hub: bool) -> None:
        self.store = store
        self.models = models
        self.hub = hub
        self.groups = groups
        self.ready = threading.Condition(store.lock)
        self.waiting: list[str] = []
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        # Jobs of a server that is gone: those it ran come first, from their last checkpoint.
        states = {job: store.state(job)["state"] for job in store.all()}
        for wanted in ("running", "queued"):
            self.waiting += [job for job, state in states.items() if state == wanted]

    def start(self) -> None:
        for group in self.groups:
            threading.Thread(target=self.work, args=(group,), daemon=True).start()

    def submit(self, request: JobRequest) -> tuple[str, bool]:
        """The job, and whether it is new."""
        with self.ready:
            if request.key is not None and (known := self.store.with_key(request.key)) is not None:
                return known, False
            if len(self.waiting) >= MOST_WAITING:
                raise Refused(429, "queue-full", f"{MOST_WAITING} jobs wait already; try again when one has ended.")
            job = self.store.add(request)
            self.waiting.append(job)
            self.ready.notify()
            return job, True

    def resume(self, job: str) -> None:
        """A failed job goes on from its last checkpoint."""
        with self.ready:
            if self.store.state(job)["state"] != "failed":
                raise Refused(409, "not-failed", "Only a job that failed can be resumed.")
            if len(self.waiting) >= MOST_WAITING:
                raise Refused(429, "queue-full", f"{MOST_WAITING} jobs wait already; try again when one has ended.")
            self.store.change(job, state="queued", error=None, endedAt=None, attempts=0)
            self.waiting.append(job)
            self.ready.notify()

    def cancel(self, job: str) -> None:
        """Ends its process and removes its rows, checkpoints and files; its record stays."""
        with self.ready:
            if self.store.state(job)["state"] in TERMINAL:
                return
            self.store.change(job, state="cancelled", endedAt=now())
            if job in self.waiting:
                self.waiting.remove(job)
            worker = self.workers.get(job)
        if worker is not None:
            end(worker)
        self.store.clear(job, "rows.json", "checkpoints", "artifacts", "artifacts.new", "outcome.json")

    def place(self, job: str) -> int | None:
        with self.ready:
            return self.waiting.index(job) + 1 if job in self.waiting else None

    def stop(self) -> None:
        with self.ready:
            self.stopping = True
            self.ready.notify_all()
            workers = list(self.workers.values())
        for worker in workers:
            end(worker)

    def work(self, group: str) -> None:
        while True:
            with self.ready:
                while not self.waiting and not self.stopping:
                    self.ready.wait()
                if self.stopping:
                    return
                job = self.waiting.pop(0)
                # Begun under the lock: whoever cancels finds the process or prevents it.
                worker = self.begin(job, group)
            worker.wait()
            self.ended(job)

    def begin(self, job: str, group: str) -> subprocess.Popen[bytes]:
        folder = self.store.folder(job)
        self.store.clear(job, "outcome.json")
        self.store.change(job, state="running", startedAt=self.store.state(job).get("startedAt", now()), group=group)
        environment = {**os.environ, "TOKENIZERS_PARALLELISM": "false", "PYTHONUNBUFFERED": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
        environment["CUDA_VISIBLE_DEVICES"] = "" if group == "cpu" else group
        # The same sums in the same order each time, where the GPU's library can.
        environment.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        if not self.hub:
            environment["HF_HUB_OFFLINE"] = "1"
        command = [sys.executable, "-m", "pipewright_trainer.worker", str(folder), str(self.models), *(["--hub"] if self.hub else [])]
        with (folder / "worker.log").open("wb") as output:
            worker = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, env=environment, cwd=Path(__file__).parent.parent
            )
        self.workers[job] = worker
        return worker

    def ended(self, job: str) -> None:
        with self.ready:
            worker = self.workers.pop(job, None)
            if worker is not None and worker.stdin is not None:
                worker.stdin.close()
            if self.stopping or self.store.state(job)["state"] != "running":
                return
            folder = self.store.folder(job)
            outcome = read_json(folder / "outcome.json") if (folder / "outcome.json").exists() else None
            if outcome is None:
                self.died(job, folder, None if worker is None else worker.returncode)
                return
            self.store.change(job, **outcome, endedAt=now())
            if outcome["state"] == "done":
                self.store.clear(job, "rows.json", "checkpoints")

    def died(self, job: str, folder: Path, status: int | None) -> None:
        state = self.store.state(job)
        checkpoint = (latest(folder / "events.jsonl", "checkpoint") or {}).get("step", 0)
        deaths = 1 if checkpoint > state.get("diedAfter", -1) else state.get("attempts", 0) + 1
        text = f"The process of the training ended without a word (status {status})."
        if deaths < MOST_DEATHS:
            EventLog(folder / "events.jsonl").say("warning", code="worker-died", text=f"{text} Going on from the last checkpoint.")
            self.store.change(job, state="queued", attempts=deaths, diedAfter=checkpoint)
            self.waiting.append(job)
            self.ready.notify()
            return
        tail = (folder / "worker.log").read_bytes()[-2_000:].decode(errors="replace")
        message = f"{text} That happened {deaths} times. It may have been ended for its memory. Its last words: {tail or 'none'}"
        self.store.change(job, state="failed", endedAt=now(), error={"code": "worker-died", "message": message})


def end(worker: subprocess.Popen[bytes]) -> None:
    worker.terminate()
    try:
        worker.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def described(dispatcher: Dispatcher, job: str) -> dict[str, Any]:
    """A job as the server tells it."""
    folder = dispatcher.store.folder(job)
    request = read_json(folder / "request.json")
    state = dispatcher.store.state(job)
    progress = latest(folder / "events.jsonl", "progress")
    told = {"id": job, **{name: request.get(name) for name in ("name", "base", "stage", "method", "seed")}}
    told |= {name: value for name, value in state.items() if name not in ("attempts", "diedAfter")}
    if (place := dispatcher.place(job)) is not None:
        told["waitingPlace"] = place
    if progress is not None:
        told["progress"] = progress
    if state["state"] == "done":
        # For an engine on this machine or on the same disk, which loads an adapter by its folder.
        told["folder"] = str(folder / "artifacts")
    return told
