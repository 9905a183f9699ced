import http from "node:http";
import net, { type AddressInfo } from "node:net";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedLimits } from "@/server/api/http/published/published.types";
import type { Database } from "@/server/platform/db/database";
import { leanListener } from "@/server/platform/lean/lean-listener";
import { guardRoute } from "@/server/platform/route/route";
import { frontDoor } from "./front-door";

const open = async () => ({}) as Database;
const handler = guardRoute<{ auth: "public"; anyHost: true }, { slug: string }>(
  { auth: "public", anyHost: true },
  async ({ parameters, json }) =>
    Response.json({ slug: parameters.slug, body: await json(publishedLimits.requestBytes) }),
  open,
);
const door = frontDoor(leanListener([{ method: "POST", path: "/api/v1/pipelines/[slug]/runs", handler }]));
const answer = (incoming: http.IncomingMessage, outgoing: http.ServerResponse) => {
  if (!door(incoming, outgoing)) outgoing.end(`framework ${incoming.url}`);
};
const server = http.createServer(answer).on("checkContinue", answer);
let port: number;
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
  origin = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const runs = "/api/v1/pipelines/a-b/runs";
/** Sends bytes as they are, and reads until the connection ends or the text has come. */
const raw = (sent: string, until?: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    let received = "";
    const client = net.connect(port, "127.0.0.1", () => client.write(sent));
    client.setEncoding("utf8").on("error", reject);
    client.on("data", (part) => {
      received += part;
      if (until?.test(received)) client.destroy();
    });
    client.on("close", () => resolve(received));
  });
const line = (method: string, target: string, more = "") => `${method} ${target} HTTP/1.1\r\nhost: x\r\n${more}\r\n`;

describe("what is no address of an API", () => {
  it.each([
    ["GET", "/api"],
    ["GET", "/api/"],
    ["POST", "/api/v1"],
    ["POST", "/api/v1/chat/completions"],
    ["GET", "/api/v1/models"],
    ["POST", "/api/v1/pipelines"],
    ["POST", "/api/v1/pipelines/a/runs/b/c"],
    ["GET", "/API/health"],
    ["GET", "/api/datasets/a/b"],
    ["GET", "/api/unknown?x=/api/health"],
    ["DELETE", "/api/v1/unknown"],
    ["GET", "/%61pi/v2/x"],
    ["POST", "/api/v1/pipelines/a%2Fb/runs"],
    ["POST", "/api/v1/pipelines/a%00b/runs"],
    ["POST", "/api/v1/pipelines/%2e%2e/runs"],
    ["POST", "/api/v1/pipelines/%zz/runs"],
  ])("is answered with 404 in JSON: %s %s", async (method, path) => {
    const received = await raw(line(method, path, "content-length: 0\r\n"), /\}\}$/);
    expect(received).toMatch(/^HTTP\/1\.1 404 .*\r\n/);
    expect(received).toMatch(/content-type: application\/json/);
    const { error } = JSON.parse(received.slice(received.indexOf("{")));
    expect(error).toMatchObject({ code: "not-found", hint: expect.stringContaining("/api/v1/pipelines/") });
  });

  it("tells a client of OpenAI's API so, in the form that it reads", async () => {
    const client = new OpenAI({ baseURL: `${origin}/v1`, apiKey: "pw_x", maxRetries: 0 });
    const asked = client.embeddings.create({ model: "m", input: "Hi" });
    await expect(asked).rejects.toMatchObject({
      status: 404,
      code: "not-found",
      type: "invalid_request_error",
      message: expect.stringContaining("Under /v1 there are models"),
    });
    const withoutVersion = new OpenAI({ baseURL: origin, apiKey: "pw_x", maxRetries: 0 });
    await expect(
      withoutVersion.chat.completions.create({ model: "m", messages: [{ role: "user", content: "Hi" }] }),
    ).rejects.toMatchObject({ status: 405, code: "method-not-allowed" });
  });
});

