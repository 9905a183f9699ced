"""The base models in the trainer's folder, told from their files' heads alone: no weights are read."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from .store import read_json

MOST_BASES = 200
MOST_HEADER = 100 * 1024 * 1024


def listed(models: Path) -> list[dict[str, Any]]:
    """Each folder that holds a model, or why it cannot be one."""
    if not models.is_dir():
        return []
    folders = sorted(entry for entry in models.iterdir() if entry.is_dir() and (entry / "config.json").is_file())
    return [described(folder) for folder in folders[:MOST_BASES]]


def described(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = {"name": folder.name}
    try:
        config = read_json(folder / "config.json")
        text = config.get("text_config") or config
        facts = {
            "architecture": (config.get("architectures") or [None])[0],
            "layers": first_of(text, "num_hidden_layers", "n_layer"),
            "hidden": first_of(text, "hidden_size", "n_embd"),
            "intermediate": first_of(text, "intermediate_size", "n_inner"),
            "vocabulary": first_of(text, "vocab_size"),
            "contextTokens": first_of(text, "max_position_embeddings", "n_positions"),
            "chatTemplate": has_template(folder),
        }
        told |= {name: value for name, value in facts.items() if value is not None}
        files = sorted(folder.glob("*.safetensors"))
        if not files:
            return {**told, "fault": "It has no weights as safetensors."}
        told["bytes"] = sum(file.stat().st_size for file in files)
        told["parameters"] = sum(parameters_in(file) for file in files)
    except (OSError, ValueError, TypeError, KeyError) as error:
        told["fault"] = f"It cannot be read: {str(error)[:200]}"
    return told


def first_of(config: dict[str, Any], *names: str) -> int | None:
    return next((config[name] for name in names if isinstance(config.get(name), int)), None)


def has_template(folder: Path) -> bool:
    if (folder / "chat_template.jinja").is_file():
        return True
    file = folder / "tokenizer_config.json"
    return file.is_file() and bool(read_json(file).get("chat_template"))


def parameters_in(file: Path) -> int:
    """Numbers in a safetensors file: 8 bytes say how long its head is, which is JSON and names each tensor's shape."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        if not 2 <= length <= min(MOST_HEADER, file.stat().st_size):
            raise ValueError(f"{file.name} is no safetensors file")
        head = json.loads(stream.read(length))
    return sum(math.prod(tensor["shape"]) for name, tensor in head.items() if name != "__metadata__")
