import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember } from "@/server/testing/workspace-fixture";
import { hashApiKey } from "./bearer";
import { guardRoute } from "./route";

const key = `pw_${"k".repeat(40)}`;
const next = { params: Promise.resolve({}) };
const headers = { host: "127.0.0.1:3000" };
const ask = (extra: Record<string, string> = {}, method = "GET") =>
  new Request("http://127.0.0.1:3000/x", { method, headers: { ...headers, ...extra } });

let database: Database;
let member: Member;
const open = async () => database;

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = Buffer.alloc(32, 1).toString("base64");
  database = await openTestDatabase();
  member = await addMember(database, "owner");
});
afterAll(async () => {
  delete process.env.PIPEWRIGHT_SECRET_KEY;
  await database.close();
});

const addKey = async (name: string, data: { expiresAt?: Date; revokedAt?: Date } = {}) => {
  const { workspaceId } = member;
  await database.prisma.apiKey.create({
    data: { workspaceId, name, keyHash: hashApiKey(`${key}${name}`), prefix: "pw_kkkk", ...data },
  });
  return `Bearer ${key}${name}`;
};

describe("a route behind a key", () => {
  const route = guardRoute({ auth: "api-key" }, ({ caller }) => Response.json(caller), open);

  it("knows the key's workspace, from any host and without an origin, and notes the use", async () => {
    const authorization = await addKey("good");
    const response = await route(ask({ authorization, host: "pipes.internal" }, "POST"), next);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ workspaceId: member.workspaceId });
    const row = await database.prisma.apiKey.findFirstOrThrow({ where: { name: "good" } });
    expect(row.lastUsedAt).not.toBeNull();
  });

  it("says why a key does not open it, and takes every guess for an unknown one", async () => {
    const past = new Date(Date.now() - 1);
    const cases: readonly [string | undefined, string][] = [
      [undefined, "key-missing"],
      ["", "key-missing"],
      ["Bearer", "key-missing"],
      ["Bearer null", "key-missing"],
      ["Bearer undefined", "key-missing"],
      [`Basic ${key}`, "key-missing"],
      [`Bearer ${key}`, "key-unknown"],
      [`Bearer ${key} ${key}`, "key-unknown"],
      [`Bearer pw_${"k".repeat(5000)}`, "key-unknown"],
      ["Bearer sk-somebody-elses", "key-unknown"],
      [await addKey("revoked", { revokedAt: past }), "key-revoked"],
      [await addKey("expired", { expiresAt: past }), "key-expired"],
      // Not to be used again is the stronger word.
      [await addKey("both", { revokedAt: past, expiresAt: past }), "key-revoked"],
    ];
    for (const [authorization, code] of cases) {
      const response = await route(ask(authorization === undefined ? {} : { authorization }), next);
      expect(response.status).toBe(401);
      const challenge = code === "key-missing" ? /^Bearer$/ : /^Bearer error="invalid_token"/;
      expect(response.headers.get("www-authenticate")).toMatch(challenge);
      expect((await response.json()).error).toMatchObject({ code, hint: expect.any(String) });
    }
  });

  it("does not take a session for a key", async () => {
    expect((await route(ask({ cookie: "pipewright-3000.session_token=x" }), next)).status).toBe(401);
  });
});

describe("a route behind the sign-in", () => {
  const route = guardRoute({ auth: "session", role: "editor" }, () => Response.json("in"), open);

  it("refuses strangers and forged cookies", async () => {
    expect((await route(ask(), next)).status).toBe(401);
    expect((await route(ask({ cookie: "pipewright-3000.session_token=forged.forged" }), next)).status).toBe(401);
  });

  it("does not take a key for a session", async () => {
    expect((await route(ask({ authorization: await addKey("other") }), next)).status).toBe(401);
  });

  it("looks at host and origin first", async () => {
    expect((await route(ask({ host: "rebound.example" }), next)).status).toBe(421);
    expect((await route(ask({ origin: "https://evil.example" }, "POST"), next)).status).toBe(403);
  });
});

it("an address without a changing part, for which the framework has no parameters, is served", async () => {
  const none = { params: Promise.resolve(undefined as never) };
  const served = guardRoute({ auth: "public" }, () => Response.json("in"), open);
  expect((await served(ask(), none)).status).toBe(200);
  const behindKey = guardRoute({ auth: "api-key" }, () => Response.json("in"), open);
  const headers = { authorization: await addKey("page"), origin: "https://www.example.com" };
  const response = await behindKey(ask(headers, "POST"), none);
  expect([response.status, response.headers.get("access-control-allow-origin")]).toEqual([200, null]);
});

describe("what a handler throws", () => {
  const thrown = (error: unknown) =>
    guardRoute(
      { auth: "public" },
      () => {
        throw error;
      },
      open,
    )(ask(), next);

  it("reaches the caller when it was meant to", async () => {
    const response = await thrown(
      new RouteRefusal(409, "busy", "Busy.", { hint: "Wait.", fields: { a: "b" } }, { "retry-after": "3" }),
    );
    expect(response.status).toBe(409);
    expect(response.headers.get("retry-after")).toBe("3");
    expect(await response.json()).toEqual({
      error: { code: "busy", message: "Busy.", hint: "Wait.", fields: { a: "b" } },
    });
  });

  it("keeps the headers of every answer", async () => {
    const { headers } = await thrown(new RouteRefusal(400, "x", "x"));
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });
});
