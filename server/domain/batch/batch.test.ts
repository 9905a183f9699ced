import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { cancelKeyBatch, createBatch, readBatch, readResults, retryKeyBatch } from "@/server/api/http/batches/batches";
import { publishedFixture } from "@/server/api/http/published/published-fixture";
import { publishedGuard } from "@/server/api/http/published/routes";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { guardRoute } from "@/server/platform/route/route";
import { batchLimits } from "./batch.types";
import { dropHalfWritten, feedBatches } from "./feed-batches";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let deployment: { readonly id: string; readonly slug: string };
beforeAll(async () => {
  house = await publishedFixture(["echo", "error-500", "fake-400-50-20"]);
  deployment = await house.publish("echo");
});
afterAll(() => house.close());

const jsonl = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join("\n");
const source = (rows: readonly object[]) => ({ kind: "text", format: "jsonl", text: jsonl(rows) }) as const;
const start = (rows: readonly object[], deploymentId = deployment.id) =>
  house.api.batch.start({ deploymentId, name: "Rows", source: source(rows) });
const viewOf = async (id: string, deploymentId = deployment.id) => {
  const found = (await house.api.batch.list({ deploymentId })).find((batch) => batch.id === id);
  if (found === undefined) throw new Error("there is no such batch");
  return found;
};
/** Looks, as the app does every two seconds, until the batch has ended. */
const toEnd = (id: string, deploymentId = deployment.id) =>
  vi.waitFor(
    async () => {
      await feedBatches(house.database);
      await runQueueOf(house.database).idle();
      expect((await viewOf(id, deploymentId)).state).not.toBe("running");
    },
    { timeout: 60_000, interval: 50 },
  );
const runsOf = (id: string) => house.database.prisma.run.count({ where: { apiKeyId: `batch:${id}` } });

type Handler = Parameters<typeof guardRoute>[1];
const call = (handler: unknown, path: string, init: RequestInit = {}, parameters: object = {}, bearer = house.key) =>
  guardRoute(
    publishedGuard,
    handler as Handler,
    async () => house.database,
  )(
    new Request(`http://127.0.0.1/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${bearer}`, ...init.headers },
    }),
    { params: Promise.resolve({ slug: deployment.slug, ...parameters } as never) },
  );

it("forecasts first, answers each row once, lists what fails and runs that alone again", async () => {
  const rows = [...Array.from({ length: 12 }, (_, index) => ({ q: `Number ${index}` })), { q: "x".repeat(101) }];
  const forecast = await house.api.batch.preview({ deploymentId: deployment.id, source: source(rows) });
  expect(forecast).toMatchObject({ rows: 13, unfit: 1, problems: [{ row: 12 }] });
  expect(await house.database.prisma.batch.count()).toBe(0);
  const { id } = await start(rows);
  await toEnd(id);
  const view = await viewOf(id);
  expect(view).toMatchObject({ state: "ended", counts: { success: 12, failure: 1, open: 0, queued: 0 } });
  expect(view.failed).toMatchObject([{ row: 12 }]);
  expect(await runsOf(id)).toBe(12);
  expect(await house.database.prisma.run.findFirst({ where: { apiKeyId: `batch:${id}` } })).toMatchObject({
    way: "batch",
  });
  expect((await house.api.batch.retry({ id })).rows).toBe(1);
  await toEnd(id);
  // The others stay as they are.
  expect(await runsOf(id)).toBe(12);
});

it("runs each row once, however many look and whatever is killed in between", async () => {
  const { id } = await start(Array.from({ length: 20 }, () => ({ q: "The same" })));
  await Promise.all(Array.from({ length: 6 }, () => feedBatches(house.database)));
  // As a process leaves it that is killed between taking rows and queueing them.
  await house.database.query(
    `UPDATE "BatchRow" SET "state" = 'queued', "claimedUntil" = now() - interval '1 day' WHERE "batchId" = $1 AND "row" IN (18, 19) AND "state" = 'open'`,
    [id],
  );
  await toEnd(id);
  expect((await viewOf(id)).counts.success).toBe(20);
  expect(await runsOf(id)).toBe(20);
  const stale = await house.database.prisma.batch.create({
    data: {
      workspaceId: house.owner.workspaceId,
      deploymentId: deployment.id,
      name: "Half",
      rowsTotal: 9,
      state: "filling",
      createdAt: new Date(0),
    },
  });
  await dropHalfWritten(house.database, new Date());
  expect(await house.database.prisma.batch.findUnique({ where: { id: stale.id } })).toBeNull();
});

