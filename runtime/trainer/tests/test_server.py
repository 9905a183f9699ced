"""The server in a process of its own, with real jobs on the tiny model: door, queue, events, cancelling, dying and going on."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import tempfile
import threading
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil
from pipewright_trainer.job_format import MOST_CHARACTERS

from . import tiny_model
from .client import TOKEN, Trainer
from .training import job_of

WAIT_S = 900


def wait_for(look: Callable[[], Any], what: str) -> Any:
    """What `look` gives once it gives something."""
    began = time.monotonic()
    while time.monotonic() - began < WAIT_S:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {WAIT_S} s for {what}")


def worker_of(trainer: Trainer, job: str) -> int | None:
    """Process id of the worker of a job."""
    assert trainer.process is not None
    for child in psutil.Process(trainer.process.pid).children():
        if any(word.endswith(job) for word in child.cmdline()):
            return child.pid
    return None


class ServerCase(unittest.TestCase):
    """One trainer for the tests of a class."""

    trainer: Trainer
    root: Path

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.root = Path(folder.name)
        cls.trainer = Trainer(cls.root / "data", tiny_model.models_folder())
        cls.trainer.start()
        cls.addClassCleanup(cls.trainer.stop)

    def raw(self, content: bytes) -> tuple[int, dict[str, Any]]:
        """The answer to exactly these bytes."""
        place = urlsplit(self.trainer.address)
        with socket.create_connection((place.hostname, place.port), 30) as connection:
            connection.sendall(content)
            connection.shutdown(socket.SHUT_WR)
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            return answer.status, json.loads(answer.read())

    def refused(self, job: dict[str, Any], status: int, text: str) -> None:
        given, told = self.trainer.ask("POST", "/v1/training-jobs", job)
        self.assertEqual(given, status, told)
        self.assertIn(text, told["error"]["message"])

    def failed(self, job: dict[str, Any], code: str, text: str) -> None:
        state, _ = self.trainer.finish(self.trainer.submit(job))
        self.assertEqual((state["state"], state["error"]["code"]), ("failed", code), state)
        self.assertIn(text, state["error"]["message"])

    def state(self, job: str) -> dict[str, Any]:
        return self.trainer.ask("GET", f"/v1/training-jobs/{job}")[1]


class Door(ServerCase):
    def test_token(self) -> None:
        for token in (None, "", "wrong", TOKEN[:-1]):
            for method, path in (("GET", "/v1/capabilities"), ("GET", "/v1/training-jobs"), ("POST", "/v1/training-jobs")):
                self.assertEqual(self.trainer.ask(method, path, token=token)[0], 401)
        self.assertEqual(self.trainer.ask("GET", "/health", token=None)[1]["status"], "ok")
        self.assertEqual(self.trainer.ask("GET", "/v1/capabilities")[0], 200)

    def test_capabilities(self) -> None:
        told = self.trainer.ask("GET", "/v1/capabilities")[1]
        self.assertNotIn("qlora", told["methods"])
        self.assertEqual(told["groups"], ["cpu"])
        self.assertIn("torch", told["libraries"])

    def test_body_lengths(self) -> None:
        head = f"POST /v1/training-jobs HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer {TOKEN}\r\n"
        for length, body in (
            ("", b""),
            ("Content-Length: 0\r\n", b""),
            ("Content-Length: 500\r\n", b'{"name":'),
            ("Content-Length: -1\r\n", b""),
            ("Content-Length: 1e3\r\n", b""),
            ("Content-Length: 2\r\nContent-Length: 3\r\n", b"{}"),
            ("Transfer-Encoding: chunked\r\n", b"2\r\n{}\r\n0\r\n\r\n"),
            ("Content-Length: 4\r\n", b'{"name": "longer than it says"}'),
        ):
            with self.subTest(length):
                self.assertEqual(self.raw(f"{head}{length}\r\n".encode() + body)[0], 400)
        self.assertEqual(self.raw(f"{head}Content-Length: {10**12}\r\n\r\n".encode())[0], 413)

    def test_addresses(self) -> None:
        for path in ("/", "/v1", "/v1/training-jobs/..%2f..%2fetc", "/v1/training-jobs/" + "0" * 13 + "-" + "0" * 16):
            self.assertEqual(self.trainer.ask("GET", path)[0], 404, path)

    def test_refused_jobs(self) -> None:
        good = job_of("lora")
        self.refused({**good, "method": "qlora"}, 422, "needs an NVIDIA GPU")
        self.refused({**good, "method": "magic"}, 422, "method")
        self.refused({**good, "surprise": 1}, 422, "surprise")
        self.refused({**good, "rows": {"train": []}}, 422, "rows.train")
        self.refused({**good, "rows": {"train": [{"text": "a"}]}}, 422, "stage sft takes")
        self.refused({**good, "rows": {"train": [{"prompt": "a", "answer": "b" * (MOST_CHARACTERS + 1)}]}}, 422, "rows.train.0.answer")
        self.refused({**good, "settings": {"rank": 100_000}}, 422, "settings.rank")
        self.refused({**good, "settings": {"learningRate": "2e-4"}}, 422, "settings.learningRate")
        self.refused({**good, "settings": {"earlyStoppingPatience": 2}, "rows": {"train": good["rows"]["train"]}}, 422, "rows.evaluation")

    def test_refused_bases(self) -> None:
        self.failed(job_of("lora", base="not-there"), "base-missing", "There is: ")
        self.failed(job_of("lora", base="../.."), "base-missing", "outside")
        pickled = tiny_model.models_folder() / "pickled"
        if not pickled.exists():
            shutil.copytree(tiny_model.models_folder() / "tiny", pickled, ignore=shutil.ignore_patterns("*.safetensors"))
            (pickled / "pytorch_model.bin").write_bytes(b"\x80\x04.")
        self.failed(job_of("lora", base="pickled"), "pickle", "safetensors")
        self.failed(job_of("lora", contextTokens=4_096), "context-too-long", "256 tokens at most")

    def test_refused_rows(self) -> None:
        self.failed(job_of("lora", rows={"train": [{"prompt": "cat", "answer": "  "}]}), "no-usable-rows", "have no answer")
        long = {"train": [{"prompt": "cat " * 200, "answer": "red"}]}
        self.failed(job_of("lora", rows=long), "no-usable-rows", "fills the whole context")


class Jobs(ServerCase):
    def test_lives_to_its_end(self) -> None:
        asked = {**job_of("lora"), "samplePrompts": ["cat dog horse cow saw"]}
        job = self.trainer.submit(asked)
        state, told = self.trainer.finish(job)
        self.assertEqual(state["state"], "done", state)
        self.assertEqual(told[-1], {"type": "end", "state": "done"})
        kinds = {event["type"] for event in told}
        self.assertLessEqual({"data", "model", "progress", "evaluation", "checkpoint", "sample"}, kinds)
        progress = [event for event in told if event["type"] == "progress"]
        self.assertEqual([event["step"] for event in progress], list(range(1, 25)))
        for name in ("epoch", "loss", "learningRate", "gradientNorm", "tokensPerSecond", "memoryBytes", "secondsLeft"):
            self.assertIsNotNone(progress[1][name], name)
        self.assertEqual({one["name"] for one in state["result"]["artifacts"]}, {"adapter_config.json", "adapter_model.safetensors"})
        self.assertEqual(len(state["result"]["baseHash"]), 64)
        folder = self.trainer.data / "jobs" / job
        self.assertFalse((folder / "rows.json").exists())
        self.assertFalse((folder / "checkpoints").exists())
        numbered = list(self.trainer.events(job))
        for place in (0, 1, len(numbered) // 2):
            self.assertEqual(list(self.trainer.events(job, place))[0][0], place + 1 if place + 1 < len(numbered) else place)
        self.assertEqual(list(self.trainer.events(job, 7)), numbered[7:])
        self.assertEqual(self.trainer.ask("GET", f"/v1/training-jobs/{job}/artifacts/{'0' * 64}")[0], 404)

    def test_same_seed_same_adapter(self) -> None:
        def weights(seed: int) -> str:
            state, _ = self.trainer.finish(self.trainer.submit(job_of("lora", seed=seed, maxSteps=6)))
            return next(one["hash"] for one in state["result"]["artifacts"] if one["name"].endswith(".safetensors"))

        self.assertEqual(weights(5), weights(5))
        self.assertNotEqual(weights(5), weights(6))

    def test_key_asks_once(self) -> None:
        asked = {**job_of("lora", maxSteps=2), "key": "once"}
        job = self.trainer.submit(asked)
        status, told = self.trainer.ask("POST", "/v1/training-jobs", asked)
        self.assertEqual((status, told["id"]), (200, job))

    def test_queue(self) -> None:
        first = self.trainer.submit(job_of("lora", maxSteps=5_000))
        second = self.trainer.submit(job_of("lora", maxSteps=2))
        third = self.trainer.submit(job_of("lora", maxSteps=2))
        wait_for(lambda: self.state(first)["state"] == "running", "the first to run")
        self.assertEqual(self.state(second)["waitingPlace"], 1)
        self.assertEqual(self.state(third)["waitingPlace"], 2)
        self.trainer.ask("POST", f"/v1/training-jobs/{second}/cancel")
        self.assertEqual(self.state(third)["waitingPlace"], 1)
        self.trainer.ask("POST", f"/v1/training-jobs/{first}/cancel")
        self.assertEqual(self.trainer.finish(third)[0]["state"], "done")

    def test_cancel_leaves_nothing(self) -> None:
        job = self.trainer.submit(job_of("lora", maxSteps=5_000))
        wait_for(lambda: self.state(job).get("progress", {}).get("step", 0) > 12, "a checkpoint")
        worker = worker_of(self.trainer, job)
        self.assertIsNotNone(worker)
        status, told = self.trainer.ask("POST", f"/v1/training-jobs/{job}/cancel")
        self.assertEqual((status, told["state"]), (200, "cancelled"))
        self.assertFalse(psutil.pid_exists(worker))
        left = {entry.name for entry in (self.trainer.data / "jobs" / job).iterdir()}
        self.assertEqual(left, {"request.json", "state.json", "events.jsonl", "worker.log"})
        self.assertEqual(self.trainer.ask("POST", f"/v1/training-jobs/{job}/resume")[0], 409)

    def test_delete_while_watched(self) -> None:
        running = self.trainer.submit(job_of("lora", maxSteps=5_000))
        waiting = self.trainer.submit(job_of("lora", maxSteps=5_000))
        self.assertEqual(self.trainer.ask("DELETE", f"/v1/training-jobs/{waiting}")[0], 409)
        told: list[dict[str, Any]] = []
        watching = threading.Thread(target=lambda: told.extend(event for _, event in self.trainer.events(waiting)))
        watching.start()
        # Its record goes under the watcher: cancelled and deleted between two looks.
        self.trainer.ask("POST", f"/v1/training-jobs/{waiting}/cancel")
        self.assertEqual(self.trainer.ask("DELETE", f"/v1/training-jobs/{waiting}")[0], 200)
        watching.join(30)
        self.assertFalse(watching.is_alive())
        self.assertIn(told[-1], ({"type": "end", "state": "deleted"}, {"type": "end", "state": "cancelled"}))
        self.trainer.ask("POST", f"/v1/training-jobs/{running}/cancel")


class Answers(ServerCase):
    """What an app asks beside training: bases, previews, answers."""

    def ask_chat(self, **body: Any) -> tuple[int, Any]:
        return self.trainer.ask("POST", "/v1/chat/completions", {"messages": [{"role": "user", "content": "kind cat dog cow horse saw"}], "max_tokens": 4, **body})

    def test_bases(self) -> None:
        [tiny] = [base for base in self.trainer.ask("GET", "/v1/bases")[1]["bases"] if base["name"] == "tiny"]
        self.assertEqual((tiny["layers"], tiny["hidden"], tiny["contextTokens"], tiny["chatTemplate"]), (4, 64, 256, True))
        self.assertEqual(tiny["parameters"], sum(value.numel() for value in tiny_model.load(self.trainer.models / "tiny").parameters()))

    def test_preview(self) -> None:
        rows = [{"prompt": "cat dog", "answer": "red"}, {"prompt": "cat " * 100, "answer": "red"}, {"prompt": "cat", "answer": ""}]
        status, told = self.trainer.ask("POST", "/v1/preview", {"base": "tiny", "stage": "sft", "contextTokens": 16, "rows": rows})
        self.assertEqual(status, 200, told)
        first = told["rows"][0]["tokens"]
        self.assertEqual([text for text, learnt in zip(first["texts"], first["learnt"], strict=True) if learnt], ["red", "<end>"])
        self.assertEqual((told["report"]["used"], told["report"]["withoutRoom"], told["report"]["emptyAnswers"]), (1, 1, 1))
        self.assertEqual(told["lengths"]["99"], told["rows"][1]["tokens"]["tokens"])
        self.assertEqual(told["rows"][1]["tokens"]["cut"], told["lengths"]["99"] - 16)
        self.assertEqual(self.trainer.ask("POST", "/v1/preview", {"base": "gone", "stage": "sft", "rows": rows})[1]["error"]["code"], "base-missing")

    def test_deployed(self) -> None:
        def load(name: str, path: str) -> tuple[int, Any]:
            return self.trainer.ask("POST", "/v1/load_lora_adapter", {"lora_name": name, "lora_path": path})

        job = self.trainer.submit(job_of("lora", maxSteps=4))
        self.assertEqual(load("triage", job)[0], 409)
        other, _ = self.trainer.finish(self.trainer.submit(job_of("prompt", maxSteps=2)))
        state, _ = self.trainer.finish(job)
        self.assertEqual(load("triage", state["folder"])[0], 200)
        self.assertEqual(load("triage", job)[0], 200)
        self.assertEqual(load("triage", other["id"])[1]["error"]["code"], "name-taken")
        self.assertEqual(load("tiny", job)[1]["error"]["code"], "name-taken")
        for path in ("/etc", "../..", f"/tmp/{job}/artifacts", "x"):
            self.assertEqual(load("else", path)[0], 404, path)
        self.assertEqual(self.trainer.ask("DELETE", f"/v1/training-jobs/{job}")[1]["error"]["code"], "deployed")
        parents = {model["id"]: model.get("parent") for model in self.trainer.ask("GET", "/v1/models")[1]["data"]}
        self.assertEqual(parents["triage"], "tiny")
        status, told = self.ask_chat(model="triage")
        self.assertEqual(status, 200, told)
        self.assertTrue(told["choices"][0]["message"]["content"])
        self.assertEqual(self.ask_chat(model="tiny")[1]["choices"][0]["message"]["content"], "animal")
        self.assertEqual(self.ask_chat(model="gone")[0], 404)
        self.assertEqual(self.ask_chat(model="tiny", messages=[{"role": "user", "content": "cat " * 300}])[1]["error"]["code"], "context_length_exceeded")
        weights = self.trainer.data / "jobs" / job / "artifacts" / "adapter_model.bin"
        weights.write_bytes(b"\x80\x04.")
        self.assertEqual(load("pickled", job)[1]["error"]["code"], "pickle")
        weights.unlink()
        self.assertEqual(self.trainer.ask("POST", "/v1/unload_lora_adapter", {"lora_name": "triage"})[0], 200)
        self.assertEqual(self.ask_chat(model="triage")[0], 404)


class Deaths(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.trainer = Trainer(Path(folder.name) / "data", tiny_model.models_folder())
        self.trainer.start()
        self.addCleanup(self.trainer.stop)

    def curve(self, job: str) -> tuple[dict[str, Any], dict[int, float]]:
        state, told = self.trainer.finish(job)
        # A step that was done twice counts as it was done last.
        return state, {event["step"]: event["loss"] for event in told if event["type"] == "progress"}

    def goes_on(self, die: Callable[[str], None]) -> None:
        asked = job_of("lora", maxSteps=120, dropout=0.1)
        whole, expected = self.curve(self.trainer.submit(asked))
        job = self.trainer.submit(asked)
        wait_for(lambda: self.trainer.ask("GET", f"/v1/training-jobs/{job}")[1].get("progress", {}).get("step", 0) > 30, "step 30")
        die(job)
        again, curve = self.curve(job)
        self.assertEqual(again["state"], "done", again)
        told = [event for _, event in self.trainer.events(job)]
        self.assertTrue(any(event["type"] == "resumed" for event in told))
        self.assertEqual(curve.keys(), expected.keys())
        for step, loss in expected.items():
            self.assertAlmostEqual(curve[step], loss, delta=1e-4, msg=f"step {step}")
        self.assertEqual([one["hash"] for one in again["result"]["artifacts"]], [one["hash"] for one in whole["result"]["artifacts"]])

    def test_worker_killed(self) -> None:
        def die(job: str) -> None:
            worker = worker_of(self.trainer, job)
            assert worker is not None
            os.kill(worker, signal.SIGKILL)

        self.goes_on(die)

    def test_server_killed(self) -> None:
        def die(job: str) -> None:
            worker = worker_of(self.trainer, job)
            self.trainer.kill()
            wait_for(lambda: not psutil.pid_exists(worker), "the worker to end with its server")
            self.trainer.start()

        self.goes_on(die)


class Reused(unittest.TestCase):
    def test_one_server_a_folder(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            first = Trainer(Path(folder), tiny_model.models_folder())
            first.start()
            self.addCleanup(first.stop)
            second = Trainer(Path(folder), tiny_model.models_folder())
            with self.assertRaises(AssertionError):
                second.start()
            second.stop()
