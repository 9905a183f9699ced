import OpenAI from "openai";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { admitRun } from "@/server/domain/usage/admit-run";
import { removeOldWindows } from "@/server/domain/usage/count-usage";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let echo: Awaited<ReturnType<typeof house.publish>>;
beforeAll(async () => {
  house = await publishedFixture(["echo"]);
  echo = await house.publish("echo");
});
afterAll(() => house.close());

const ask = (key: string, slug = echo.slug) => house.post(slug, { inputs: { q: "Hi" } }, {}, key);
const used = (scope: string, kind: string) =>
  house.database.prisma.usageWindow.findFirst({ where: { scope, kind }, orderBy: { startsAt: "desc" } });

it("a key may begin so many runs a minute, exactly so many of those that ask at once, and is told what is left", async () => {
  // The minute by the clock may change in between: then there are two windows, each of them kept.
  const now = Date.UTC(2026, 10, 30, 12, 0, 30);
  const limited = [{ scope: "key:race", limits: { requestsPerMinute: 5 } }];
  const admitted = await Promise.all(Array.from({ length: 20 }, () => admitRun(house.database, limited, now)));
  expect(admitted.filter((each) => each?.reached === null)).toHaveLength(5);
  expect((await admitRun(house.database, limited, now + 30_000))?.reached).toBeNull();

  const { key } = await house.api.apiKey.create({ name: "Two a minute", limits: { requestsPerMinute: 2 } });
  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => ask(key)));
  const taken = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 429);
  expect(taken.length + refused.length).toBe(6);
  expect(taken.length).toBeGreaterThanOrEqual(2);
  expect(taken.length).toBeLessThanOrEqual(4);
  const [one = new Response()] = refused;
  expect(one.headers.get("x-ratelimit-limit-requests")).toBe("2");
  expect(one.headers.get("x-ratelimit-remaining-requests")).toBe("0");
  const wait = Number(one.headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect((await one.json()).error).toMatchObject({
    code: "limit-requests",
    limit: { of: "key", kind: "requestsPerMinute", most: 2, resetsAt: expect.any(String) },
  });
  expect(taken[0]?.headers.get("x-ratelimit-limit-requests")).toBe("2");
});

it("a key beyond its own limit uses up nothing of an address that others share, and the other way round", async () => {
  const now = Date.UTC(2026, 10, 30, 13, 0, 30);
  const address = { scope: "deployment:shared", limits: { requestsPerMinute: 3 } };
  const keyed = (name: string, requestsPerMinute: number) =>
    admitRun(house.database, [{ scope: `key:${name}`, limits: { requestsPerMinute } }, address], now);
  const greedy: Awaited<ReturnType<typeof admitRun>>[] = [];
  for (let call = 0; call < 10; call++) greedy.push(await keyed("greedy", 1));
  expect(greedy.filter((each) => each?.reached === null)).toHaveLength(1);
  const other = await keyed("other", 50);
  expect((await keyed("other", 50))?.reached).toBeNull();
  expect((await keyed("other", 50))?.reached?.scope).toBe("deployment:shared");
  expect((await used("key:other", "requestsPerMinute"))?.requests).toBe(2);
  await other?.release();
  expect((await used("key:other", "requestsPerMinute"))?.requests).toBe(1);
});

