"""One job from its rows to its files, on transformers' Trainer and, for preference pairs, on TRL's DPOTrainer."""

from __future__ import annotations

import hashlib
import math
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import torch
from datasets import Dataset
from transformers import EarlyStoppingCallback, Trainer, TrainerCallback, TrainingArguments, set_seed

from . import methods, rows
from .base_files import base_location, hash_of_base, load_tokenizer
from .events import EventLog
from .failures import JobFailure, is_out_of_memory
from .job_format import SOFT_PROMPTS, WEIGHTS, JobRequest, Settings
from .soft_prompts import KeepsSoftPrompts

WHOLE = "whole"
"""File that says that a checkpoint was written to its end."""
MOST_POINTS = 50_000
SAMPLE_TOKENS = 64
MOST_LOST = 5
"""Steps in a row whose gradient is no number, after which a training has failed."""


def resumable(checkpoints: Path) -> Path | None:
    """The last checkpoint that was written to its end; what a killed process left half written is removed."""
    whole: list[tuple[int, Path]] = []
    for folder in checkpoints.glob("checkpoint-*"):
        if (folder / WHOLE).exists():
            whole.append((int(folder.name.rsplit("-", 1)[1]), folder))
        else:
            shutil.rmtree(folder)
    return max(whole)[1] if whole else None


class Teller(TrainerCallback):
    """Tells what the Trainer does, and ends a training whose loss is no number."""

    def __init__(self, log: EventLog, tokenizer: Any, prompts: list[str]) -> None:
        self.log = log
        self.tokenizer = tokenizer
        self.prompts = prompts
        self.began = time.monotonic()
        self.first_step = 0
        self.last = (0, 0.0)
        self.lost = 0

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        self.began = time.monotonic()
        self.first_step = state.global_step
        self.last = (state.num_input_tokens_seen, self.began)

    def on_log(self, args: Any, state: Any, control: Any, logs: dict[str, Any] | None = None, **_: Any) -> None:
        logs = logs or {}
        if "eval_loss" in logs:
            self.log.say("evaluation", step=state.global_step, epoch=state.epoch, evalLoss=logs["eval_loss"])
        if "loss" not in logs:
            return
        now = time.monotonic()
        tokens, then = self.last
        self.last = (state.num_input_tokens_seen, now)
        done = state.global_step - self.first_step
        left = (now - self.began) / done * (state.max_steps - state.global_step) if done > 0 else None
        self.log.say(
            "progress",
            step=state.global_step,
            totalSteps=state.max_steps,
            epoch=state.epoch,
            loss=logs["loss"],
            learningRate=logs.get("learning_rate"),
            gradientNorm=logs.get("grad_norm"),
            tokensPerSecond=(state.num_input_tokens_seen - tokens) / max(now - then, 1e-9),
            memoryBytes=memory_in_use(),
            secondsLeft=left,
        )
        # Some libraries tell a loss of 0 beside gradients that are no numbers: nothing is learnt any more.
        norm = logs.get("grad_norm")
        self.lost = self.lost + 1 if norm is not None and not math.isfinite(norm) else 0
        if not math.isfinite(logs["loss"]) or self.lost >= MOST_LOST:
            raise JobFailure("diverged", f"The loss is no number any more at step {state.global_step}. Take a lower learning rate (a tenth), or check the rows.")

    def on_save(self, args: Any, state: Any, control: Any, model: Any = None, **_: Any) -> None:
        folder = Path(args.output_dir) / f"checkpoint-{state.global_step}"
        descriptor = os.open(folder / WHOLE, os.O_WRONLY | os.O_CREAT)
        os.fsync(descriptor)
        os.close(descriptor)
        self.log.say("checkpoint", step=state.global_step)
        self.answer(state.global_step, model)

    def answer(self, step: int, model: Any) -> None:
        for number, prompt in enumerate(self.prompts):
            self.log.say("sample", step=step, prompt=number, text=generate(model, self.tokenizer, prompt))


def generate(model: Any, tokenizer: Any, prompt: str, most: int = SAMPLE_TOKENS) -> str:
    """Its likeliest answer; draws no random number, so that answering changes nothing of the training."""
    text = rows.written(tokenizer, [{"role": "user", "content": prompt}], answering=True)
    limit = getattr(model.config, "max_position_embeddings", 2_048) - most
    given = tokenizer(text, return_tensors="pt", add_special_tokens=not tokenizer.chat_template, truncation=True, max_length=max(1, limit)).to(model.device)
    training = model.training
    model.eval()
    try:
        with torch.no_grad():
            made = model.generate(input_ids=given["input_ids"], attention_mask=given["attention_mask"], max_new_tokens=most, do_sample=False, pad_token_id=tokenizer.pad_token_id)
    finally:
        model.train(training)
    # Some adapters give back the answer alone, others prompt and answer.
    start = given["input_ids"].shape[1]
    answered = made[0]
    if answered.shape[0] >= start and torch.equal(answered[:start], given["input_ids"][0]):
        answered = answered[start:]
    return tokenizer.decode(answered, skip_special_tokens=True).strip()


