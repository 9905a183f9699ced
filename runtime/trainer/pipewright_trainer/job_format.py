"""What a training job is asked for: the body of POST /v1/training-jobs. Every number has a bound; an unknown field is an error."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

Method = Literal["full", "frozen", "lora", "qlora", "dora", "rslora", "p-tuning-v2", "prefix", "prompt"]
METHODS: tuple[Method, ...] = ("full", "frozen", "lora", "qlora", "dora", "rslora", "p-tuning-v2", "prefix", "prompt")
LORA_LIKE = frozenset({"lora", "qlora", "dora", "rslora"})
SOFT_PROMPTS = frozenset({"p-tuning-v2", "prefix", "prompt"})
WEIGHTS = frozenset({"full", "frozen"})

Stage = Literal["pretrain", "sft", "dpo"]

MOST_ROWS = 1_000_000
MOST_CHARACTERS = 1_000_000
"""Of one text. 200,000 tokens are about 800,000 characters; what the context does not hold is cut off, and said."""

Text = Annotated[str, StringConstraints(max_length=MOST_CHARACTERS)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=True, strict=True, frozen=True)


class Message(Strict):
    role: Literal["system", "user", "assistant"]
    content: Text


class Row(Strict):
    """One of: text (pretrain); prompt and answer, or messages (sft); prompt, chosen and rejected (dpo)."""

    text: Text | None = None
    prompt: Text | None = None
    answer: Text | None = None
    messages: Annotated[list[Message], Field(min_length=1, max_length=200)] | None = None
    chosen: Text | None = None
    rejected: Text | None = None


FIELDS_OF_STAGE: dict[str, tuple[frozenset[str], ...]] = {
    "pretrain": (frozenset({"text"}),),
    "sft": (frozenset({"prompt", "answer"}), frozenset({"messages"})),
    "dpo": (frozenset({"prompt", "chosen", "rejected"}),),
}


class Rows(Strict):
    train: Annotated[list[Row], Field(min_length=1, max_length=MOST_ROWS)]
    evaluation: Annotated[list[Row], Field(max_length=MOST_ROWS)] = []


class Settings(Strict):
    """Defaults are those of the papers; the app's advisor sets its own."""

    epochs: Annotated[float, Field(gt=0, le=1_000)] = 3.0
    max_steps: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    batch_size: Annotated[int, Field(ge=1, le=4_096)] = 4
    gradient_accumulation: Annotated[int, Field(ge=1, le=4_096)] = 1
    learning_rate: Annotated[float, Field(gt=0, le=10)] = 2e-4
    schedule: Literal["linear", "cosine", "constant"] = "cosine"
    warmup_share: Annotated[float, Field(ge=0, lt=1)] = 0.03
    weight_decay: Annotated[float, Field(ge=0, le=1)] = 0.0
    max_gradient_norm: Annotated[float, Field(gt=0, le=1_000)] = 1.0
    context_tokens: Annotated[int, Field(ge=8, le=131_072)] = 1_024
    packing: bool = False
    gradient_checkpointing: bool = False
    precision: Literal["auto", "float32", "bfloat16"] = "auto"
    evaluate_every_steps: Annotated[int, Field(ge=1, le=1_000_000)] = 100
    """Steps between checkpoints too: each is evaluated, and answers the sample prompts."""
    early_stopping_patience: Annotated[int, Field(ge=1, le=1_000)] | None = None
    """Evaluations in a row without a better loss before the job ends with the best checkpoint."""
    rank: Annotated[int, Field(ge=1, le=512)] = 16
    alpha: Annotated[float, Field(gt=0, le=4_096)] = 32.0
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.0
    target_modules: Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=100)]], Field(min_length=1, max_length=100)] | None = None
    """None: every linear layer but the one that makes the scores."""
    trained_layers: Annotated[int, Field(ge=1, le=1_000)] | None = None
    """Of method frozen: how many layers learn, counted from the top. None: an eighth of them, at least one."""
    virtual_tokens: Annotated[int, Field(ge=1, le=1_024)] = 32
    dpo_beta: Annotated[float, Field(gt=0, le=100)] = 0.1


class JobRequest(Strict):
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    key: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,100}$")] | None = None
    """Asked again with the same key, the same job is meant: no second one begins."""
    base: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    stage: Stage
    method: Method
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    settings: Settings = Settings()
    rows: Rows
    sample_prompts: Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=20_000)]], Field(max_length=5)] = []

    @model_validator(mode="after")
    def rows_fit_the_stage(self) -> JobRequest:
        allowed = FIELDS_OF_STAGE[self.stage]
        for part in ("train", "evaluation"):
            for number, row in enumerate(getattr(self.rows, part)):
                given = row.model_fields_set
                if given not in allowed:
                    wanted = " or ".join(" + ".join(sorted(fields)) for fields in allowed)
                    raise ValueError(f"rows.{part}[{number}]: stage {self.stage} takes {wanted}, not {' + '.join(sorted(given)) or 'nothing'}")
        if self.settings.early_stopping_patience is not None and not self.rows.evaluation:
            raise ValueError("settings.earlyStoppingPatience needs rows.evaluation: without them there is no loss to watch")
        if self.settings.packing and self.stage == "dpo":
            raise ValueError("settings.packing: preference pairs cannot be packed; leave it out")
        if self.settings.gradient_checkpointing and self.method in SOFT_PROMPTS:
            raise ValueError(f"settings.gradientCheckpointing: {self.method} passes its virtual tokens as cached keys, which checkpointing switches off; leave it out")
        if self.settings.packing and self.method in SOFT_PROMPTS:
            raise ValueError(f"settings.packing: {self.method} puts its virtual tokens before the first row of a pack only; leave it out")
        return self
