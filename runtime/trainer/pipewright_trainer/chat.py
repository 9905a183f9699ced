"""Chat as OpenAI's API has it, with the models of this trainer: one question at a time, the others wait in a bounded queue."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .store import Refused

MOST_WAITING = 8
MOST_TOKENS = 4_096

Content = Annotated[str, StringConstraints(max_length=1_000_000)]


class Part(BaseModel):
    type: Literal["text"]
    text: Content


class ChatMessage(BaseModel):
    role: Literal["system", "user", "assistant", "developer"]
    content: Content | Annotated[list[Part], Field(max_length=1_000)]

    def plain(self) -> dict[str, str]:
        content = self.content if isinstance(self.content, str) else "".join(part.text for part in self.content)
        return {"role": "system" if self.role == "developer" else self.role, "content": content}


class ChatRequest(BaseModel):
    """Fields that this server has no use for are passed over, as other servers of this API do."""

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    messages: Annotated[list[ChatMessage], Field(min_length=1, max_length=1_000)]
    stream: bool | None = False
    max_tokens: Annotated[int, Field(ge=1, le=MOST_TOKENS)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1, le=MOST_TOKENS)] | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] | None = None
    stop: Annotated[str, StringConstraints(max_length=200)] | Annotated[list[Annotated[str, StringConstraints(max_length=200)]], Field(max_length=8)] | None = None

    def question(self, base: str, adapter: str | None) -> dict[str, Any]:
        return {
            "base": base,
            "adapter": adapter,
            "messages": [message.plain() for message in self.messages],
            "max_tokens": self.max_completion_tokens or self.max_tokens or 512,
            "temperature": 0.0 if self.temperature is None else self.temperature,
            "top_p": 1.0 if self.top_p is None else self.top_p,
            "seed": self.seed,
            "stop": [self.stop] if isinstance(self.stop, str) else (self.stop or []),
        }


class Answerer:
    """Holds the process that answers: started by the first question, again after its death."""

    def __init__(self, group: str, *, hub: bool) -> None:
        self.group = group
        self.hub = hub
        self.places = threading.BoundedSemaphore(MOST_WAITING)
        self.turn = threading.Lock()
        self.process: subprocess.Popen[str] | None = None
        self.numbers = itertools.count(1)

    def ask(self, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What the process says of it, to its end; each as {"text"}, {"end", "usage"} or {"fault", "message"}."""
        if not self.places.acquire(blocking=False):
            raise Refused(429, "busy", f"{MOST_WAITING} questions wait already.")
        try:
            with self.turn:
                yield from self.told(question)
        finally:
            self.places.release()

    def told(self, question: dict[str, Any]) -> Iterator[dict[str, Any]]:
        process = self.running()
        assert process.stdin is not None and process.stdout is not None
        number = next(self.numbers)
        try:
            process.stdin.write(json.dumps({"id": number, **question}) + "\n")
            process.stdin.flush()
        except OSError:
            yield {"fault": "answering-died", "message": "The process that answers has ended; ask again."}
            return
        for line in process.stdout:
            told = json.loads(line)
            # Of a question whose asker went away the rest is read over.
            if told.pop("id") != number:
                continue
            yield told
            if "text" not in told:
                return
        yield {"fault": "answering-died", "message": "The process that answers ended without a word. It may have been ended for its memory: the model may be too large for this machine."}

    def running(self) -> subprocess.Popen[str]:
        if self.process is not None and self.process.poll() is None:
            return self.process
        environment = {**os.environ, "TOKENIZERS_PARALLELISM": "false", "CUDA_VISIBLE_DEVICES": "" if self.group == "cpu" else self.group}
        if not self.hub:
            environment["HF_HUB_OFFLINE"] = "1"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipewright_trainer.answering"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8", env=environment, cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        return self.process

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


def whole(model: str, created: int, told: list[dict[str, Any]]) -> dict[str, Any]:
    end = told[-1]
    message = {"role": "assistant", "content": "".join(piece["text"] for piece in told[:-1])}
    return {"id": f"chatcmpl-{created}", "object": "chat.completion", "created": created // 1000, "model": model, "choices": [{"index": 0, "message": message, "finish_reason": end["end"]}], "usage": end["usage"]}


def chunk(model: str, created: int, told: dict[str, Any], *, first: bool) -> dict[str, Any]:
    made = {"id": f"chatcmpl-{created}", "object": "chat.completion.chunk", "created": created // 1000, "model": model}
    if "text" in told:
        return {**made, "choices": [{"index": 0, "delta": {**({"role": "assistant"} if first else {}), "content": told["text"]}, "finish_reason": None}]}
    return {**made, "choices": [{"index": 0, "delta": {}, "finish_reason": told["end"]}], "usage": told["usage"]}
