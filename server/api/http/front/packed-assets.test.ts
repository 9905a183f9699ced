import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packAssets } from "@/scripts/lib/pack-assets.mjs";
import { packedAssets, takesBrotli } from "./packed-assets";

const script = `console.log(${JSON.stringify("word ".repeat(400))});`;
let folder: string;
let server: http.Server;
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-assets-"));
  await mkdir(path.join(folder, "static", "chunks"), { recursive: true });
  await writeFile(path.join(folder, "static", "chunks", "a.js"), script);
  await writeFile(path.join(folder, "static", "tiny.js"), "0");
  await writeFile(path.join(folder, "static", "font.woff2"), "x".repeat(2_000));
  await writeFile(path.join(folder, "secret.js.br"), "not for anybody");
  expect(await packAssets(path.join(folder, "static"))).toBe(1);
  const assets = await packedAssets(path.join(folder, "static"));
  server = http.createServer((incoming, outgoing) => {
    if (!assets(incoming, outgoing)) outgoing.end("framework");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const ask = (target: string, { method = "GET", accepts = "gzip, deflate, br" } = {}) =>
  new Promise<{ headers: http.IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    const request = http.request(
      { port, path: target, method, headers: { "accept-encoding": accepts } },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
      },
    );
    request.on("error", reject).end();
  });

describe("scripts and styles that the build packed", () => {
  it("go out as they were packed, to be kept for good", async () => {
    const { headers, body } = await ask("/_next/static/chunks/a.js?v=1");
    expect(brotliDecompressSync(body).toString()).toBe(script);
    expect(headers).toMatchObject({
      "content-encoding": "br",
      "content-type": "application/javascript; charset=UTF-8",
      "content-length": String(body.length),
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    });
  });

  it("tell their size without their content", async () => {
    const { headers, body } = await ask("/_next/static/chunks/a.js", { method: "HEAD" });
    expect(body).toHaveLength(0);
    expect(Number(headers["content-length"])).toBeGreaterThan(20);
  });

  it.each([
    "/_next/static/chunks/../../secret.js",
    "/_next/static/..%2fsecret.js",
    "/_next/static/chunks/a.js.br",
    "/_next/static/tiny.js",
    "/_next/static/font.woff2",
    "/_next/static/",
    "/chunks/a.js",
  ])("leave %s to the framework", async (target) => {
    expect((await ask(target)).body.toString()).toBe("framework");
  });

  it("leave a client that does not take Brotli, and other methods, to the framework", async () => {
    expect((await ask("/_next/static/chunks/a.js", { accepts: "gzip" })).body.toString()).toBe("framework");
    expect((await ask("/_next/static/chunks/a.js", { method: "POST" })).body.toString()).toBe("framework");
  });

  it("are none where there is no build", async () => {
    const assets = await packedAssets(path.join(folder, "nowhere"));
    expect(assets({ method: "GET", url: "/_next/static/a.js", headers: {} } as never, {} as never)).toBe(false);
  });
});

describe("takesBrotli", () => {
  it.each([
    ["br", true],
    ["gzip, deflate, br, zstd", true],
    ["BR;q=0.5", true],
    ["br; q=0", false],
    ["br;q=0.000", false],
    ["br;q=x", false],
    ["*", false],
    ["brotli", false],
    ["", false],
    [undefined, false],
  ])("reads %s", (accepted, taken) => expect(takesBrotli(accepted)).toBe(taken));
});
