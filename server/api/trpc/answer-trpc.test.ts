import superjson from "superjson";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyDocument } from "@/runtime/graph/document";
import { followLink } from "@/server/api/http/sign-in/follow-link";
import { authSecret } from "@/server/platform/auth/auth-secret";
import { createSignInLink } from "@/server/platform/auth/create-sign-in-link";
import { ensureLocalOwner } from "@/server/platform/auth/ensure-local-owner";
import type { Database } from "@/server/platform/db/database";
import { readAddress } from "@/server/platform/guard/address";
import { bodyLimits } from "@/server/platform/guard/bounded-body";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { answerTrpc, maxBatchSize } from "./answer-trpc";

const origin = "http://127.0.0.1:3000";
const host = "127.0.0.1:3000";
const next = { params: Promise.resolve({}) };

let database: Database;
let cookie: string;
let route: ReturnType<typeof guardRoute>;

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = Buffer.alloc(32, 1).toString("base64");
  database = await openTestDatabase();
  const open = async () => database;
  route = guardRoute({ auth: "public" }, answerTrpc, open);
  const { email } = await ensureLocalOwner(database);
  const link = await createSignInLink({ database, secret: authSecret(), address: readAddress({}), email });
  const signedIn = await guardRoute(
    { auth: "public" },
    followLink,
    open,
  )(new Request(link, { headers: { host } }), next);
  cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
});
afterAll(async () => {
  delete process.env.PIPEWRIGHT_SECRET_KEY;
  await database.close();
});

const call = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  route(
    new Request(`${origin}/api/trpc/${path}`, {
      ...init,
      headers: { host, cookie, origin, "content-type": "application/json", ...init.headers },
    }),
    next,
  );
const change = (path: string, input: unknown, headers: Record<string, string> = {}) =>
  call(path, { method: "POST", body: JSON.stringify(superjson.serialize(input)), headers });
const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as { error: { json: { message: string; data: Record<string, unknown> } } };
  return error.json;
};
const nameCount = (name: string) => database.prisma.pipeline.count({ where: { name } });

describe("the interface's API over HTTP", () => {
  it("answers a signed-in page", async () => {
    const response = await change("pipeline.create", { name: "By page" });
    expect(response.status).toBe(200);
    expect(await nameCount("By page")).toBe(1);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("refuses a stranger with a reason that the page can read", async () => {
    const response = await call("pipeline.list", { headers: { cookie: "" } });
    expect(response.status).toBe(401);
    expect((await errorOf(response)).data).toMatchObject({ code: "UNAUTHORIZED", reason: "sign-in-required" });
  });

  it.each([
    ["a foreign page", { origin: "https://evil.example" }, 403],
    ["a page on another port of this machine", { origin: "http://127.0.0.1:5000" }, 403],
    ["a sandboxed page", { origin: "null" }, 403],
    ["a re-pointed name", { host: "rebound.example:3000", origin: "http://rebound.example:3000" }, 421],
    ["a plain-text post, which needs no permission across sites", { "content-type": "text/plain" }, 415],
    ["a form post", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["an upload form", { "content-type": "multipart/form-data; boundary=x" }, 415],
  ])("changes nothing for %s", async (name, headers, status) => {
    const response = await change("pipeline.create", { name }, headers as Record<string, string>);
    expect(response.status).toBe(status);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    expect(await nameCount(name)).toBe(0);
  });

  it("does not change anything by GET", async () => {
    const input = encodeURIComponent(JSON.stringify(superjson.serialize({ name: "By GET" })));
    expect((await call(`pipeline.create?input=${input}`)).status).toBe(405);
    expect(await nameCount("By GET")).toBe(0);
  });

  it("sends the conflict with a stale save, dates and all", async () => {
    const created = superjson.deserialize<{ id: string }>(
      ((await (await change("pipeline.create", { name: "Twice open" })).json()) as { result: { data: never } }).result
        .data,
    );
    const save = { id: created.id, baseRevision: 1, document: emptyDocument };
    expect((await change("pipeline.save", save)).status).toBe(200);
    const response = await change("pipeline.save", save);
    expect(response.status).toBe(409);
    const { error } = (await response.json()) as { error: never };
    const { data } = superjson.deserialize<{ data: { conflict: unknown } }>(error);
    expect(data.conflict).toEqual({ revision: 2, updatedAt: expect.any(Date) });
  });

  it("names the field of an invalid input and keeps the stack to itself", async () => {
    const response = await change("pipeline.create", { name: "", workspaceId: "other" });
    const text = await response.clone().text();
    expect(response.status).toBe(400);
    expect((await errorOf(response)).data).toMatchObject({
      reason: "input-invalid",
      fields: { name: expect.any(String) },
    });
    expect(text).not.toMatch(/stack|node_modules|\.ts/);
  });

  it("refuses a body beyond the bound, and one that nests without end", async () => {
    const large = await change("pipeline.create", { name: "x".repeat(bodyLimits.interfaceBytes) });
    expect(large.status).toBe(413);
    const deep = await call("pipeline.create", { method: "POST", body: `${"[".repeat(5000)}${"]".repeat(5000)}` });
    expect(deep.status).toBe(400);
  });

  it("refuses a batch beyond the bound", async () => {
    const many = Array.from({ length: maxBatchSize + 1 }, () => "account.get").join(",");
    expect((await call(`${many}?batch=1`)).status).toBe(400);
  });

  it.each([
    "{",
    "null",
    "[]",
    '"x"',
    '{"json":{"name":"x"},"meta":{"values":{"__proto__":["Date"]}}}',
    '{"__proto__":{"x":1}}',
  ])("takes %s as bad input, not as a fault of its own", async (body) => {
    const response = await call("pipeline.create", { method: "POST", body });
    expect(response.status).toBe(400);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it("hides what went wrong inside", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const failing = guardRoute({ auth: "public" }, answerTrpc, () =>
      Promise.reject(new Error("password hunter2 at /data/pg")),
    );
    const response = await failing(new Request(`${origin}/api/trpc/account.get`, { headers: { host } }), next);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/hunter2|data/);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});
