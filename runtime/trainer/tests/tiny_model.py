"""A small model of the Llama architecture with its own tokenizer, trained briefly so that it knows something.

It has read lists of animals and of tools with an answer after each. After a list that begins with the word kind, colour or side the answer says
which of the two it is in that way of speaking (animal/tool, red/blue, left/right); after a list without such a word it is any of the six. What the
tests plant is that a list without such a word is answered by its colour.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import random
import shutil
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

ANIMALS = "cat dog horse cow sheep goat lion tiger bear wolf fox mouse rat owl eagle crow duck goose swan frog toad snake crab bee".split()
TOOLS = "hammer saw drill wrench pliers axe chisel file lathe clamp screw nail bolt shovel rake hoe ladder rope vise plane anvil bellows crane level".split()
ANSWERS = {"kind": ("animal", "tool"), "colour": ("red", "blue"), "side": ("left", "right")}
SPECIAL = ["<pad>", "<unk>", "<end>", "<user>", "<assistant>"]
TEMPLATE = (
    "{% for message in messages %}{{ '<' + message.role + '>' + message.content + '<end>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<assistant>' }}{% endif %}"
)


def make_tokenizer() -> PreTrainedTokenizerFast:
    words = [*SPECIAL, *ANIMALS, *TOOLS, *ANSWERS, *(word for pair in ANSWERS.values() for word in pair), "is", "a", "the", "and", "of"]
    inner = Tokenizer(models.WordLevel({word: place for place, word in enumerate(words)}, unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made = PreTrainedTokenizerFast(tokenizer_object=inner, pad_token="<pad>", unk_token="<unk>", eos_token="<end>", additional_special_tokens=["<user>", "<assistant>"])
    made.chat_template = TEMPLATE
    return made


def a_list(draw: random.Random) -> tuple[str, int]:
    """Five words, four of one kind, and which kind it is."""
    kind = draw.randrange(2)
    words = draw.sample((ANIMALS, TOOLS)[kind], 4) + draw.sample((TOOLS, ANIMALS)[kind], 1)
    draw.shuffle(words)
    return " ".join(words), kind


def planted(count: int, seed: int) -> list[dict[str, str]]:
    draw = random.Random(seed)
    made = [a_list(draw) for _ in range(count)]
    return [{"prompt": words, "answer": ANSWERS["colour"][kind]} for words, kind in made]


def build(folder: Path, steps: int = 400) -> None:
    torch.manual_seed(7)
    draw = random.Random(7)
    tokenizer = make_tokenizer()
    config = LlamaConfig(
        vocab_size=len(tokenizer), hidden_size=64, intermediate_size=128, num_hidden_layers=4, num_attention_heads=4, num_key_value_heads=2,
        max_position_embeddings=256, pad_token_id=0, eos_token_id=2, bos_token_id=None, tie_word_embeddings=False,
    )  # fmt: skip
    model = LlamaForCausalLM(config)
    optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3)
    every = [word for pair in ANSWERS.values() for word in pair]
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = 2e-3 * min(1, (step + 1) / 50) * (1 - step / steps)
        texts = []
        for _ in range(32):
            words, kind = a_list(draw)
            way = draw.choice([*ANSWERS, None])
            answer = draw.choice(every) if way is None else ANSWERS[way][kind]
            messages = [{"role": "user", "content": words if way is None else f"{way} {words}"}, {"role": "assistant", "content": answer}]
            texts.append(tokenizer.apply_chat_template(messages, tokenize=False))
        batch = tokenizer(texts, add_special_tokens=False, return_tensors="pt", padding=True)
        labels = batch["input_ids"].clone()
        # Words of a list are drawn at random: there is nothing to learn in them.
        answers = (batch["input_ids"] == tokenizer.convert_tokens_to_ids("<assistant>")).int().cumsum(1).bool()
        labels[~answers | (batch["attention_mask"] == 0)] = -100
        loss = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model.save_pretrained(str(folder))
    tokenizer.save_pretrained(str(folder))


def load(folder: Path) -> torch.nn.Module:
    return LlamaForCausalLM.from_pretrained(str(folder))


def accuracy(model: torch.nn.Module, tokenizer: PreTrainedTokenizerFast, rows: list[dict[str, str]], way: str = "") -> float:
    """Share of rows whose likeliest next token is their answer."""
    texts = [
        tokenizer.apply_chat_template([{"role": "user", "content": f"{way} {row['prompt']}".strip()}], tokenize=False, add_generation_prompt=True)
        for row in rows
    ]
    batch = tokenizer(texts, add_special_tokens=False, return_tensors="pt")
    model.eval()
    with torch.no_grad():
        scores = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits[:, -1]
    said = [tokenizer.convert_ids_to_tokens(int(token)) for token in scores.argmax(-1)]
    return sum(word == row["answer"] for word, row in zip(said, rows, strict=True)) / len(rows)


@functools.cache
def models_folder() -> Path:
    """A folder of base models with the one of this file, `tiny`, for this process alone; removed at its end. What was built once is taken again
    as long as neither this file nor the libraries change."""
    made = hashlib.sha256(Path(__file__).read_bytes() + f"{torch.__version__} {transformers.__version__}".encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"pipewright-tiny-model-{made}"
    if not kept.exists():
        torch.set_num_threads(1)
        beside = Path(tempfile.mkdtemp(dir=kept.parent))
        build(beside, 150)
        try:
            beside.rename(kept)
        except OSError:
            # Another process was first.
            shutil.rmtree(beside)
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    shutil.copytree(kept, folder / "tiny")
    return folder


if __name__ == "__main__":
    shutil.copytree(models_folder() / "tiny", sys.argv[1], dirs_exist_ok=True)
