"""The process that answers with base models and adapters: `python -m pipewright_trainer.answering`. Reads a question a line on its standard input,
writes pieces of its answer a line each. For trying out; an engine such as vLLM is what carries a load."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import OrderedDict
from typing import Any

from . import rows
from .base_files import load_tokenizer
from .failures import explain

MOST_LOADED = 2
"""Models kept in memory: the ones asked last."""
loaded: OrderedDict[tuple[str, str | None], tuple[Any, Any]] = OrderedDict()


def model_of(base: str, adapter: str | None) -> tuple[Any, Any]:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    key = (base, adapter)
    if key not in loaded:
        while len(loaded) >= MOST_LOADED:
            loaded.popitem(last=False)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        model = AutoModelForCausalLM.from_pretrained(base, trust_remote_code=False, use_safetensors=True, dtype="auto" if device == "cuda" else torch.float32)
        if adapter is not None:
            model = PeftModel.from_pretrained(model, adapter, use_safetensors=True)
        loaded[key] = (model.to(device).eval(), load_tokenizer(base))
    loaded.move_to_end(key)
    return loaded[key]


def answer(asked: dict[str, Any], say: Any) -> None:
    import torch
    from transformers import TextIteratorStreamer, set_seed

    model, tokenizer = model_of(asked["base"], asked["adapter"])
    text = rows.written(tokenizer, asked["messages"], answering=True)
    given = tokenizer(text, return_tensors="pt", add_special_tokens=not tokenizer.chat_template).to(model.device)
    length = given["input_ids"].shape[1]
    room = getattr(model.config, "max_position_embeddings", 1 << 30) - length
    if room < 1:
        return say({"fault": "context_length_exceeded", "message": f"The model reads {room + length} tokens at most; the conversation has {length}."})
    most = min(asked["max_tokens"], room)
    drawn = {"do_sample": True, "temperature": asked["temperature"], "top_p": asked["top_p"]} if asked["temperature"] > 0 else {"do_sample": False, "temperature": None, "top_p": None, "top_k": None}
    if asked.get("seed") is not None:
        set_seed(asked["seed"])
    streamer = TextIteratorStreamer(tokenizer, skip_prompt=True, skip_special_tokens=True, timeout=600)
    made: list[Any] = []
    stops = {"stop_strings": asked["stop"], "tokenizer": tokenizer} if asked["stop"] else {}

    def work() -> None:
        try:
            with torch.no_grad():
                made.append(model.generate(**{name: given[name] for name in ("input_ids", "attention_mask")}, max_new_tokens=most, pad_token_id=tokenizer.pad_token_id, streamer=streamer, **drawn, **stops))
        except BaseException as error:  # noqa: BLE001 - told to whoever asked
            made.append(error)
        finally:
            streamer.on_finalized_text("", stream_end=True)

    thread = threading.Thread(target=work)
    thread.start()
    whole = ""
    for piece in streamer:
        if piece:
            whole += piece
            say({"text": piece})
    thread.join()
    if isinstance(made[0], BaseException):
        raise made[0]
    answered = len(tokenizer(whole, add_special_tokens=False)["input_ids"])
    say({"end": "length" if answered >= most else "stop", "usage": {"prompt_tokens": length, "completion_tokens": answered, "total_tokens": length + answered}})


def main() -> None:
    # What the libraries print is no answer.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        asked = json.loads(line)

        def say(told: dict[str, Any], number: int = asked["id"]) -> None:
            out.write(json.dumps({"id": number, **told}, ensure_ascii=False) + "\n")
            out.flush()

        try:
            answer(asked, say)
        except Exception as error:
            failure = explain(error)
            say({"fault": failure.code, "message": failure.message})


if __name__ == "__main__":
    main()
