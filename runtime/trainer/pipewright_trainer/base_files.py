"""A base model as files: where it lies, what is refused of it, its tokenizer. Imports no torch, so that the server starts at once and stays small."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .failures import JobFailure

PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt")


def base_location(base: str, models: Path, *, hub: bool) -> str:
    """The folder of the base model under the trainer's folder of models, or its name on the hub where that is allowed. Never a path of the asker's choice."""
    folder = (models / base).resolve()
    if not folder.is_relative_to(models.resolve()):
        raise JobFailure("base-missing", f"The base model {base!r} lies outside the trainer's folder of models.")
    if folder.is_dir():
        refuse_pickles(folder, base)
        return str(folder)
    if hub:
        return base
    there = sorted(entry.name for entry in models.iterdir() if entry.is_dir())[:20] if models.is_dir() else []
    raise JobFailure(
        "base-missing",
        f"There is no base model {base!r} in the trainer's folder of models. There is: {', '.join(there) or 'none'}. Put its folder there, or start the trainer with --hub.",
    )


def refuse_pickles(folder: Path, base: str) -> None:
    """A pickle runs whatever program it holds when it is opened."""
    if any(folder.glob("*.safetensors")):
        return
    pickles = sorted(entry.name for entry in folder.iterdir() if entry.suffix in PICKLES)
    if pickles:
        raise JobFailure("pickle", f"The base model {base!r} has its weights as a pickle ({pickles[0]}), which can run any program. Convert it to safetensors first.")
    raise JobFailure("base-missing", f"The folder of the base model {base!r} holds no weights (*.safetensors).")


def load_tokenizer(location: str) -> Any:
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(location, trust_remote_code=False)
    except Exception as error:
        raise unreadable(location, error) from error
    if not tokenizer.is_fast:
        raise JobFailure("base-unusable", "The tokenizer of the base model has no fast form (tokenizer.json), which the loss mask needs.")
    if tokenizer.pad_token is None:
        if tokenizer.eos_token is None:
            raise JobFailure("base-unusable", "The tokenizer of the base model has neither a padding nor an end token.")
        tokenizer.pad_token = tokenizer.eos_token
    tokenizer.padding_side = "right"
    return tokenizer


def unreadable(location: str, error: Exception) -> JobFailure:
    text = str(error)
    if "gated" in text.lower() or "401" in text or "403" in text:
        return JobFailure("base-gated", f"The base model {location} is gated: accept its licence on the hub and set HF_TOKEN where the trainer runs.")
    return JobFailure("base-unusable", f"The base model {location} cannot be read: {text[:1_000]}")


def hash_of_base(location: str) -> str | None:
    """sha256 over the sorted names and contents of its weights; None for a name on the hub."""
    folder = Path(location)
    if not folder.is_dir():
        return None
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.safetensors")):
        digest.update(json.dumps(file.name).encode())
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()
