"""From rows to tokens, with a mask that says which of them the loss counts. What is left out or cut off is counted, never silent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from .failures import JobFailure
from .job_format import JobRequest, Row

IGNORED = -100
"""The label that torch's cross entropy leaves out."""


@dataclass
class Report:
    """What became of the rows of one part."""

    rows: int = 0
    used: int = 0
    empty_answers: int = 0
    without_room: int = 0
    """Rows whose prompt alone fills the context: no token of the answer would be learnt."""
    truncated: int = 0
    last_answer_only: int = 0
    """Conversations whose template rewrites earlier turns: only the last answer counts."""
    longest_tokens: int = 0
    tokens: int = 0
    answer_tokens: int = 0

    def as_json(self) -> dict[str, int]:
        words = {"empty_answers": "emptyAnswers", "without_room": "withoutRoom", "last_answer_only": "lastAnswerOnly"}
        words |= {"longest_tokens": "longestTokens", "answer_tokens": "answerTokens"}
        return {words.get(name, name): value for name, value in asdict(self).items()}


@dataclass
class Example:
    input_ids: list[int]
    labels: list[int]


@dataclass
class Examples:
    examples: list[Example] = field(default_factory=list)
    report: Report = field(default_factory=Report)


def conversation(row: Row) -> list[dict[str, str]]:
    if row.messages is not None:
        return [{"role": message.role, "content": message.content} for message in row.messages]
    return [{"role": "user", "content": row.prompt or ""}, {"role": "assistant", "content": row.answer or ""}]


def written(tokenizer: Any, messages: list[dict[str, str]], *, answering: bool) -> str:
    """The text that the model is given: by the base model's chat template; a model without one gets a prompt and its answer one after the other."""
    if tokenizer.chat_template:
        try:
            return tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=answering)
        except Exception as error:  # A template is a program of the base model's: it may fail in any way.
            raise JobFailure("template", f"The chat template of the base model refuses a row: {error}") from error
    if len(messages) > 2 or messages[0]["role"] != "user":
        raise JobFailure("template", "The base model has no chat template, so rows may only have a prompt and an answer. Take the instruct variant of it.")
    end = "" if answering or len(messages) < 2 else (tokenizer.eos_token or "")
    return "\n".join(message["content"] for message in messages) + ("\n" if len(messages) == 1 else "") + end


def answered_spans(tokenizer: Any, messages: list[dict[str, str]]) -> tuple[str, list[tuple[int, int]], bool]:
    """The whole text, where its answers stand in it, and whether earlier answers had to be left out."""
    whole = written(tokenizer, messages, answering=False)
    spans: list[tuple[int, int]] = []
    skipped = False
    turns = [place for place, message in enumerate(messages) if message["role"] == "assistant"]
    for place in turns:
        before = written(tokenizer, messages[:place], answering=True) if place > 0 else ""
        after = whole if place == len(messages) - 1 else written(tokenizer, messages[: place + 1], answering=False)
        if whole.startswith(before) and whole.startswith(after) and len(after) > len(before):
            spans.append((len(before), len(after)))
        elif place == turns[-1]:
            raise JobFailure(
                "template",
                "The chat template of the base model does not put the last answer after its own prompt for an answer, so what is to be learnt cannot be told from what is given.",
            )
        else:
            skipped = True
    return whole, spans, skipped


def tokens_of(tokenizer: Any, text: str, spans: list[tuple[int, int]]) -> Example:
    templated = bool(tokenizer.chat_template)
    encoded = tokenizer(text, add_special_tokens=not templated, return_offsets_mapping=True)
    labels: list[int] = []
    for token, (start, end) in zip(encoded["input_ids"], encoded["offset_mapping"], strict=True):
        counts = end > start and any(first <= start and end <= last for first, last in spans)
        labels.append(token if counts else IGNORED)
    return Example(list(encoded["input_ids"]), labels)


def sft_examples(tokenizer: Any, rows: Iterable[Row], context: int) -> Examples:
    made = Examples()
    report = made.report
    for row in rows:
        report.rows += 1
        messages = conversation(row)
        if messages[-1]["role"] != "assistant" or not messages[-1]["content"].strip():
            report.empty_answers += 1
            continue
        whole, spans, skipped = answered_spans(tokenizer, messages)
        example = tokens_of(tokenizer, whole, spans)
        report.longest_tokens = max(report.longest_tokens, len(example.input_ids))
        if len(example.input_ids) > context:
            example = Example(example.input_ids[:context], example.labels[:context])
            if all(label == IGNORED for label in example.labels):
                report.without_room += 1
                continue
            report.truncated += 1
        report.last_answer_only += skipped
        keep(made, example)
    return made


