import { randomUUID } from "node:crypto";
import OpenAI from "openai";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { admitRun } from "@/server/domain/usage/admit-run";
import { removeOldWindows } from "@/server/domain/usage/count-usage";
import { removeOldHolds, settleHolds } from "@/server/domain/usage/settle-holds";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let echo: Awaited<ReturnType<typeof house.publish>>;
beforeAll(async () => {
  house = await publishedFixture(["echo"]);
  echo = await house.publish("echo");
});
afterAll(() => house.close());

const runOf = (deploymentId: string | null = null) => ({ id: randomUUID(), deploymentId });
const ask = (key: string, slug = echo.slug) => house.post(slug, { inputs: { q: "Hi" } }, {}, key);
const used = (scope: string, kind: string) =>
  house.database.prisma.usageWindow.findFirst({ where: { scope, kind }, orderBy: { startsAt: "desc" } });

it("a key may begin so many runs a minute, exactly so many of those that ask at once, and is told what is left", async () => {
  // The minute by the clock may change in between: then there are two windows, each of them kept.
  const now = Date.UTC(2026, 10, 30, 12, 0, 30);
  const limited = [{ scope: "key:race", limits: { requestsPerMinute: 5 } }];
  const admitted = await Promise.all(Array.from({ length: 20 }, () => admitRun(house.database, runOf(), limited, now)));
  expect(admitted.filter((each) => each?.reached === null)).toHaveLength(5);
  expect((await admitRun(house.database, runOf(), limited, now + 30_000))?.reached).toBeNull();

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
    admitRun(house.database, runOf(), [{ scope: `key:${name}`, limits: { requestsPerMinute } }, address], now);
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

const counts = async (scope: string, kind: string) => {
  const row = await used(scope, kind);
  return Number(kind === "tokensPerDay" ? row?.tokens : row?.costMicroUsd);
};
const holdsOf = (scope: string) => house.database.prisma.usageHold.findMany({ where: { scope } });

it("of many that ask at once only so many begin as the last of a limit allows, and what they did not take is free again", async () => {
  const { database } = house;
  const now = Date.UTC(2026, 10, 15, 14, 0, 0);
  // Nothing is known of what its runs take: each holds one cent and 1,000 tokens.
  const limits = { usdPerMonth: 0.03, tokensPerDay: 2_500 };
  const limited = [{ scope: "key:parallel", limits }];
  const runs = Array.from({ length: 20 }, () => runOf());
  const admitted = await Promise.all(runs.map((run) => admitRun(database, run, limited, now)));
  const begun = admitted.flatMap((each) => (each !== null && each.reached === null ? [each] : []));
  expect(begun).toHaveLength(3);
  const refused = admitted.find((each) => each?.reached !== null)?.reached;
  expect(refused).toMatchObject({ kind: "usdPerMonth", most: 0.03 });
  expect(refused?.used).toBeGreaterThanOrEqual(0.03);
  expect([await counts("key:parallel", "tokensPerDay"), await counts("key:parallel", "usdPerMonth")]).toEqual([
    3_000, 30_000,
  ]);
  await begun[0]?.release();
  expect((await admitRun(database, runOf(), limited, now))?.reached).toBeNull();
  expect((await admitRun(database, runOf(), limited, now))?.reached).not.toBeNull();
});

it("a run holds what the dearest of the last ones took, and counts what it took itself once its end is stored, once", async () => {
  const { database } = house;
  const { id, slug } = await house.publish("echo");
  const { id: keyId, key } = await house.api.apiKey.create({
    name: "Held",
    limits: { tokensPerDay: 1_000_000, usdPerMonth: 5 },
  });
  const scope = `key:${keyId}`;
  const { runId } = await (await ask(key, slug)).json();
  await vi.waitFor(async () => expect(await holdsOf(scope)).toEqual([]), { timeout: 20_000 });
  const { inputTokens, outputTokens, costMicroUsd } = await database.prisma.run.findUniqueOrThrow({
    where: { id: runId },
  });
  const tokens = inputTokens + outputTokens;
  expect(tokens).toBeGreaterThan(0);
  expect(await counts(scope, "tokensPerDay")).toBe(tokens);
  expect(await counts(scope, "usdPerMonth")).toBe(Number(costMicroUsd));
  await settleHolds(database, [runId]);
  expect(await counts(scope, "tokensPerDay")).toBe(tokens);
  const next = runOf(id);
  await admitRun(database, next, [{ scope, limits: { tokensPerDay: 1_000_000 } }]);
  expect(await holdsOf(scope)).toMatchObject([{ counted: BigInt(tokens), kind: "tokensPerDay" }]);
});

it("what a run takes after it waited for a person counts, and no more than once, also where the app stopped in between", async () => {
  const { database } = house;
  const document = buildDocument(
    {
      question: { type: "io/input", config: { fields: [{ name: "q", maxLength: 100 }] } },
      first: { type: "prompt/chat", config: { model: "fake/echo", user: "{{q}}" } },
      people: { type: "flow/human-review", config: { title: "Look" } },
      second: { type: "prompt/chat", config: { model: "fake/echo", user: "{{q}} and much more than that" } },
      answer: { type: "io/output", config: { outputs: [{ name: "answer" }] } },
    },
    ["question.q > first.q", "first.text > people.value", "people.approved > second.q", "second.text > answer.answer"],
  );
  const { slug } = await house.publishDocument("Asks a person", document);
  const { id, key } = await house.api.apiKey.create({ name: "Waits", limits: { tokensPerDay: 1_000_000 } });
  const scope = `key:${id}`;
  const answer = await ask(key, slug);
  const { runId, status } = await answer.json();
  expect(status).toBe("paused");
  const tokensOf = async () => {
    const run = await database.prisma.run.findUniqueOrThrow({ where: { id: runId } });
    return run.inputTokens + run.outputTokens;
  };
  await vi.waitFor(async () => expect(await counts(scope, "tokensPerDay")).toBe(await tokensOf()), { timeout: 20_000 });
  const before = await tokensOf();
  expect(before).toBeGreaterThan(0);
  expect(await holdsOf(scope)).toHaveLength(1);
  const task = await database.prisma.inboxTask.findFirstOrThrow({ where: { runId } });
  await house.api.inbox.decide({ id: task.id, action: "approve", note: "" });
  await liveRunsOf(database).settled();
  const after = await tokensOf();
  expect(after).toBeGreaterThan(before);
  // Nobody in this process waits for it: as after a restart, whoever looks next counts it.
  await Promise.all([settleHolds(database), settleHolds(database), settleHolds(database)]);
  expect(await counts(scope, "tokensPerDay")).toBe(after);
  expect(await holdsOf(scope)).toEqual([]);
});

it("what is held for a run that was never stored stays counted, and is forgotten when it is old", async () => {
  const run = runOf();
  await admitRun(house.database, run, [{ scope: "key:lost", limits: { tokensPerDay: 5_000 } }]);
  expect(await removeOldHolds(house.database)).toBe(0);
  await house.database.prisma.usageHold.updateMany({ where: { runId: run.id }, data: { createdAt: new Date(0) } });
  expect(await removeOldHolds(house.database)).toBe(1);
  expect(await counts("key:lost", "tokensPerDay")).toBe(1_000);
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
  await admitRun(
    house.database,
    runOf(),
    [{ scope: "key:old", limits: { requestsPerMinute: 1 } }],
    Date.UTC(2020, 0, 1),
  );
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
