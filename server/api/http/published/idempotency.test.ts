import { afterAll, beforeAll, expect, it } from "vitest";
import { claimKey, removeOldKeys, takeOverKey } from "@/server/domain/idempotency/claim-key";
import { hashRequest } from "./keyed-request";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
beforeAll(async () => {
  house = await publishedFixture(["echo", "fake-0-20-20", "error-401"]);
});
afterAll(() => house.close());

const keyed = (key: string) => ({ "idempotency-key": key });
const runsOf = (deploymentId: string) => house.database.prisma.run.count({ where: { deploymentId } });

it("of twenty requests with one key at once, one runs and all get its answer", async () => {
  const { slug, id } = await house.publish("fake-0-20-20");
  const body = { inputs: { q: "Hi" } };
  const answers = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const response = await house.post(slug, body, keyed("race"));
      expect(response.status).toBe(200);
      return { replayed: response.headers.get("idempotency-replayed"), text: await response.text() };
    }),
  );
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  expect(await runsOf(id)).toBe(1);
  // Once it has ended, too, and however its members are ordered.
  const later = await house.post(slug, { stream: false, ...body }, keyed('"race"'));
  expect(await later.text()).toBe(answers[0]?.text);
  expect(await runsOf(id)).toBe(1);
});

it("gives a stream again from its first event, while it runs and after it has ended", async () => {
  const { slug, id } = await house.publish("fake-0-20-20");
  const body = { inputs: { q: "Hi" }, stream: true };
  const texts = await Promise.all([1, 2, 3].map(async () => (await house.post(slug, body, keyed("stream"))).text()));
  const later = await (await house.post(slug, body, keyed("stream"))).text();
  const events = (text: string) => text.replace(/^:.*\n\n/gm, "");
  for (const text of texts) expect(events(text)).toBe(events(later));
  expect(later).toContain("event: run-end");
  expect(await runsOf(id)).toBe(1);
});

it("accepts a background run once", async () => {
  const { slug, id } = await house.publish("echo");
  const body = { inputs: { q: "Hi" }, background: true };
  const answers = await Promise.all([1, 2, 3].map(async () => (await house.post(slug, body, keyed("b"))).json()));
  expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1);
  await expect.poll(() => runsOf(id), { timeout: 20_000 }).toBe(1);
});

it("repeats what went wrong in the run, and lets a request that was refused before be corrected", async () => {
  const { slug, id } = await house.publish("error-401");
  const first = await house.post(slug, { inputs: { q: "Hi" } }, keyed("fails"));
  const again = await house.post(slug, { inputs: { q: "Hi" } }, keyed("fails"));
  expect([first.status, again.status]).toEqual([502, 502]);
  expect(await again.text()).toBe(await first.text());
  expect(await runsOf(id)).toBe(1);
  expect((await house.post(slug, { inputs: {} }, keyed("mended"))).status).toBe(400);
  expect((await house.post(slug, { inputs: { q: "Hi" } }, keyed("mended"))).status).toBe(502);
});

const hashOf = (inputs: unknown, also?: unknown) =>
  hashRequest(house.database, house.owner.workspaceId, [], { slug: "a", way: "json", streams: false, inputs, also });

it.each<[string, unknown, unknown]>([
  ["an object and a list of pairs", { a: 1 }, [["a", 1]]],
  ["an empty object and an empty list", {}, []],
  ["a number and its text", 1, "1"],
  ["a list and its text", [1], "[1]"],
  ["null and its text", null, "null"],
])("tells two requests apart: %s", async (_, one, other) => {
  expect(await hashOf({ x: one })).not.toBe(await hashOf({ x: other }));
  expect(await hashOf({}, one)).not.toBe(await hashOf({}, other));
});

it("takes two spellings of a request for one", async () => {
  expect(await hashOf({ x: { a: 1, b: [{ c: 2, d: 3 }] }, y: 1 })).toBe(
    await hashOf({ y: 1, x: { b: [{ d: 3, c: 2 }], a: 1 } }),
  );
});

it("refuses a key for another request, and not for another API key", async () => {
  const { slug } = await house.publish("echo");
  expect((await house.post(slug, { inputs: { q: "One" } }, keyed("same"))).status).toBe(200);
  const other = await house.post(slug, { inputs: { q: "Two" } }, keyed("same"));
  expect(other.status).toBe(422);
  expect((await other.json()).error.code).toBe("idempotency-key-reused");
  expect((await house.post(slug, { inputs: { q: "One" }, stream: true }, keyed("same"))).status).toBe(422);
  const { key } = await house.api.apiKey.create({ name: "Other" });
  expect((await house.post(slug, { inputs: { q: "Two" } }, keyed("same"), key)).status).toBe(200);
});

it.each(["", "x".repeat(256), "käse", "a\tb"])("refuses %j as a key", async (key) => {
  const { slug } = await house.publish("echo");
  const response = await house.post(slug, { inputs: { q: "Hi" } }, keyed(encodeURI(key) === key ? key : "é"));
  // An empty header is no key at all to some clients, so it is said.
  expect(response.status).toBe(400);
});

it("forgets a key after a day, and is taken over from whoever was gone before the run began", async () => {
  const request = { apiKeyId: "old", key: "k", requestHash: "h" };
  const { database } = house;
  expect(await claimKey(database, request, "one")).toEqual({ kind: "mine", runId: "one" });
  expect(await claimKey(database, request, "two")).toEqual({ kind: "known", runId: "one", isKept: false });
  expect(await takeOverKey(database, request, "one", "two")).toBe(false);
  const past = new Date(Date.now() - 31_000);
  await database.prisma.idempotencyKey.updateMany({ where: { apiKeyId: "old" }, data: { claimedUntil: past } });
  const taken = await Promise.all(["two", "three"].map((id) => takeOverKey(database, request, "one", id)));
  expect(taken.filter(Boolean)).toHaveLength(1);
  const dayAgo = new Date(Date.now() - 24 * 3_600_000 - 1_000);
  await database.prisma.idempotencyKey.updateMany({ where: { apiKeyId: "old" }, data: { createdAt: dayAgo } });
  expect(await claimKey(database, { ...request, requestHash: "other" }, "four")).toMatchObject({ kind: "mine" });
  await database.prisma.idempotencyKey.updateMany({ where: { apiKeyId: "old" }, data: { createdAt: dayAgo } });
  expect(await removeOldKeys(database)).toBe(1);
});
