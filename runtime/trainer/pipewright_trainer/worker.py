"""The process of one job: `python -m pipewright_trainer.worker FOLDER MODELS [--hub]`. Its standard input is its server's hand: when that lets go, it ends."""

from __future__ import annotations

import logging
import os
import sys
import threading
from pathlib import Path

from .events import EventLog
from .failures import explain
from .job_format import JobRequest
from .store import read_request, write_json


def end_with_the_server() -> None:
    def wait() -> None:
        while sys.stdin.buffer.read(1 << 16):
            pass
        os._exit(75)

    threading.Thread(target=wait, daemon=True).start()


class LogTeller(logging.Handler):
    """Warnings of the libraries, for whoever watches the job."""

    def __init__(self, log: EventLog) -> None:
        super().__init__(logging.WARNING)
        self.log = log
        self.said = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.said += 1
        if self.said <= 1_000:
            self.log.say("log", text=record.getMessage())


def main() -> int:
    folder, models, hub = Path(sys.argv[1]), Path(sys.argv[2]), "--hub" in sys.argv[3:]
    end_with_the_server()
    log = EventLog(folder / "events.jsonl")
    logging.getLogger().addHandler(LogTeller(log))
    try:
        job: JobRequest = read_request(folder)
        from .training import run

        write_json(folder / "outcome.json", {"state": "done", "result": run(job, folder, models, log, hub=hub)})
        return 0
    except Exception as error:
        failure = explain(error)
        if failure.code == "failed":
            logging.getLogger(__name__).exception("the job failed")
        write_json(folder / "outcome.json", {"state": "failed", "error": {"code": failure.code, "message": failure.message}})
        return 1


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads of the libraries are not waited for.
    os._exit(status)
