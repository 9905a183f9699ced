"""Each method: which parameters of the base model learn, or what is put beside them."""

from __future__ import annotations

from typing import Any

import torch
from peft import LoraConfig, PrefixTuningConfig, PromptTuningConfig, TaskType, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoConfig, AutoModelForCausalLM

from .base_files import unreadable
from .failures import JobFailure
from .job_format import LORA_LIKE, JobRequest


def check_length(location: str, job: JobRequest) -> None:
    try:
        most = getattr(AutoConfig.from_pretrained(location, trust_remote_code=False), "max_position_embeddings", None)
    except Exception as error:
        raise unreadable(location, error) from error
    if isinstance(most, int) and job.settings.context_tokens > most:
        raise JobFailure("context-too-long", f"The base model reads {most} tokens at most; {job.settings.context_tokens} context tokens were asked for.")


def precision_of(job: JobRequest) -> torch.dtype:
    if job.settings.precision == "auto":
        return torch.bfloat16 if torch.cuda.is_available() and torch.cuda.is_bf16_supported() else torch.float32
    return torch.bfloat16 if job.settings.precision == "bfloat16" else torch.float32


def load_base(location: str, job: JobRequest) -> Any:
    # Weights that learn are kept in 32 bits and computed with in 16 (autocast): small steps are lost in 16-bit weights.
    learns_itself = job.method in ("full", "frozen")
    options: dict[str, Any] = {"dtype": torch.float32 if learns_itself else precision_of(job)}
    if job.method == "qlora":
        require_cuda()
        from transformers import BitsAndBytesConfig

        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True, bnb_4bit_compute_dtype=precision_of(job)
        )
    try:
        model = AutoModelForCausalLM.from_pretrained(location, trust_remote_code=False, use_safetensors=True, attn_implementation="sdpa", **options)
    except JobFailure:
        raise
    except Exception as error:
        raise unreadable(location, error) from error
    return model


def require_cuda() -> None:
    if not torch.cuda.is_available():
        raise JobFailure("needs-gpu", "QLoRA keeps the base model in 4 bits, which needs an NVIDIA GPU; this trainer has none. Take lora, or a trainer with a GPU.")


def prepare(model: Any, job: JobRequest) -> Any:
    """The model that learns; of everything else no parameter asks for a gradient."""
    settings = job.settings
    if job.method == "full":
        return model
    if job.method == "frozen":
        return freeze_lower_layers(model, settings.trained_layers)
    if job.method == "qlora":
        model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=settings.gradient_checkpointing)
    if settings.gradient_checkpointing:
        model.enable_input_require_grads()
    try:
        return get_peft_model(model, adapter_config(job))
    except ValueError as error:
        raise JobFailure("bad-settings", f"The adapter does not fit the base model: {error}") from error


def adapter_config(job: JobRequest) -> Any:
    settings = job.settings
    if job.method in LORA_LIKE:
        return LoraConfig(
            task_type=TaskType.CAUSAL_LM,
            r=settings.rank,
            lora_alpha=settings.alpha,
            lora_dropout=settings.dropout,
            target_modules=settings.target_modules or "all-linear",
            use_dora=job.method == "dora",
            use_rslora=job.method == "rslora",
        )
    if job.method == "prompt":
        return PromptTuningConfig(task_type=TaskType.CAUSAL_LM, num_virtual_tokens=settings.virtual_tokens, prompt_tuning_init="SAMPLE_VOCAB")
    # P-tuning v2 (Liu et al. 2022) learns the keys and values of every layer as they are; prefix tuning (Li & Liang 2021) makes them with a small network.
    return PrefixTuningConfig(task_type=TaskType.CAUSAL_LM, num_virtual_tokens=settings.virtual_tokens, prefix_projection=job.method == "prefix")


def freeze_lower_layers(model: Any, wanted: int | None) -> Any:
    layers = decoder_layers(model)
    count = wanted if wanted is not None else max(1, round(len(layers) / 8))
    if count > len(layers):
        raise JobFailure("bad-settings", f"The base model has {len(layers)} layers; {count} cannot learn.")
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    for layer in layers[len(layers) - count :]:
        for parameter in layer.parameters():
            parameter.requires_grad_(True)
    return model


def decoder_layers(model: Any) -> Any:
    for holder in (getattr(model, "model", None), getattr(model, "transformer", None), getattr(model, "gpt_neox", None)):
        for name in ("layers", "h", "blocks"):
            layers = getattr(holder, name, None)
            if isinstance(layers, torch.nn.ModuleList):
                return layers
    raise JobFailure("base-unusable", "The layers of this kind of model are not known, so none can be frozen. Take lora.")


def counts(model: Any) -> tuple[int, int]:
    """Parameters that learn, and all."""
    trained = sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)
    return trained, sum(parameter.numel() for parameter in model.parameters())