it("waits while its deployment is paused or limited, and says why", async () => {
  const limited = await house.publish("echo");
  const { id } = await start([{ q: "a" }, { q: "b" }], limited.id);
  await house.api.deployment.setActive({ id: limited.id, active: false });
  await feedBatches(house.database);
  expect(await viewOf(id, limited.id)).toMatchObject({ waiting: "The deployment is paused.", counts: { open: 2 } });
  await house.api.deployment.setActive({ id: limited.id, active: true });
  await house.api.deployment.setLimits({ id: limited.id, limits: { requestsPerMinute: 1 } });
  await feedBatches(house.database);
  expect((await viewOf(id, limited.id)).waiting).toContain("A limit of the deployment is reached until");
  await house.api.deployment.setLimits({ id: limited.id, limits: {} });
  await toEnd(id, limited.id);
  expect(await viewOf(id, limited.id)).toMatchObject({ waiting: null, counts: { success: 2 } });
});

it("is cancelled: nothing more begins, what has an answer keeps it", async () => {
  const slow = await house.publish("fake-400-50-20");
  const { id } = await start(
    Array.from({ length: 30 }, () => ({ q: "Slow" })),
    slow.id,
  );
  await feedBatches(house.database);
  expect((await viewOf(id, slow.id)).counts.queued).toBeLessThanOrEqual(batchLimits.atOnce);
  await house.api.batch.cancel({ id });
  await vi.waitFor(
    async () => {
      await feedBatches(house.database);
      expect((await viewOf(id, slow.id)).counts).toMatchObject({ open: 0, queued: 0 });
    },
    { timeout: 20_000 },
  );
  const { state, counts } = await viewOf(id, slow.id);
  expect(state).toBe("cancelled");
  expect(counts.cancelled).toBeGreaterThan(20);
  await house.api.batch.remove({ id });
  await expect(viewOf(id, slow.id)).rejects.toThrow("no such batch");
});

it("takes rows of a key, gives their answers as files without formulas, and shows them to no other key", async () => {
  const csv = "custom_id,q\none,=1+1\ntwo,plain\n";
  const init = { method: "POST", headers: { "content-type": "text/csv" }, body: csv };
  const only = (await (await call(createBatch, "x?forecast=only", init)).json()) as object;
  expect(only).toMatchObject({ forecast: { rows: 2, unfit: 0 } });
  const accepted = await call(createBatch, "x?name=Mine", init);
  expect(accepted.status).toBe(202);
  const { batchId, statusUrl } = (await accepted.json()) as { batchId: string; statusUrl: string };
  expect(accepted.headers.get("location")).toBe(statusUrl);
  await toEnd(batchId);
  const one = { batchId };
  expect(await (await call(readBatch, "x", {}, one)).json()).toMatchObject({ status: "ended", counts: { success: 2 } });
  const table = await (await call(readResults, "x?format=csv", {}, one)).text();
  expect(table).toContain("'=1+1");
  expect(table).toContain("Result: Answer: plain");
  const lines = (await (await call(readResults, "x?format=jsonl", {}, one)).text()).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { row: 0, custom_id: "one", status: "success", outputs: { answer: "Result: Answer: =1+1" } },
    { row: 1, custom_id: "two" },
  ]);
  const { key } = await house.api.apiKey.create({ name: "Other" });
  for (const handler of [readBatch, readResults, cancelKeyBatch, retryKeyBatch])
    expect((await call(handler, "x", { method: "POST" }, one, key)).status).toBe(404);
  expect((await call(retryKeyBatch, "x", { method: "POST" }, one)).status).toBe(409);
});

it("refuses what is no batch, and bounds how many there are", async () => {
  for (const [type, body, status] of [
    ["application/json", "{}", 415],
    ["text/csv", "", 400],
    ["text/csv", "frage\nx", 400],
    ["application/jsonl", "nope", 400],
    ["application/jsonl", '{"q":"\\u0000"}', 400],
    ["application/jsonl", `{"q":"${"x".repeat(17 * 1024 * 1024)}"}`, 413],
  ] as const) {
    const response = await call(createBatch, "x", { method: "POST", headers: { "content-type": type }, body });
    expect([type, response.status]).toEqual([type, status]);
  }
  await house.api.deployment.setActive({ id: deployment.id, active: false });
  const paused = await call(createBatch, "x", {
    method: "POST",
    headers: { "content-type": "text/csv" },
    body: "q\nx",
  });
  expect(paused.status).toBe(503);
  await house.api.deployment.setActive({ id: deployment.id, active: true });
  const ids: string[] = [];
  for (let index = 0; index < batchLimits.open; index += 1) ids.push((await start([{ q: "a" }])).id);
  await expect(start([{ q: "a" }])).rejects.toMatchObject({ details: { reason: "limit-reached" } });
  for (const id of ids) await house.api.batch.cancel({ id });
});
