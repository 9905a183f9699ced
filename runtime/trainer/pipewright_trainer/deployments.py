"""Which finished jobs answer under which name. Kept in a file, so that they do so after a restart too."""

from __future__ import annotations

import json
import re
import threading
from pathlib import Path
from typing import Any

from .base_files import PICKLES, base_location, hash_of_base
from .bases import listed
from .failures import JobFailure
from .job_format import WEIGHTS
from .store import ID, Refused, Store, read_json, write_json

MOST_DEPLOYMENTS = 50
NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$")


class Deployments:
    def __init__(self, file: Path, store: Store, models: Path) -> None:
        self.file = file
        self.store = store
        self.models = models
        self.lock = threading.Lock()
        self.jobs: dict[str, str] = read_json(file) if file.exists() else {}

    def load(self, name: Any, path: Any, *, in_place: bool = False) -> str:
        """`path`: a job's id, or the folder of its files. Returns the job. As vLLM's load_lora_adapter, but for files of this trainer's alone."""
        if not isinstance(name, str) or not NAME.match(name):
            raise Refused(400, "invalid", "lora_name: letters, digits and . _ @ - only, 100 at most.")
        job = self.job_at(path)
        self.check(job)
        with self.lock:
            if name in (base["name"] for base in listed(self.models)):
                raise Refused(400, "name-taken", f"A base model is called {name!r} already.")
            if self.jobs.get(name) == job:
                return job
            if name in self.jobs and not in_place:
                raise Refused(400, "name-taken", f"The lora adapter {name!r} has already been loaded, from another job. Unload it first, or take another name.")
            if name not in self.jobs and len(self.jobs) >= MOST_DEPLOYMENTS:
                raise Refused(400, "too-many", f"{MOST_DEPLOYMENTS} models are loaded already; unload one first.")
            self.keep({**self.jobs, name: job})
        return job

    def unload(self, name: Any) -> None:
        with self.lock:
            if name not in self.jobs:
                raise Refused(404, "not-found", f"The lora adapter {name!r} cannot be found.")
            self.keep({known: job for known, job in self.jobs.items() if known != name})

    def names_of(self, job: str) -> list[str]:
        with self.lock:
            return [name for name, known in self.jobs.items() if known == job]

    def keep(self, jobs: dict[str, str]) -> None:
        write_json(self.file, jobs)
        self.jobs = jobs

    def job_at(self, path: Any) -> str:
        given = str(path)
        folder = Path(given)
        job = given if ID.match(given) else folder.parent.name if folder.name == "artifacts" else ""
        if not ID.match(job) or (not ID.match(given) and folder.resolve() != (self.store.root / job / "artifacts").resolve()):
            raise Refused(404, "not-found", "lora_path: the id of a training job of this trainer, or the folder of its files.")
        self.store.folder(job)
        return job

    def check(self, job: str) -> None:
        state = self.store.state(job)
        if state["state"] != "done":
            raise Refused(409, "not-done", "The training job has not come to its end.")
        folder = self.store.folder(job) / "artifacts"
        pickles = [file.name for file in folder.rglob("*") if file.suffix in PICKLES]
        if pickles:
            raise Refused(400, "pickle", f"{pickles[0]} is a pickle, which can run any program. Only safetensors are loaded.")
        request = read_json(self.store.folder(job) / "request.json")
        if request["method"] in WEIGHTS:
            return
        try:
            location = base_location(request["base"], self.models, hub=True)
        except JobFailure as failure:
            raise Refused(409, failure.code, failure.message) from failure
        trained_on = state["result"].get("baseHash")
        if trained_on is not None and hash_of_base(location) != trained_on:
            raise Refused(409, "other-base", f"The base model {request['base']!r} is not the one that this adapter was trained on: its weights have changed.")

    def models_told(self) -> list[dict[str, Any]]:
        """As `GET /v1/models` of vLLM: an adapter names its base as its parent."""
        bases = [base for base in listed(self.models) if "fault" not in base]
        told = [{"id": base["name"], "object": "model", "owned_by": "pipewright", "max_model_len": base.get("contextTokens")} for base in bases]
        with self.lock:
            jobs = dict(self.jobs)
        for name, job in jobs.items():
            try:
                request = json.loads((self.store.folder(job) / "request.json").read_text(encoding="utf-8"))
            except (Refused, OSError):
                continue
            told.append({"id": name, "object": "model", "owned_by": "pipewright", "parent": request["base"], "root": str(self.store.root / job / "artifacts")})
        return told

    def place_of(self, name: str) -> tuple[str, str | None]:
        """The folder (or name on the hub) of the base, and the folder of an adapter beside it."""
        with self.lock:
            job = self.jobs.get(name)
        if job is None:
            if not any(base["name"] == name for base in listed(self.models)):
                raise Refused(404, "model_not_found", f"The model {name!r} does not exist. See GET /v1/models.")
            return str(self.models / name), None
        request = read_json(self.store.folder(job) / "request.json")
        files = str(self.store.folder(job) / "artifacts")
        if request["method"] in WEIGHTS:
            return files, None
        return base_location(request["base"], self.models, hub=True), files