it("what nobody limits is not counted, and has no headers", async () => {
  const before = await house.database.prisma.usageWindow.count();
  const answer = await ask(house.key);
  expect(answer.status).toBe(200);
  expect([...answer.headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
  expect(await house.database.prisma.usageWindow.count()).toBe(before);
});

it("all callers of a deployment share its tokens of a day, and a client of OpenAI reads why it is refused", async () => {
  const { id, slug } = await house.publish("echo");
  await house.api.deployment.setLimits({ id, limits: { tokensPerDay: 1 } });
  expect((await ask(house.key, slug)).status).toBe(200);
  await vi.waitFor(
    async () => expect(Number((await used(`deployment:${id}`, "tokensPerDay"))?.tokens)).toBeGreaterThan(0),
    {
      timeout: 20_000,
    },
  );
  const refused = await ask(house.key, slug);
  expect(refused.status).toBe(429);
  expect((await refused.json()).error).toMatchObject({ code: "limit-tokens", limit: { of: "pipeline" } });
  const client = new OpenAI({ baseURL: `${house.origin}/v1`, apiKey: house.key, maxRetries: 2 });
  const asked = client.chat.completions.create({ model: slug, messages: [{ role: "user", content: "Hi" }] });
  await expect(asked).rejects.toMatchObject({ status: 429, code: "rate_limit_exceeded" });
  const background = await house.post(slug, { inputs: { q: "Hi" }, background: true });
  expect(background.status).toBe(429);
  const page = await house.api.deployment.page({ id });
  expect(page.limits).toEqual({ tokensPerDay: 1 });
  expect(page.used.tokensPerDay).toBeGreaterThan(0);
  await house.api.deployment.setLimits({ id, limits: {} });
  expect((await ask(house.key, slug)).status).toBe(200);
});

it("money that is spent is answered 402, also where it was spent in the background", async () => {
  const { id, key } = await house.api.apiKey.create({ name: "A cent", limits: { usdPerMonth: 0.01 } });
  const accepted = await house.post(echo.slug, { inputs: { q: "Hi" }, background: true }, {}, key);
  expect(accepted.status).toBe(202);
  await vi.waitFor(
    async () => expect(Number((await used(`key:${id}`, "usdPerMonth"))?.costMicroUsd)).toBeGreaterThan(0),
    {
      timeout: 20_000,
    },
  );
  await house.database.prisma.usageWindow.updateMany({ where: { scope: `key:${id}` }, data: { costMicroUsd: 10_000 } });
  const refused = await ask(key);
  expect(refused.status).toBe(402);
  expect((await refused.json()).error).toMatchObject({ code: "limit-money", limit: { most: 0.01, used: 0.01 } });
  await house.api.apiKey.setLimits({ id, limits: { usdPerMonth: 5 } });
  expect((await ask(key)).status).toBe(200);
});

it("a key gets another secret, and the former opens beside it for a while", async () => {
  const { id, key: former } = await house.api.apiKey.create({ name: "Rotated", deploymentIds: [echo.id] });
  const { key: renewed, prefix } = await house.api.apiKey.rotate({ id, overlapHours: 1 });
  expect(renewed.startsWith(prefix)).toBe(true);
  expect([(await ask(former)).status, (await ask(renewed)).status]).toEqual([200, 200]);
  await house.database.prisma.apiKey.update({ where: { id }, data: { formerUntil: new Date(Date.now() - 1) } });
  const { forgetKey } = await import("@/server/platform/route/key-cache");
  const { hashApiKey } = await import("@/server/platform/route/bearer");
  await forgetKey(hashApiKey(former));
  expect((await (await ask(former)).json()).error.code).toBe("key-expired");
  const { key: last } = await house.api.apiKey.rotate({ id, overlapHours: 0 });
  expect([(await ask(former)).status, (await ask(renewed)).status, (await ask(last)).status]).toEqual([401, 401, 200]);
  await house.api.apiKey.revoke({ id });
  expect((await ask(last)).status).toBe(401);
  await expect(house.api.apiKey.rotate({ id })).rejects.toThrow("revoked");
});

it("counts by the minute, day and month of UTC, and forgets what is long over", async () => {
  const at = Date.UTC(2026, 11, 31, 23, 59, 59);
  const limits = { requestsPerMinute: 1, tokensPerDay: 1, usdPerMonth: 1 };
  const ends = windowsOf([{ scope: "key:k", limits }], at).map(({ endsAt }) => endsAt.toISOString());
  expect(new Set(ends)).toEqual(new Set(["2027-01-01T00:00:00.000Z"]));
  await admitRun(house.database, [{ scope: "key:old", limits: { requestsPerMinute: 1 } }], Date.UTC(2020, 0, 1));
  expect(await removeOldWindows(house.database)).toBeGreaterThan(0);
  expect(await used("key:old", "requestsPerMinute")).toBeNull();
});

it.each([
  { requestsPerMinute: 0 },
  { requestsPerMinute: 1.5 },
  { tokensPerDay: -1 },
  { usdPerMonth: 0 },
  { usdPerYear: 1 },
])("refuses %o as a limit", async (limits) => {
  await expect(house.api.deployment.setLimits({ id: echo.id, limits: limits as object })).rejects.toThrow();
});
