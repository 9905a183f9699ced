"""What can go wrong, each with a code for programs and a sentence that says what to do."""

from __future__ import annotations

import errno


class JobFailure(Exception):
    """Ends a job. `code` is one word that programs compare; the message is for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def is_out_of_memory(error: BaseException) -> bool:
    """The GPU's or the machine's: torch says the second as a plain RuntimeError."""
    if isinstance(error, MemoryError):
        return True
    if type(error).__name__ in ("OutOfMemoryError", "AcceleratorError") and "out of memory" in str(error).lower():
        return True
    text = str(error)
    return isinstance(error, RuntimeError) and ("DefaultCPUAllocator" in text or "out of memory" in text.lower())


def is_full_disk(error: BaseException) -> bool:
    """safetensors and torch put the system's error into words of their own."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return True
    text = str(error)
    return "No space left on device" in text or "os error 28" in text or "File too large" in text or "PytorchStreamWriter failed" in text


def explain(error: BaseException) -> JobFailure:
    """The failure to tell for an error that nobody foresaw, or did."""
    if isinstance(error, JobFailure):
        return error
    if is_full_disk(error):
        return JobFailure("disk-full", "The disk of the trainer is full: a checkpoint could not be written. The last whole one is kept. Make room, then resume the job.")
    if is_out_of_memory(error):
        return JobFailure(
            "out-of-memory",
            "Not even one row at a time fits into memory. Take fewer context tokens, gradient checkpointing, a smaller base model, or qlora.",
        )
    return JobFailure("failed", f"{type(error).__name__}: {str(error)[:2_000]}")
