import http from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedRoutes } from "@/server/api/http/published/routes";
import type { Database } from "@/server/platform/db/database";
import { guardRoute, routeGuards } from "@/server/platform/route/route";
import { leanListener } from "./lean-listener";
import { textStream } from "./text-source";

const open = async () => ({}) as Database;
const mostBytes = 1000;
let streamed = 0;
let left: (() => void) | null = null;

const routes = leanListener([
  {
    method: "POST",
    path: "/echo/[name]",
    handler: guardRoute<{ auth: "public"; anyHost: true }, { name: string }>(
      { auth: "public", anyHost: true },
      async ({ json, parameters, request }) =>
        Response.json({
          ...parameters,
          said: await json(mostBytes),
          agent: request.headers.get("user-agent"),
          url: request.url,
        }),
      open,
    ),
  },
  {
    method: "GET",
    path: "/stream",
    handler: guardRoute(
      { auth: "public", anyHost: true },
      () => {
        const body = textStream({
          start: (sink) => {
            const fill = () => {
              do streamed += 1;
              while (sink.write("x".repeat(100_000)));
            };
            fill();
            return { resume: fill, stop: () => left?.() };
          },
        });
        return new Response(body, { headers: { "content-type": "text/event-stream" } });
      },
      open,
    ),
  },
  {
    method: "GET",
    path: "/waits",
    handler: guardRoute(
      { auth: "public", anyHost: true },
      async ({ request }) => {
        await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
        left?.();
        return new Response(null, { status: 204 });
      },
      open,
    ),
  },
]);

let origin: string;
const server = http.createServer((incoming, outgoing) => {
  if (!routes(incoming, outgoing)) outgoing.writeHead(299).end("framework");
});
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const say = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });

describe("the lean listener", () => {
  it("answers what its routes answer, with the guard's headers", async () => {
    const response = await say("/echo/some-name", '{"a":[1]}', { "user-agent": "test" });
    expect(await response.json()).toEqual({
      name: "some-name",
      said: { a: [1] },
      agent: "test",
      url: `${origin}/echo/some-name`,
    });
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-type")).toBe("application/json");
  });

  it.each([
    ["GET", "/echo/a"],
    ["POST", "/echo/a/b"],
    ["POST", "/echo/"],
    ["POST", "/echo/%2e%2e"],
    ["POST", "/stream"],
    ["GET", "/"],
  ])("leaves %s %s to the framework", async (method, path) => {
    expect((await fetch(`${origin}${path}`, { method })).status).toBe(299);
  });

  it.each([
    ["too long, as its header says", "x".repeat(mostBytes + 10), 413],
    ["not JSON", "{", 400],
    ["nested too deep", "[".repeat(500), 400],
  ])("refuses a body that is %s, and goes on serving", async (_, body, status) => {
    expect((await say("/echo/a", body)).status).toBe(status);
    expect((await say("/echo/a", "1")).status).toBe(200);
  });

  it("refuses a body that turns out too long while it comes, and closes that connection", async () => {
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = http.request(
        `${origin}/echo/a`,
        { method: "POST", headers: { "content-type": "application/json" } },
        resolve,
      );
      request.on("error", reject);
      for (let part = 0; part < 5; part++) request.write("1".repeat(mostBytes));
    });
    expect(response.statusCode).toBe(413);
    expect(response.headers.connection).toBe("close");
    response.destroy();
  });

  it.each(["/echo/some-name/", "//echo//some-name", "/echo/some%2Dname", "/echo/some-name?x=1"])(
    "takes %s for the route that it means",
    async (path) => {
      expect(await (await say(path, "1")).json()).toMatchObject({ name: "some-name", said: 1 });
    },
  );

  it("answers HEAD with the head of GET, and begins nothing", async () => {
    const before = streamed;
    const response = await fetch(`${origin}/stream`, { method: "HEAD" });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(streamed).toBe(before);
  });

  it("reads a stream no faster than its caller does, and cancels it when the caller has gone", async () => {
    const gone = new Promise<void>((resolve) => {
      left = resolve;
    });
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.get(`${origin}/stream`, resolve).on("error", reject);
    });
    let before = -1;
    while (streamed !== before) {
      before = streamed;
      for (let count = 0; count < 200; count++) await turn();
    }
    expect(streamed).toBeLessThan(500);
    response.destroy();
    await gone;
  });

  it("tells a route when its caller has gone", async () => {
    const gone = new Promise<void>((resolve) => {
      left = resolve;
    });
    const request = http.get(`${origin}/waits`).on("error", () => {});
    await new Promise((resolve) => server.once("request", resolve));
    request.destroy();
    await gone;
  });
});

it("serves nothing but guarded functions", () => {
  for (const { path, handler } of publishedRoutes)
    expect(routeGuards.get(handler)).toEqual({
      auth: "api-key",
      ...(path.includes("[slug]") && { workspaceOf: expect.any(Function) }),
    });
});
