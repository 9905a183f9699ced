import type { ServerResponse } from "node:http";

/** Writes server-sent events in the form that OpenAI clients read. */
export class EventStream {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  open() {
    this.#response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache",
      "x-accel-buffering": "no",
    });
    this.#response.flushHeaders();
  }

  send(data: object) {
    this.#response.write(`data: ${JSON.stringify(data)}\n\n`);
  }

  close() {
    this.#response.end("data: [DONE]\n\n");
  }

  /** After the headers are out an error can only be told inside the stream. */
  fail(body: object) {
    this.#response.end(`data: ${JSON.stringify(body)}\n\n`);
  }
}
