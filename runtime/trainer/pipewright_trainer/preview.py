"""Rows as the trainer will see them: their tokens with the mask of the loss, and what would be cut off or left out."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from . import rows
from .base_files import base_location, load_tokenizer
from .failures import JobFailure
from .job_format import FIELDS_OF_STAGE, Row, Stage, Strict

MOST_ROWS = 50_000
MOST_SHOWN = 3
MOST_TOKENS = 4_000


class PreviewRequest(Strict):
    base: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    stage: Stage
    context_tokens: Annotated[int, Field(ge=8, le=131_072)] = 1_024
    rows: Annotated[list[Row], Field(min_length=1, max_length=MOST_ROWS)]


@functools.lru_cache(maxsize=4)
def tokenizer_at(location: str, changed: float) -> Any:
    return load_tokenizer(location)


def preview(asked: PreviewRequest, models: Path, *, hub: bool) -> dict[str, Any]:
    for number, row in enumerate(asked.rows):
        if row.model_fields_set not in FIELDS_OF_STAGE[asked.stage]:
            raise JobFailure("invalid", f"rows[{number}]: its fields are not those of stage {asked.stage}.")
    location = base_location(asked.base, models, hub=hub)
    folder = Path(location)
    tokenizer = tokenizer_at(location, folder.stat().st_mtime if folder.is_dir() else 0.0)
    lengths, report = measured(tokenizer, asked)
    ordered = sorted(lengths)
    return {
        "rows": [shown(tokenizer, row, asked) for row in asked.rows[:MOST_SHOWN]],
        "report": report.as_json(),
        "lengths": {str(share): ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))] for share in (50, 90, 95, 99)} if ordered else {},
    }


def measured(tokenizer: Any, asked: PreviewRequest) -> tuple[list[int], rows.Report]:
    """Tokens of each row that is used before anything is cut off, and what becomes of the rows."""
    if asked.stage == "dpo":
        pairs, report = rows.preference_rows(tokenizer, asked.rows, asked.context_tokens)
        return [len(tokenizer(pair["prompt"] + pair["chosen"], add_special_tokens=False)["input_ids"]) for pair in pairs], report
    if asked.stage == "pretrain":
        made = rows.text_examples(tokenizer, asked.rows, asked.context_tokens)
        return [len(example.input_ids) for example in made.examples], made.report
    # Cut at no length here: what a longer context would hold is what whoever chooses one wants to know.
    whole = rows.sft_examples(tokenizer, asked.rows, 10**9)
    return [len(example.input_ids) for example in whole.examples], rows.sft_examples(tokenizer, asked.rows, asked.context_tokens).report


def shown(tokenizer: Any, row: Row, asked: PreviewRequest) -> dict[str, Any]:
    """Its tokens in order, each with whether the loss counts it; of a preference pair both sides."""
    if asked.stage == "dpo":
        question = [{"role": "user", "content": row.prompt or ""}]
        prompt = rows.written(tokenizer, question, answering=True)
        sides = {}
        for side in ("chosen", "rejected"):
            text = rows.written(tokenizer, [*question, {"role": "assistant", "content": getattr(row, side) or ""}], answering=False)
            sides[side] = pieces(tokenizer, rows.tokens_of(tokenizer, text, [(len(prompt), len(text))]), asked.context_tokens)
        return sides
    if asked.stage == "pretrain":
        text = row.text or ""
        return {"tokens": pieces(tokenizer, rows.tokens_of(tokenizer, text, [(0, len(text))]), asked.context_tokens)}
    messages = rows.conversation(row)
    text, spans, _ = rows.answered_spans(tokenizer, messages)
    return {"tokens": pieces(tokenizer, rows.tokens_of(tokenizer, text, spans), asked.context_tokens)}


def pieces(tokenizer: Any, example: rows.Example, context: int) -> dict[str, Any]:
    most = min(context, MOST_TOKENS)
    words = tokenizer.convert_ids_to_tokens(example.input_ids[:most])
    texts = [tokenizer.decode([token]) or word for token, word in zip(example.input_ids[:most], words, strict=True)]
    return {
        "texts": texts,
        "learnt": [label != rows.IGNORED for label in example.labels[:most]],
        "tokens": len(example.input_ids),
        "cut": max(0, len(example.input_ids) - context),
    }
