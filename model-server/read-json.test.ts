import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readJson } from "./read-json";

const request = (chunks: readonly string[], headers: IncomingMessage["headers"] = {}) =>
  Object.assign(
    Readable.from(
      chunks.map((chunk) => Buffer.from(chunk)),
      { objectMode: false },
    ),
    { headers },
  ) as unknown as IncomingMessage;

describe("readJson", () => {
  it("reads a body that comes in pieces", async () => {
    expect(await readJson(request(['{"a":', '"你', '好"}']))).toEqual({ ok: true, value: { a: "你好" } });
  });
  it("refuses what is not JSON", async () => {
    for (const text of ["", "{", "hello"])
      expect(await readJson(request([text]))).toMatchObject({ error: { status: 400, code: "invalid_json" } });
  });
  it("refuses a body beyond the bound, announced or not", async () => {
    expect(await readJson(request([], { "content-length": "11" }), 10)).toMatchObject({ error: { status: 413 } });
    expect(await readJson(request(["12345", "678901"]), 10)).toMatchObject({ error: { status: 413 } });
    expect(await readJson(request(["1234567890"]), 10)).toMatchObject({ ok: true });
  });
});