def keep(made: Examples, example: Example) -> None:
    made.examples.append(example)
    made.report.used += 1
    made.report.tokens += len(example.input_ids)
    made.report.answer_tokens += sum(label != IGNORED for label in example.labels)


def text_examples(tokenizer: Any, rows: Iterable[Row], context: int) -> Examples:
    """Raw text: every text ends with the end token, all are joined and cut into contexts, so that no token is lost."""
    made = Examples()
    stream: list[int] = []
    end = [] if tokenizer.eos_token_id is None else [tokenizer.eos_token_id]
    for row in rows:
        made.report.rows += 1
        if not (row.text or "").strip():
            made.report.empty_answers += 1
            continue
        ids = tokenizer(row.text, add_special_tokens=False)["input_ids"] + end
        made.report.longest_tokens = max(made.report.longest_tokens, len(ids))
        made.report.used += 1
        stream += ids
    for start in range(0, len(stream), context):
        piece = stream[start : start + context]
        if len(piece) > 1:
            made.examples.append(Example(piece, list(piece)))
    made.report.tokens = made.report.answer_tokens = len(stream)
    return made


def pack(examples: list[Example], context: int) -> list[list[Example]]:
    """First fit, longest first: few packs, and none longer than the context. The same examples give the same packs."""
    packs: list[tuple[int, list[Example]]] = []
    for example in sorted(examples, key=lambda one: -len(one.input_ids)):
        # Looking at the latest packs alone keeps this linear: the earlier ones are nearly full.
        for place in range(max(0, len(packs) - 64), len(packs)):
            used, members = packs[place]
            if used + len(example.input_ids) <= context:
                members.append(example)
                packs[place] = (used + len(example.input_ids), members)
                break
        else:
            packs.append((len(example.input_ids), [example]))
    return [members for _, members in packs]


def feature(members: list[Example], *, packed: bool) -> dict[str, list[int]]:
    """What the collator takes. Of a pack each row's positions begin at 0, from which the attention knows where one row ends and the next begins."""
    made: dict[str, list[int]] = {"input_ids": [], "labels": []}
    positions: list[int] = []
    for example in members:
        made["input_ids"] += example.input_ids
        # The first token of a row has nothing of its own row before it to be foretold from.
        made["labels"] += [IGNORED, *example.labels[1:]] if packed else example.labels
        positions += range(len(example.input_ids))
    if packed:
        made["position_ids"] = positions
    return made


def preference_rows(tokenizer: Any, rows: Iterable[Row], context: int) -> tuple[list[dict[str, str]], Report]:
    report = Report()
    made: list[dict[str, str]] = []
    for row in rows:
        report.rows += 1
        if not (row.chosen or "").strip() or not (row.rejected or "").strip():
            report.empty_answers += 1
            continue
        asked = [{"role": "user", "content": row.prompt or ""}]
        prompt = written(tokenizer, asked, answering=True)
        pair = {"prompt": prompt}
        longest = 0
        for side in ("chosen", "rejected"):
            whole = written(tokenizer, [*asked, {"role": "assistant", "content": getattr(row, side)}], answering=False)
            if not whole.startswith(prompt):
                raise JobFailure("template", "The chat template of the base model does not put the answer after its own prompt for one, so preference pairs cannot be told apart.")
            pair[side] = whole[len(prompt) :]
            longest = max(longest, len(tokenizer(whole, add_special_tokens=False)["input_ids"]))
        report.longest_tokens = max(report.longest_tokens, longest)
        if len(tokenizer(prompt, add_special_tokens=False)["input_ids"]) >= context:
            report.without_room += 1
            continue
        report.truncated += longest > context
        report.used += 1
        report.tokens += longest
        made.append(pair)
    return made, report


def require_rows(report: Report, part: str) -> None:
    if report.used > 0:
        return
    raise JobFailure(
        "no-usable-rows",
        f"Of {report.rows} {part} rows none can be used: {report.empty_answers} have no answer, and the prompt of {report.without_room} fills the whole context. Correct the rows, or take more context tokens.",
    )


def warnings_of(report: Report, part: str, job: JobRequest) -> list[str]:
    """What whoever started the job has to know of its rows."""
    context = job.settings.context_tokens
    told = [
        (report.empty_answers, "have no text to learn and were left out" if job.stage == "pretrain" else "have an empty answer and were left out"),
        (report.without_room, f"were left out: their prompt alone fills the {context} tokens of the context"),
        (report.truncated, f"were cut off after {context} tokens (the longest has {report.longest_tokens})"),
        (report.last_answer_only, "teach their last answer only: the template of the base model rewrites earlier turns"),
    ]
    return [f"{count} of {report.rows} {part} rows {what}." for count, what in told if count > 0]
