import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DownloadError, download, reasonOf } from "./download.mjs";

const body = randomBytes(300_000);
type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

let folder: string;
let server: http.Server;
let handler: Handler;
let requests: http.IncomingMessage[];
let address: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-download-"));
  requests = [];
  server = http.createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

const withRanges: Handler = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (from > 0) response.writeHead(206, { "content-range": `bytes ${from}-${body.length - 1}/${body.length}` });
  response.end(body.subarray(from));
};

const start = (options: Partial<Parameters<typeof download>[0]> = {}) =>
  download({ url: `${address}/weights`, to: path.join(folder, "weights"), size: body.length, pauseMs: 1, ...options });
const result = () => readFile(path.join(folder, "weights"));

describe("download", () => {
  it("puts the whole file in place and counts its bytes", async () => {
    handler = withRanges;
    let counted = 0;
    await start({ onBytes: (bytes) => (counted += bytes) });
    expect((await result()).equals(body)).toBe(true);
    expect(counted).toBe(body.length);
    await expect(stat(path.join(folder, "weights.part"))).rejects.toThrow("ENOENT");
  });

  it("continues what an earlier try left", async () => {
    handler = withRanges;
    await writeFile(path.join(folder, "weights.part"), body.subarray(0, 123_456));
    await start();
    expect(requests[0]?.headers.range).toBe("bytes=123456-");
    expect((await result()).equals(body)).toBe(true);
  });

  it("begins again when the server does not continue", async () => {
    handler = (_request, response) => response.end(body);
    await writeFile(path.join(folder, "weights.part"), randomBytes(1000));
    await start();
    expect((await result()).equals(body)).toBe(true);
  });

  it("asks for nothing when everything had arrived already", async () => {
    handler = withRanges;
    await writeFile(path.join(folder, "weights.part"), body);
    await start();
    expect(requests).toHaveLength(0);
    expect((await result()).equals(body)).toBe(true);
  });

  it("continues by itself after a connection that broke", async () => {
    handler = (request, response) => {
      // Of what was under way when it broke, any part may have arrived.
      if (requests.length > 1) return withRanges(request, response);
      response.writeHead(200, { "content-length": body.length });
      response.write(body.subarray(0, 100_000), () => response.socket?.destroy());
    };
    let counted = 0;
    await start({ onBytes: (bytes) => (counted += bytes) });
    expect(requests).toHaveLength(2);
    expect((await result()).equals(body)).toBe(true);
    expect(counted).toBe(body.length);
  });

  it("tries again after a server error and gives up after its attempts", async () => {
    handler = (_request, response) => response.writeHead(503).end();
    await expect(start({ attempts: 3 })).rejects.toThrow("answered 503");
    expect(requests).toHaveLength(3);
  });

  it("does not try again what was refused", async () => {
    handler = (_request, response) => response.writeHead(404).end();
    await expect(start()).rejects.toMatchObject({ name: "DownloadError", final: true });
    expect(requests).toHaveLength(1);
  });

  it("follows redirects, but not in circles", async () => {
    handler = (request, response) =>
      request.url === "/weights"
        ? response.writeHead(302, { location: "/elsewhere" }).end()
        : withRanges(request, response);
    await start();
    expect((await result()).equals(body)).toBe(true);
    handler = (_request, response) => response.writeHead(302, { location: "/weights" }).end();
    await expect(start({ to: path.join(folder, "circle") })).rejects.toThrow("redirects too often");
  });

  it("stops at the size it expects", async () => {
    handler = (_request, response) => response.end(body);
    await expect(start({ size: 1000 })).rejects.toThrow("larger than expected");
  });

  it("gives up on a connection that goes silent", async () => {
    handler = (_request, response) => {
      response.writeHead(200);
      response.write(body.subarray(0, 10));
    };
    await expect(start({ stallMs: 50, attempts: 1 })).rejects.toThrow();
  });

  it("says at once that nobody is there", async () => {
    handler = withRanges;
    const error = await start({ url: "http://127.0.0.1:1/weights" }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DownloadError);
    expect(error).toMatchObject({ unreachable: true });
  });

  it("stops when told to and keeps what has arrived", async () => {
    const stop = new AbortController();
    handler = (_request, response) => {
      response.writeHead(200);
      response.write(body.subarray(0, 50_000));
    };
    await expect(start({ signal: stop.signal, onBytes: () => stop.abort() })).rejects.toThrow();
    expect((await stat(path.join(folder, "weights.part"))).size).toBeLessThanOrEqual(50_000);
    expect(requests).toHaveLength(1);
  });
});

it("says what to do about a certificate that nobody here vouches for", () => {
  const untrusted = Object.assign(new Error("self-signed certificate in certificate chain"), {
    code: "SELF_SIGNED_CERT_IN_CHAIN",
  });
  expect(reasonOf(untrusted)).toMatch(/^self-signed certificate in certificate chain\. .*NODE_EXTRA_CA_CERTS/);
  expect(reasonOf(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }))).toBe(
    "connect ECONNREFUSED",
  );
  expect(reasonOf(Object.assign(new Error("getaddrinfo EAI_AGAIN pypi.org"), { code: "EAI_AGAIN" }))).toBe(
    "no such name is found from here, as without a network (EAI_AGAIN)",
  );
});
