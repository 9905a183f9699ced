"""Trains in the process of the test, so that it can look into the model; a job of the server's is a process of its own (test_server)."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any
from unittest import mock

import torch
from peft import PeftModel
from pipewright_trainer import training
from pipewright_trainer.events import EventLog
from pipewright_trainer.job_format import WEIGHTS, JobRequest
from transformers import AutoModelForCausalLM

from . import tiny_model

SHORT = {"maxSteps": 24, "batchSize": 8, "learningRate": 1e-2, "contextTokens": 64, "evaluateEverySteps": 12, "rank": 4, "virtualTokens": 8, "trainedLayers": 2, "warmupShare": 0.1}


def job_of(method: str, *, stage: str = "sft", rows: dict[str, Any] | None = None, seed: int = 3, base: str = "tiny", **settings: Any) -> dict[str, Any]:
    given = rows or {"train": tiny_model.planted(120, 1), "evaluation": tiny_model.planted(16, 2)}
    return {"name": method, "base": base, "stage": stage, "method": method, "seed": seed, "settings": {**SHORT, **settings}, "rows": given}


class Trained:
    """What a training left: its model, the parameters that it changed, what it told, its files."""

    def __init__(self, folder: Path, models: Path, asked: dict[str, Any]) -> None:
        folder.mkdir()
        self.job = JobRequest.model_validate_json(json.dumps(asked))
        before: dict[str, torch.Tensor] = {}
        made: list[Any] = []
        build = training.build_trainer

        def watched(*given: Any) -> Any:
            made.append(build(*given))
            before.update({name: value.detach().clone() for name, value in made[-1].model.named_parameters()})
            return made[-1]

        with mock.patch.object(training, "build_trainer", watched):
            self.result = training.run(self.job, folder, models, EventLog(folder / "events.jsonl"), hub=False)
        self.model = made[-1].model
        self.names = set(before)
        self.changed = {name for name, value in self.model.named_parameters() if not torch.equal(value, before[name])}
        self.events = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
        self.artifacts = folder / "artifacts"
        self.models = models

    def said(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]

    def losses(self) -> list[float]:
        return [event["loss"] for event in self.said("progress")]

    def reloaded(self) -> torch.nn.Module:
        if self.job.method in WEIGHTS:
            return AutoModelForCausalLM.from_pretrained(str(self.artifacts))
        return PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(str(self.models / self.job.base)), str(self.artifacts))

    def hashes(self) -> dict[str, str]:
        return {one["name"]: one["hash"] for one in self.result["artifacts"]}


class TinyModelCase(unittest.TestCase):
    """One base model and one folder for the tests of a class."""

    root: Path
    models: Path

    @classmethod
    def setUpClass(cls) -> None:
        torch.set_num_threads(1)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        cls.models = tiny_model.models_folder()

    def train(self, asked: dict[str, Any]) -> Trained:
        return Trained(self.root / f"{self._testMethodName}-{len(list(self.root.iterdir()))}", self.models, asked)


def scores(model: torch.nn.Module) -> torch.Tensor:
    """Logits of four held-out prompts at their last token."""
    tokenizer = tiny_model.make_tokenizer()
    texts = [tokenizer.apply_chat_template([{"role": "user", "content": row["prompt"]}], tokenize=False, add_generation_prompt=True) for row in tiny_model.planted(4, 77)]
    batch = tokenizer(texts, add_special_tokens=False, return_tensors="pt")
    model.eval()
    with torch.no_grad():
        return model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits[:, -1]