describe("a method that an address does not take", () => {
  it.each([
    ["GET", runs, "POST, OPTIONS"],
    ["PUT", runs, "POST, OPTIONS"],
    ["PATCH", `${runs}/r/events`, "GET, HEAD, OPTIONS"],
    ["DELETE", "/api/trpc/pipeline.list", "GET, POST, HEAD, OPTIONS"],
    ["POST", "/api/health", "GET, HEAD, OPTIONS"],
    ["POST", "/sign-in", "GET, HEAD"],
    ["PUT", "/", "GET, HEAD"],
    ["OPTIONS", "/models", "GET, HEAD"],
  ])("is refused with the ones that it takes: %s %s", async (method, path, allow) => {
    const response = await fetch(`${origin}${path}`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe(allow);
    expect((await response.json()).error).toMatchObject({ code: "method-not-allowed" });
  });

  it("OPTIONS says which", async () => {
    const response = await fetch(`${origin}${runs}`, { method: "OPTIONS" });
    expect([response.status, response.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("HEAD has the head alone", async () => {
    const received = await raw(line("HEAD", "/api/unknown", "connection: close\r\n"));
    expect(received).toMatch(/^HTTP\/1\.1 404 /);
    expect(received.endsWith("\r\n\r\n")).toBe(true);
  });
});

describe("other spellings of an address", () => {
  it.each([
    `${runs}/`,
    `/${runs}`,
    "//api//v1/pipelines/a-b///runs//",
    `${runs}?stream=true`,
    "/api/v1/pipelines/a%2Db/runs",
  ])("reach the route: %s", async (path) => {
    const received = await raw(
      `${line("POST", path, "content-type: application/json\r\ncontent-length: 2\r\n")}{}`,
      /\}\}$/,
    );
    expect(received).toContain('{"slug":"a-b","body":{}}');
  });

  it("are given to the framework in the one that it knows, with their question", async () => {
    expect(await (await fetch(`${origin}//api/health/?a=1`)).text()).toBe("framework /api/health?a=1");
    expect(await raw(line("GET", "http://other/api/health", "connection: close\r\n"))).toContain(
      "framework /api/health",
    );
    expect(await (await fetch(`${origin}/pipelines/a/`)).text()).toBe("framework /pipelines/a/");
  });
});

describe("a body that is too large", () => {
  const large = "x".repeat(publishedLimits.requestBytes + 200_000);

  it.each([
    ["by its length", `content-length: ${large.length}\r\n`, large],
    ["in chunks", "transfer-encoding: chunked\r\n", `${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`],
  ])("is answered before the connection goes, to a sender who first sends it all: %s", async (_, header, body) => {
    const received = await raw(line("POST", runs, `content-type: application/json\r\n${header}`) + body);
    expect(received).toMatch(/^HTTP\/1\.1 413 /);
    expect(JSON.parse(received.slice(received.indexOf("{"))).error).toMatchObject({ code: "too-large" });
  });

  it("is refused before it is sent, to a sender who asks first", async () => {
    const ask = (length: number) =>
      raw(
        line("POST", runs, `content-type: application/json\r\nexpect: 100-continue\r\ncontent-length: ${length}\r\n`),
        /\r\n\r\n/,
      );
    expect(await ask(large.length)).toMatch(/^HTTP\/1\.1 413 /);
    expect(await ask(2)).toMatch(/^HTTP\/1\.1 100 /);
  });

  it("is read by fetch as what it is", async () => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${origin}${runs}`, { method: "POST", headers, body: large });
    expect([response.status, (await response.json()).error.code]).toEqual([413, "too-large"]);
    expect((await fetch(`${origin}${runs}`, { method: "POST", headers, body: "{}" })).status).toBe(200);
  });

  it("under an address that is none is not taken beyond a bound", async () => {
    const client = net.connect(port, "127.0.0.1");
    client.on("error", () => {});
    client.write(line("POST", "/api/unknown", "transfer-encoding: chunked\r\n"));
    const part = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    let sent = 0;
    await new Promise<void>((resolve) => {
      client.on("close", () => resolve());
      const push = () => {
        sent += part.length;
        if (sent < 100 * 1024 * 1024) client.write(part, (error) => (error ? undefined : push()));
      };
      push();
    });
    expect(sent).toBeLessThan(20 * 1024 * 1024);
  });
});

it.each([
  ["\xff\xfe", "not-utf8"],
  ['{"a":"\xc3"}', "not-utf8"],
  ['{"a":"\xed\xa0\x80"}', "not-utf8"],
  ["", "not-json"],
  ['{"a":NaN}', "not-json"],
])("refuses the body %j", async (body, code) => {
  const response = await fetch(`${origin}${runs}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: Buffer.from(body, "latin1"),
  });
  expect([response.status, (await response.json()).error.code]).toEqual([400, code]);
});

it("a stated order of bytes is no part of the text", async () => {
  const headers = { "content-type": "application/json; charset=utf-8" };
  const response = await fetch(`${origin}${runs}`, { method: "POST", headers, body: "\ufeff{}" });
  expect((await response.json()).body).toEqual({});
});
