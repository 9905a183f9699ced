"""Each method on the tiny model: what it changes, that it learns, and that its files give the model back."""

from __future__ import annotations

import json

import torch
from transformers import AutoModelForCausalLM

from . import tiny_model
from .training import TinyModelCase, Trained, job_of, scores


def planted_job(method: str, **settings: float) -> dict:
    rows = {"train": tiny_model.planted(300, 1), "evaluation": tiny_model.planted(40, 2)}
    return job_of(method, rows=rows, **{"maxSteps": 76, "batchSize": 16, "evaluateEverySteps": 38, "rank": 8, **settings})


class Methods(TinyModelCase):
    def expect(self, made: Trained, *wanted: str) -> None:
        """`wanted`: what stands in the name of each parameter that changes, and of no other."""
        self.assertEqual(made.changed, {name for name in made.names if any(part in name for part in wanted)})
        self.assertTrue(made.changed)
        losses = made.losses()
        self.assertLess(sum(losses[-4:]) / 4, sum(losses[:4]) / 4)
        self.assertEqual(made.said("model")[0]["trainedParameters"], sum(value.numel() for name, value in made.model.named_parameters() if name in made.changed))
        torch.testing.assert_close(scores(made.reloaded()), scores(made.model), rtol=1e-5, atol=1e-5)

    def held_out(self, made: Trained) -> float:
        return tiny_model.accuracy(made.reloaded(), tiny_model.make_tokenizer(), tiny_model.planted(300, 99))

    def config(self, made: Trained) -> dict:
        return json.loads((made.artifacts / "adapter_config.json").read_text())

    def test_base_guesses(self) -> None:
        base = AutoModelForCausalLM.from_pretrained(str(self.models / "tiny"))
        self.assertLess(tiny_model.accuracy(base, tiny_model.make_tokenizer(), tiny_model.planted(300, 99)), 0.7)

    def test_full(self) -> None:
        made = self.train(job_of("full", learningRate=2e-3))
        self.expect(made, "")
        self.assertEqual(made.changed, made.names)

    def test_frozen(self) -> None:
        made = self.train(planted_job("frozen", learningRate=2e-3))
        self.expect(made, "layers.2.", "layers.3.")
        self.assertGreater(self.held_out(made), 0.9)

    def test_lora(self) -> None:
        made = self.train(planted_job("lora"))
        self.expect(made, "lora_A", "lora_B")
        self.assertGreater(self.held_out(made), 0.9)

    def test_dora(self) -> None:
        made = self.train(job_of("dora"))
        self.expect(made, "lora_A", "lora_B", "lora_magnitude_vector")
        self.assertTrue(any("lora_magnitude_vector" in name for name in made.changed))

    def test_rslora(self) -> None:
        made = self.train(job_of("rslora", learningRate=3e-3))
        self.expect(made, "lora_A", "lora_B")
        self.assertTrue(self.config(made)["use_rslora"])

    def test_prefix(self) -> None:
        made = self.train(planted_job("prefix", learningRate=3e-2))
        self.expect(made, "prompt_encoder")
        self.assertTrue(self.config(made)["prefix_projection"])
        self.assertGreater(self.held_out(made), 0.9)

    def test_p_tuning_v2(self) -> None:
        made = self.train(job_of("p-tuning-v2", learningRate=3e-2))
        self.expect(made, "prompt_encoder")
        self.assertFalse(self.config(made)["prefix_projection"])

    def test_prompt(self) -> None:
        self.expect(self.train(job_of("prompt", learningRate=3e-2)), "prompt_encoder")