def memory_in_use() -> int:
    """Bytes: the most that the GPU held, or what this process holds of the machine's memory."""
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated()
    return psutil.Process().memory_info().rss


class Collator:
    """Pads to the longest of a batch. Packed rows keep their positions and get no attention mask: the attention reads the ends of rows off the positions."""

    def __init__(self, pad: int, *, packed: bool) -> None:
        self.pad = pad
        self.packed = packed

    def __call__(self, features: list[dict[str, list[int]]]) -> dict[str, torch.Tensor]:
        if self.packed:
            # One line without padding: the batch is one long pack.
            names = ("input_ids", "labels", "position_ids")
            return {name: torch.tensor([[value for one in features for value in one[name]]]) for name in names}
        longest = max(len(one["input_ids"]) for one in features)
        fill = {"input_ids": self.pad, "labels": rows.IGNORED}
        made = {name: torch.tensor([one[name] + [value] * (longest - len(one[name])) for one in features]) for name, value in fill.items()}
        made["attention_mask"] = torch.tensor([[1] * len(one["input_ids"]) + [0] * (longest - len(one["input_ids"])) for one in features])
        return made


def arguments(job: JobRequest, folder: Path, kind: type, **more: Any) -> Any:
    settings = job.settings
    evaluates = bool(job.rows.evaluation)
    return kind(
        output_dir=str(folder),
        num_train_epochs=settings.epochs,
        max_steps=settings.max_steps or -1,
        per_device_train_batch_size=settings.batch_size,
        per_device_eval_batch_size=settings.batch_size,
        gradient_accumulation_steps=settings.gradient_accumulation,
        learning_rate=settings.learning_rate,
        lr_scheduler_type=settings.schedule,
        warmup_steps=settings.warmup_share,
        weight_decay=settings.weight_decay,
        max_grad_norm=settings.max_gradient_norm,
        bf16=methods.precision_of(job) == torch.bfloat16,
        gradient_checkpointing=settings.gradient_checkpointing,
        gradient_checkpointing_kwargs={"use_reentrant": False} if settings.gradient_checkpointing else None,
        eval_strategy="steps" if evaluates else "no",
        eval_steps=settings.evaluate_every_steps if evaluates else None,
        save_strategy="steps",
        save_steps=settings.evaluate_every_steps,
        save_total_limit=2,
        load_best_model_at_end=evaluates,
        metric_for_best_model="eval_loss" if evaluates else None,
        greater_is_better=False if evaluates else None,
        restore_callback_states_from_checkpoint=True,
        logging_steps=1,
        logging_nan_inf_filter=False,
        include_num_input_tokens_seen="all",
        report_to="none",
        disable_tqdm=True,
        dataloader_num_workers=0,
        dataloader_pin_memory=torch.cuda.is_available(),
        remove_unused_columns=False,
        use_cpu=not torch.cuda.is_available(),
        seed=job.seed,
        data_seed=job.seed,
        **more,
    )


def callbacks_of(job: JobRequest, teller: Teller) -> list[TrainerCallback]:
    patience = job.settings.early_stopping_patience
    return [teller] if patience is None else [teller, EarlyStoppingCallback(early_stopping_patience=patience)]


def build_trainer(job: JobRequest, location: str, tokenizer: Any, folder: Path, teller: Teller, log: EventLog) -> Any:
    set_seed(job.seed)
    parts = data_of(job, tokenizer, log)
    model = methods.load_base(location, job)
    model = methods.prepare(model, job)
    trained, whole = methods.counts(model)
    log.say("model", trainedParameters=trained, parameters=whole, device="cuda" if torch.cuda.is_available() else "cpu")
    evaluation = parts["evaluation"] if job.rows.evaluation else None
    if job.stage == "dpo":
        return preference_trainer(job, model, tokenizer, parts["train"], evaluation, folder, teller, location)
    kind = KeepsSoftPrompts if job.method in SOFT_PROMPTS else Trainer
    return kind(
        model=model,
        args=thinned(arguments(job, folder, TrainingArguments), len(parts["train"])),
        data_collator=Collator(tokenizer.pad_token_id, packed=job.settings.packing and job.stage == "sft"),
        train_dataset=Dataset.from_list(parts["train"]),
        eval_dataset=None if evaluation is None else Dataset.from_list(evaluation),
        callbacks=callbacks_of(job, teller),
    )


def preference_trainer(job: JobRequest, model: Any, tokenizer: Any, train: Any, evaluation: Any, folder: Path, teller: Teller, location: str) -> Any:
    from trl import DPOConfig, DPOTrainer

    # An adapter's own base is the reference; weights that learn themselves need a second copy that stands still.
    reference = methods.load_base(location, job) if job.method in WEIGHTS else None
    kind = type("SoftPromptDPOTrainer", (KeepsSoftPrompts, DPOTrainer), {}) if job.method in SOFT_PROMPTS else DPOTrainer
    return kind(
        model=model,
        ref_model=reference,
        args=thinned(arguments(job, folder, DPOConfig, beta=job.settings.dpo_beta, max_length=job.settings.context_tokens), len(train)),
        train_dataset=Dataset.from_list(train),
        eval_dataset=None if evaluation is None else Dataset.from_list(evaluation),
        processing_class=tokenizer,
        callbacks=callbacks_of(job, teller),
    )


