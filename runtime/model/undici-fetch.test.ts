import http from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createUndiciFetch } from "./undici-fetch";

const fetch = createUndiciFetch();
let origin = "";
let written = 0;
let closed: (() => void) | null = null;

const server = http.createServer((request, response) => {
  switch (request.url) {
    case "/early":
      response.writeEarlyHints({ link: "</style.css>; rel=preload" });
      response.writeHead(207, { "set-cookie": ["a=1", "b=2"] }).end("body");
      break;
    case "/endless": {
      response.on("close", () => closed?.());
      const fill = () => {
        do written += 1;
        while (response.write("x".repeat(10_000)));
      };
      response.on("drain", fill);
      fill();
      break;
    }
    case "/breaks":
      response.write("half", () => response.destroy());
      break;
    case "/silent":
      request.on("close", () => closed?.());
      break;
    default: {
      const said: Buffer[] = [];
      request.on("data", (piece: Buffer) => said.push(piece));
      request.on("end", () => response.end(`${request.method} ${request.url} ${Buffer.concat(said)}`));
    }
  }
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = (path: string, signal = new AbortController().signal, body?: string) =>
  fetch(`${origin}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {},
    signal,
    ...(body ? { body } : {}),
  });
const text = async (body: AsyncIterable<Uint8Array>) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};
const gone = () =>
  new Promise<void>((resolve) => {
    closed = resolve;
  });

describe("a call over undici", () => {
  it("sends path, query and body, and gives status, header and body", async () => {
    const answer = await call("/a/b?c=d", undefined, "said");
    expect(answer.status).toBe(200);
    expect(answer.header("content-length")).toBe("18");
    expect(answer.header("x-none")).toBeNull();
    expect(await text(answer.body)).toBe("POST /a/b?c=d said");
  });

  it("takes the answer that follows an interim one, and joins headers that came twice", async () => {
    const answer = await call("/early");
    expect([answer.status, answer.header("set-cookie"), await text(answer.body)]).toEqual([207, "a=1, b=2", "body"]);
  });

  it("reads no faster than its reader, and closes the connection when that leaves", async () => {
    const left = gone();
    const { body } = await call("/endless");
    let before = -1;
    while (written !== before) {
      before = written;
      for (let count = 0; count < 200; count += 1) await turn();
    }
    expect(written).toBeLessThan(2_000);
    for await (const _ of body) break;
    await left;
  });

  it("rejects where the connection breaks in the middle", async () => {
    const { body } = await call("/breaks");
    await expect(text(body)).rejects.toThrow();
  });

  it("rejects where nobody listens, and where the address is none", async () => {
    const signal = new AbortController().signal;
    await expect(fetch("http://127.0.0.1:1/", { method: "GET", headers: {}, signal })).rejects.toThrow();
    await expect(fetch("nowhere", { method: "GET", headers: {}, signal })).rejects.toThrow();
  });

  it("rejects with the reason of the caller: before the call, while it waits, and while the answer is read", async () => {
    const reason = new Error("enough");
    await expect(call("/", AbortSignal.abort(reason))).rejects.toBe(reason);

    const waiting = new AbortController();
    const left = gone();
    const silent = call("/silent", waiting.signal);
    await new Promise((resolve) => server.once("request", resolve));
    waiting.abort(reason);
    await expect(silent).rejects.toBe(reason);
    await left;

    const reading = new AbortController();
    const { body } = await call("/endless", reading.signal);
    const read = (async () => {
      for await (const _ of body) reading.abort(reason);
    })();
    await expect(read).rejects.toBe(reason);
  });
});
