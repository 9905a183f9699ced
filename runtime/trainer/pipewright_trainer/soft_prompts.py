"""Checkpoints of soft prompts. PEFT saves of a prompt what answering needs (of prefix tuning not the network that makes it) and refuses to load one to
go on with, or at the end as the best: so all that learns is kept beside, and read back as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from transformers import Trainer

LEARNT = "learnt.safetensors"


def learning(model: torch.nn.Module) -> dict[str, torch.nn.Parameter]:
    return {name: parameter for name, parameter in model.named_parameters() if parameter.requires_grad}


def read_back(model: torch.nn.Module, folder: str) -> None:
    kept = load_file(str(Path(folder) / LEARNT))
    with torch.no_grad():
        for name, parameter in learning(model).items():
            parameter.copy_(kept[name])


class KeepsSoftPrompts(Trainer):
    """Mixed into a Trainer: its own checkpoints and, beside them, all that learns."""

    def _save(self, output_dir: str | None = None, state_dict: Any = None) -> None:
        super()._save(output_dir, state_dict)
        folder = Path(output_dir or self.args.output_dir)
        save_file({name: value.detach().cpu().contiguous() for name, value in learning(self.model).items()}, str(folder / LEARNT))

    def _load_from_checkpoint(self, resume_from_checkpoint: str, model: Any = None) -> None:
        read_back(model or self.model, resume_from_checkpoint)

    def _load_best_model(self) -> None:
        read_back(self.model, self.state.best_model_checkpoint)
