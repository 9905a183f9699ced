"""`python -m pipewright_trainer`: starts the server."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from . import VERSION
from .dispatcher import Dispatcher
from .job_format import METHODS
from .server import TrainerServer
from .store import Store

LIBRARIES = ("torch", "transformers", "peft", "trl", "datasets", "accelerate", "safetensors", "bitsandbytes")
ASK_DEVICES = """
import json, torch
count = torch.cuda.device_count() if torch.cuda.is_available() else 0
found = [torch.cuda.get_device_properties(index) for index in range(count)]
print(json.dumps([{"index": index, "name": device.name, "memoryBytes": device.total_memory} for index, device in enumerate(found)]))
"""


def capabilities(gpus: bool, groups: list[str], devices: list[dict[str, Any]], *, hub: bool) -> dict[str, Any]:
    return {
        "version": VERSION,
        "methods": [method for method in METHODS if method != "qlora" or gpus],
        "stages": ["pretrain", "sft", "dpo"],
        "serves": True,
        "protocol": 1,
        "groups": groups,
        "devices": devices,
        "hub": hub,
        "libraries": {name: found for name in LIBRARIES if (found := installed(name))},
        "python": sys.version.split()[0],
    }


def installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def find_devices() -> list[dict[str, Any]]:
    """GPUs that PyTorch can use. Asked in a process of its own, so that this one holds no memory of a GPU; not at all where there is no driver."""
    if os.environ.get("CUDA_VISIBLE_DEVICES") == "" or shutil.which("nvidia-smi") is None:
        return []
    asked = subprocess.run([sys.executable, "-c", ASK_DEVICES], capture_output=True, text=True, timeout=300)
    if asked.returncode != 0:
        sys.exit(f"PyTorch could not be asked for its GPUs: {asked.stderr.strip()[-1_000:]}")
    return json.loads(asked.stdout.splitlines()[-1])


def read_token(data: Path) -> str:
    """Of PIPEWRIGHT_TRAINER_TOKEN, or of a file that only its owner reads; made where there is none."""
    if token := os.environ.get("PIPEWRIGHT_TRAINER_TOKEN"):
        return token
    file = data / "token"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(32))
    return file.read_text().strip()


def own(data: Path) -> Any:
    """Two servers on one folder would run the same jobs. Held until the process ends."""
    if sys.platform == "win32":
        return None
    import fcntl

    held = (data / "lock").open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"Another trainer runs on {data} already. Stop it, or give this one another --data.")
    return held


def main() -> int:
    parser = argparse.ArgumentParser(prog="trainer", description="Trains language models for whoever asks over HTTP.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, default=8300, help="0: any free one")
    parser.add_argument("--data", type=Path, default=Path.home() / ".local" / "share" / "pipewright-trainer", help="jobs, checkpoints and files")
    parser.add_argument("--models", type=Path, help="folder of base models, one folder each (default: models in --data)")
    parser.add_argument("--hub", action="store_true", help="base models may also be names on the Hugging Face hub")
    asked = parser.parse_args()
    data: Path = asked.data.expanduser().resolve()
    models: Path = (asked.models or data / "models").expanduser().resolve()
    data.mkdir(parents=True, exist_ok=True)
    models.mkdir(parents=True, exist_ok=True)
    held = own(data)
    token = read_token(data)
    devices = find_devices()
    groups = [str(device["index"]) for device in devices] or ["cpu"]
    dispatcher = Dispatcher(Store(data / "jobs"), models, groups, hub=asked.hub)
    server = TrainerServer((asked.host, asked.port), dispatcher, token, capabilities(bool(devices), groups, devices, hub=asked.hub))
    dispatcher.start()
    # Read beside the first requests: whoever asks for a preview need not wait for it.
    threading.Thread(target=lambda: importlib.import_module("transformers").AutoTokenizer, daemon=True).start()

    def stop(*_: Any) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    for device in devices:
        print(f"GPU {device['index']}: {device['name']}, {device['memoryBytes'] / 2**30:.0f} GiB")
    if not devices:
        print("No NVIDIA GPU: jobs run on the CPU, which suits small models alone; qlora is not offered.")
    print(f"Base models: {models}")
    source = "PIPEWRIGHT_TRAINER_TOKEN" if os.environ.get("PIPEWRIGHT_TRAINER_TOKEN") else str(data / "token")
    print(f"Token: in {source}")
    print(f"Listening on http://{asked.host}:{server.server_address[1]}", flush=True)
    server.serve_forever()
    dispatcher.stop()
    server.answerer.stop()
    if held is not None:
        held.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