def thinned(made: Any, examples: int) -> Any:
    """A curve has no more points than anybody can draw."""
    effective = made.per_device_train_batch_size * made.gradient_accumulation_steps
    steps = made.max_steps if made.max_steps > 0 else math.ceil(examples / effective) * made.num_train_epochs
    made.logging_steps = max(1, math.ceil(steps / MOST_POINTS))
    return made


def data_of(job: JobRequest, tokenizer: Any, log: EventLog) -> dict[str, list[Any]]:
    """Features of each part; tells what became of the rows."""
    context = job.settings.context_tokens
    made: dict[str, list[Any]] = {}
    for part in ("train", "evaluation"):
        given = getattr(job.rows, part)
        if not given:
            continue
        if job.stage == "dpo":
            made[part], report = rows.preference_rows(tokenizer, given, context)
        else:
            examples = (rows.text_examples if job.stage == "pretrain" else rows.sft_examples)(tokenizer, given, context)
            report = examples.report
            packed = job.settings.packing and job.stage == "sft"
            groups = rows.pack(examples.examples, context) if packed else [[one] for one in examples.examples]
            made[part] = [rows.feature(group, packed=packed) for group in groups]
        log.say("data", part=part, **report.as_json())
        rows.require_rows(report, part)
        for warning in rows.warnings_of(report, part, job):
            log.say("warning", code="rows", text=warning)
    return made


def smaller(settings: Settings) -> Settings | None:
    """Half the rows at a time, as many before each step of the optimizer: the same training in less memory. None: there is no less than one."""
    effective = settings.batch_size * settings.gradient_accumulation
    for size in range(settings.batch_size // 2, 0, -1):
        if effective % size == 0:
            return settings.model_copy(update={"batch_size": size, "gradient_accumulation": effective // size})
    return None


def with_smaller_batches(job: JobRequest, train: Callable[[JobRequest], Any], log: EventLog) -> Any:
    """Trains; where memory does not hold the batch, with half of it, and says so. At most twelve times, for a batch is 4,096 at most."""
    while True:
        try:
            return train(job)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            less = smaller(job.settings)
            if less is None:
                raise
            log.say(
                "warning",
                code="batch-halved",
                text=f"Memory does not hold {job.settings.batch_size} rows at a time. Going on with {less.batch_size}, and {less.gradient_accumulation} times as many before each step: the result is the same, it takes longer.",
                batchSize=less.batch_size,
                gradientAccumulation=less.gradient_accumulation,
            )
        # Outside the except clause: there the error's traceback still holds the tensors.
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        job = job.model_copy(update={"settings": less})


def run(job: JobRequest, folder: Path, models: Path, log: EventLog, *, hub: bool) -> dict[str, Any]:
    """Trains and writes the files to `folder`/artifacts. Returns what there is to say of them."""
    if job.method == "qlora":
        methods.require_cuda()
    location = base_location(job.base, models, hub=hub)
    methods.check_length(location, job)
    tokenizer = load_tokenizer(location)
    checkpoints = folder / "checkpoints"
    checkpoints.mkdir(exist_ok=True)
    prompts = list(job.sample_prompts)

    def once(asked: JobRequest) -> Any:
        teller = Teller(log, tokenizer, prompts)
        trainer = build_trainer(asked, location, tokenizer, checkpoints, teller, log)
        begin = resumable(checkpoints)
        if begin is not None:
            log.say("resumed", step=int(begin.name.rsplit("-", 1)[1]))
        trainer.train(resume_from_checkpoint=None if begin is None else str(begin))
        return trainer

    trainer = with_smaller_batches(job, once, log)
    state = trainer.state
    model = trainer.accelerator.unwrap_model(trainer.model)
    Teller(log, tokenizer, prompts).answer(state.global_step, model)
    artifacts = write_artifacts(model, tokenizer, folder, job)
    shutil.rmtree(checkpoints)
    return {
        "artifacts": artifacts,
        "steps": state.global_step,
        "bestEvalLoss": state.best_metric,
        "baseHash": hash_of_base(location),
        "peakMemoryBytes": memory_in_use(),
    }


def write_artifacts(model: Any, tokenizer: Any, folder: Path, job: JobRequest) -> list[dict[str, Any]]:
    """safetensors alone. Written beside and then renamed: there is a whole folder or none."""
    beside, place = folder / "artifacts.new", folder / "artifacts"
    for old in (beside, place):
        shutil.rmtree(old, ignore_errors=True)
    model.save_pretrained(str(beside))
    if job.method in WEIGHTS:
        tokenizer.save_pretrained(str(beside))
    (beside / "README.md").unlink(missing_ok=True)
    beside.rename(place)
    return [{"name": file.relative_to(place).as_posix(), "bytes": file.stat().st_size, "hash": hash_of(file)} for file in sorted(place.rglob("*")) if file.is_file()]


def hash_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
