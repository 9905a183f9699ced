"""A server of its own process and what a test asks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TOKEN = "token-of-the-tests"
LONGEST_S = 1_800


class Trainer:
    def __init__(self, data: Path, models: Path) -> None:
        self.data = data
        self.models = models
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self) -> None:
        command = [sys.executable, "-m", "pipewright_trainer", "--port", "0", "--data", str(self.data), "--models", str(self.models)]
        environment = {**os.environ, "PIPEWRIGHT_TRAINER_TOKEN": TOKEN, "CUDA_VISIBLE_DEVICES": ""}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("Listening on "):
                self.address = line.split()[-1]
                return
        raise AssertionError("the trainer did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)
            assert self.process.stdout is not None
            self.process.stdout.close()

    def kill(self) -> None:
        assert self.process is not None and self.process.stdout is not None
        self.process.kill()
        self.process.wait(30)
        self.process.stdout.close()

    def ask(self, method: str, path: str, body: Any = None, token: str | None = TOKEN) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.address + path, data, {"Authorization": f"Bearer {token}"} if token else {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                content = answer.read()
                return answer.status, content if answer.headers["Content-Type"].startswith("application/octet") else json.loads(content)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def submit(self, job: dict[str, Any]) -> str:
        status, told = self.ask("POST", "/v1/training-jobs", job)
        assert status == 201, told
        return told["id"]

    def events(self, job: str, after: int = 0) -> Any:
        """Each event with its id, as they come; the last is of type end."""
        request = urllib.request.Request(f"{self.address}/v1/training-jobs/{job}/events", headers={"Authorization": f"Bearer {TOKEN}", "Last-Event-ID": str(after)})
        number = after
        with urllib.request.urlopen(request, timeout=LONGEST_S) as answer:
            for line in answer:
                if line.startswith(b"id: "):
                    number = int(line[4:])
                if line.startswith(b"data: "):
                    yield number, json.loads(line[6:])

    def finish(self, job: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        began = time.monotonic()
        told = []
        for _, event in self.events(job):
            told.append(event)
            assert time.monotonic() - began < LONGEST_S, "the job takes too long"
        return self.ask("GET", f"/v1/training-jobs/{job}")[1], told

    def fetch(self, job: str, state: dict[str, Any], folder: Path) -> Path:
        for artifact in state["result"]["artifacts"]:
            status, content = self.ask("GET", f"/v1/training-jobs/{job}/artifacts/{artifact['hash']}")
            assert status == 200
            (folder / artifact["name"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / artifact["name"]).write_bytes(content)
        return folder
