"""The trainer's HTTP. Every route but /health wants `Authorization: Bearer TOKEN`. Errors: {"error": {"code", "message"}}."""

from __future__ import annotations

import hmac
import itertools
import json
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, StringConstraints, ValidationError

from . import VERSION
from .bases import listed
from .chat import Answerer, ChatRequest, chunk, whole
from .deployments import Deployments
from .dispatcher import Dispatcher, described
from .failures import JobFailure
from .job_format import JobRequest
from .preview import PreviewRequest, preview
from .store import TERMINAL, Refused, read_json

MOST_BODY = 512 * 1024 * 1024
MOST_CONNECTIONS = 64
MOST_WATCHERS = 32
MOST_PREVIEWS = 2
IDLE_S = 60
ENDED = TERMINAL | {"deleted"}
LOOK_S = 0.2
HEARTBEAT_S = 15
OTHERS = {"/v1/preview": "preview", "/v1/load_lora_adapter": "load", "/v1/unload_lora_adapter": "unload", "/v1/chat/completions": "chat"}
ROUTE = re.compile(r"^/v1/training-jobs/([^/]+)(?:/(events|cancel|resume)|/artifacts/([0-9a-f]{64}))?$")


Asked = TypeVar("Asked", bound=BaseModel)


class LoadRequest(BaseModel):
    """As vLLM's, with the id of a job or the folder of its files as the path."""

    lora_name: Annotated[str, StringConstraints(min_length=1, max_length=100)]
    lora_path: Annotated[str, StringConstraints(min_length=1, max_length=4_096)]
    load_inplace: bool = False


class UnloadRequest(BaseModel):
    lora_name: Annotated[str, StringConstraints(min_length=1, max_length=100)]


class TrainerServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], dispatcher: Dispatcher, token: str, capabilities: dict[str, Any]) -> None:
        self.dispatcher = dispatcher
        self.token = token
        self.capabilities = capabilities
        self.deployments = Deployments(dispatcher.store.root.parent / "deployments.json", dispatcher.store, dispatcher.models)
        self.answerer = Answerer(capabilities["groups"][0], hub=dispatcher.hub)
        self.previews = threading.BoundedSemaphore(MOST_PREVIEWS)
        self.connections = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self.watchers = threading.BoundedSemaphore(MOST_WATCHERS)
        super().__init__(address, Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self.connections.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.connections.release()


class Handler(BaseHTTPRequestHandler):
    server: TrainerServer
    protocol_version = "HTTP/1.1"
    server_version = "pipewright-trainer"
    sys_version = ""
    timeout = IDLE_S

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: a job's events tell what happens."""

    def do_GET(self) -> None:
        self.answer(self.get)

    def do_POST(self) -> None:
        self.answer(self.post)

    def do_DELETE(self) -> None:
        self.answer(self.delete)

    def answer(self, route: Any) -> None:
        self.unread = 0
        self.begun = False
        try:
            self.unread = self.length_of_body()
            route()
        except Refused as refused:
            self.tell(refused.status, {"error": {"code": refused.code, "message": refused.message}})
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True
        except FileNotFoundError:
            self.fail(404, "not-found", "The job was deleted meanwhile.")
        except OSError as error:
            self.fail(507, "storage", f"The trainer cannot store it: {error.strerror or error}")

    def length_of_body(self) -> int:
        """Bytes that follow the head. One that cannot be trusted would let a body be taken for the next request, so that connection ends."""
        told = self.headers.get_all("Content-Length") or []
        if "Transfer-Encoding" in self.headers:
            self.close_connection = True
            raise Refused(400, "length-required", "Send the body whole, with its Content-Length; this server takes none in chunks.")
        if len(told) > 1 or (told and not re.fullmatch(r"[0-9]{1,15}", told[0])):
            self.close_connection = True
            raise Refused(400, "bad-length", "Content-Length is one whole number of bytes.")
        return int(told[0]) if told else 0

    def end_headers(self) -> None:
        self.begun = True
        super().end_headers()

    def fail(self, status: int, code: str, message: str) -> None:
        """An answer that has begun cannot become another one: its connection ends instead, which whoever reads it notices."""
        if self.begun:
            self.close_connection = True
            return
        self.tell(status, {"error": {"code": code, "message": message}})

    def tell(self, status: int, value: Any) -> None:
        if self.unread > 0:
            self.close_connection = True
        content = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def require_token(self) -> None:
        given = self.headers.get("Authorization") or ""
        if not hmac.compare_digest(given.encode(), f"Bearer {self.server.token}".encode()):
            raise Refused(401, "unauthorized", "The trainer's token is missing or wrong.")

    def get(self) -> None:
        path = urlsplit(self.path).path
        if path == "/health":
            return self.tell(200, {"status": "ok", "version": VERSION})
        self.require_token()
        dispatcher = self.server.dispatcher
        if path == "/v1/capabilities":
            return self.tell(200, self.server.capabilities)
        if path == "/v1/bases":
            return self.tell(200, {"bases": listed(dispatcher.models)})
        if path == "/v1/models":
            return self.tell(200, {"object": "list", "data": self.server.deployments.models_told()})
        if path == "/v1/training-jobs":
            return self.tell(200, {"jobs": [described(dispatcher, job) for job in reversed(dispatcher.store.all())][:100]})
        job, verb, artifact = self.parts(path)
        if artifact is not None:
            return self.send_artifact(job, artifact)
        if verb == "events":
            return self.stream(job)
        if verb is not None:
            raise Refused(405, "method", f"POST is what {verb} takes.")
        return self.tell(200, described(dispatcher, job))

    def post(self) -> None:
        self.require_token()
        path = urlsplit(self.path).path
        dispatcher = self.server.dispatcher
        if path == "/v1/training-jobs":
            request = self.read_body(JobRequest)
            if request.method not in self.server.capabilities["methods"]:
                raise Refused(422, "needs-gpu", f"{request.method} needs an NVIDIA GPU; this trainer has none. It offers: {', '.join(self.server.capabilities['methods'])}.")
            job, new = dispatcher.submit(request)
            return self.tell(201 if new else 200, described(dispatcher, job))
        if path in OTHERS:
            return getattr(self, OTHERS[path])()
        job, verb, _ = self.parts(path)
        if verb == "cancel":
            dispatcher.cancel(job)
        elif verb == "resume":
            dispatcher.resume(job)
        else:
            raise Refused(405, "method", "There is nothing to post here.")
        return self.tell(200, described(dispatcher, job))

    def delete(self) -> None:
        self.require_token()
        job, verb, artifact = self.parts(urlsplit(self.path).path)
        if verb is not None or artifact is not None:
            raise Refused(405, "method", "Only a whole job can be deleted.")
        if names := self.server.deployments.names_of(job):
            raise Refused(409, "deployed", f"Its model answers as {', '.join(names)}. Unload it first.")
        self.server.dispatcher.store.remove(job)
        self.tell(200, {"id": job, "deleted": True})

    def parts(self, path: str) -> tuple[str, str | None, str | None]:
        found = ROUTE.match(path)
        if found is None:
            raise Refused(404, "not-found", "The trainer has nothing at this address.")
        self.server.dispatcher.store.folder(found[1])
        return found[1], found[2], found[3]

    def preview(self) -> None:
        asked = self.read_body(PreviewRequest)
        if not self.server.previews.acquire(blocking=False):
            raise Refused(429, "busy", f"{MOST_PREVIEWS} previews are being made already.")
        try:
            self.tell(200, preview(asked, self.server.dispatcher.models, hub=self.server.dispatcher.hub))
        except JobFailure as failure:
            raise Refused(422, failure.code, failure.message) from failure
        finally:
            self.server.previews.release()

    def load(self) -> None:
        asked = self.read_body(LoadRequest)
        job = self.server.deployments.load(asked.lora_name, asked.lora_path, in_place=asked.load_inplace)
        self.tell(200, {"loaded": asked.lora_name, "job": job})

    def unload(self) -> None:
        asked = self.read_body(UnloadRequest)
        self.server.deployments.unload(asked.lora_name)
        self.tell(200, {"unloaded": asked.lora_name})

    def chat(self) -> None:
        asked = self.read_body(ChatRequest)
        try:
            base, adapter = self.server.deployments.place_of(asked.model)
        except JobFailure as failure:
            raise Refused(409, failure.code, failure.message) from failure
        created = int(time.time() * 1000)
        told = self.server.answerer.ask(asked.question(base, adapter))
        first = next(told)
        if "fault" in first:
            raise Refused(503 if first["fault"] == "answering-died" else 400, first["fault"], first["message"])
        if not asked.stream:
            pieces = [first, *told]
            if "fault" in pieces[-1]:
                raise Refused(503, pieces[-1]["fault"], pieces[-1]["message"])
            return self.tell(200, whole(asked.model, created, pieces))
        self.begin_stream()
        try:
            for place, piece in enumerate(itertools.chain([first], told)):
                if "fault" in piece:
                    self.say({"error": {"code": piece["fault"], "message": piece["message"]}})
                    return
                self.say(chunk(asked.model, created, piece, first=place == 0))
            self.wfile.write(b"data: [DONE]\n\n")
        finally:
            # Where the asker went away the answer is read to its end before the next question's begins.
            for _ in told:
                pass

    def say(self, value: Any) -> None:
        self.wfile.write(b"data: %s\n\n" % json.dumps(value, ensure_ascii=False).encode())
        self.wfile.flush()

    def begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def read_body(self, kind: type[Asked]) -> Asked:
        if self.headers.get("Content-Length") is None:
            raise Refused(400, "length-required", "This is asked for by a body; say its length with Content-Length.")
        if self.unread > MOST_BODY:
            raise Refused(413, "too-large", f"A body may have {MOST_BODY // 2**20} MiB; this one has {self.unread // 2**20}.")
        body = self.body()
        try:
            return kind.model_validate_json(body)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(str(part) for part in first["loc"])
            more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
            status = 400 if first["type"] == "json_invalid" else 422
            raise Refused(status, "invalid", f"{place + ': ' if place else ''}{first['msg']}{more}") from error

    def body(self) -> bytes:
        wanted = self.unread
        try:
            content = self.rfile.read(wanted)
        except TimeoutError:
            content = b""
        if len(content) < wanted:
            self.close_connection = True
            raise Refused(400, "bad-length", f"Content-Length says {wanted} bytes; fewer came.")
        self.unread = 0
        return content

    def send_artifact(self, job: str, wanted: str) -> None:
        state = self.server.dispatcher.store.state(job)
        found = next((one for one in state.get("result", {}).get("artifacts", []) if one["hash"] == wanted), None)
        if found is None:
            raise Refused(404, "not-found", "The job has no file with this hash.")
        file = self.server.dispatcher.store.folder(job) / "artifacts" / found["name"]
        with file.open("rb") as stream:
            self.send_response(200)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(found["bytes"]))
            self.send_header("ETag", f'"{wanted}"')
            self.end_headers()
            while block := stream.read(1 << 20):
                self.wfile.write(block)

    def stream(self, job: str) -> None:
        """Server-sent events, from after `Last-Event-ID` or ?after=. Ends with an event `end` once the job has ended."""
        asked = self.headers.get("Last-Event-ID") or parse_qs(urlsplit(self.path).query).get("after", ["0"])[0]
        if not re.fullmatch(r"\d{1,9}", asked):
            raise Refused(400, "invalid", "Last-Event-ID is a number.")
        if not self.server.watchers.acquire(blocking=False):
            raise Refused(429, "too-many-watchers", f"{MOST_WATCHERS} watch already.")
        try:
            self.begin_stream()
            self.follow(job, int(asked))
        finally:
            self.server.watchers.release()

    def follow(self, job: str, after: int) -> None:
        store = self.server.dispatcher.store
        last = time.monotonic()
        number = 0
        rest = b""
        with (store.folder(job) / "events.jsonl").open("rb") as stream:
            while True:
                # The state is read before the lines: what a job said before its end is told before it.
                try:
                    state = read_json(Path(stream.name).parent / "state.json")
                except FileNotFoundError:
                    state = {"state": "deleted"}
                lines = (rest + stream.read()).split(b"\n")
                rest = lines.pop()
                for line in lines:
                    number += 1
                    if number > after:
                        self.wfile.write(b"id: %d\ndata: %s\n\n" % (number, line))
                        last = time.monotonic()
                if state["state"] in ENDED:
                    told = {"type": "end", "state": state["state"], **({"error": state["error"]} if "error" in state else {})}
                    self.wfile.write(b"event: end\ndata: %s\n\n" % json.dumps(told, ensure_ascii=False).encode())
                    return
                if time.monotonic() - last > HEARTBEAT_S:
                    self.wfile.write(b": still here\n\n")
                    last = time.monotonic()
                self.wfile.flush()
                time.sleep(LOOK_S)
