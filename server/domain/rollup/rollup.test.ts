import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember } from "@/server/testing/workspace-fixture";
import { addMeasures, type Measures, noMeasures } from "./measures";
import { readRollups } from "./read-rollups";
import { rollUp } from "./roll-up";
import { quantilesOf } from "./sketch";

const hour = 3_600_000;
const day = 24 * hour;
let database: Database;
let owner: Member;
let deployment: { readonly id: string; readonly pipelineId: string; readonly revisionId: string };
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.workspace.deleteMany();
  await database.query('DELETE FROM "RollupMark"');
  await database.query('DELETE FROM "LateRun"');
  owner = await addMember(database, "owner");
  const { workspaceId } = owner;
  const { prisma } = database;
  const pipeline = await prisma.pipeline.create({ data: { workspaceId, name: "P", document: {}, graphHash: "h" } });
  const revision = await prisma.revision.create({
    data: { workspaceId, pipelineId: pipeline.id, number: 1, graphHash: "h", document: {} },
  });
  const { id } = await prisma.deployment.create({
    data: { workspaceId, pipelineId: pipeline.id, revisionId: revision.id, slug: randomUUID() },
  });
  deployment = { id, pipelineId: pipeline.id, revisionId: revision.id };
});

interface Given {
  readonly status?: "success" | "failure" | "aborted" | "empty" | "running" | "paused";
  readonly durationMs?: number | null;
  readonly errorCode?: string;
  readonly costMicroUsd?: bigint | null;
  readonly apiKeyId?: string;
  readonly figures?: string | null;
}
const runAt = (at: number, given: Given = {}) => ({
  id: randomUUID(),
  workspaceId: owner.workspaceId,
  pipelineId: deployment.pipelineId,
  revisionId: deployment.revisionId,
  deploymentId: deployment.id,
  apiKeyId: "k",
  trigger: "api" as const,
  status: "success" as const,
  startedAt: new Date(at),
  durationMs: 100,
  costMicroUsd: 0n,
  ...given,
});
const addRuns = (runs: ReturnType<typeof runAt>[]) => database.prisma.run.createMany({ data: runs });
const now = Date.UTC(2026, 10, 20, 12, 10);

const seen = async (edges: readonly number[], by: "all" | "version" | "key" | "step" = "all") => {
  const scope = { workspaceId: owner.workspaceId, deploymentId: deployment.id };
  return (await readRollups(database, scope, by, edges, now)).get(deployment.id) ?? new Map<string, Measures[]>();
};
const total = async (from = now - 60 * day, until = now + hour) =>
  (await seen([from, until])).get("")?.[0] ?? noMeasures();
const counts = async (edges: readonly number[]) => ((await seen(edges)).get("") ?? []).map(({ runs }) => runs);

it("counts every run once: what is rolled up, what is not yet, and what began while it was rolled up", async () => {
  await addRuns(Array.from({ length: 200 }, (_, place) => runAt(now - place * 17 * 60_000)));
  expect(await rollUp(database, now - 90 * 60_000)).toBeGreaterThan(0);
  expect(await total()).toMatchObject({ runs: 200 });
  await rollUp(database, now);
  expect(await total()).toMatchObject({ runs: 200 });
  // Again, from several at once: nothing is counted twice.
  await Promise.all([1, 2, 3].map(() => rollUp(database, now)));
  expect(await total()).toMatchObject({ runs: 200 });
  expect(await rollUp(database, now)).toBe(0);
  const rows = await database.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM "RunRollup" WHERE "minutes" = 1440 AND "by" = 'all'`,
  );
  expect(rows[0]?.n).toBe(2);
});

it("goes on after a crash at any point without counting twice", async () => {
  await addRuns(Array.from({ length: 60 }, (_, place) => runAt(now - place * 40 * 60_000)));
  for (let allowed = 1; ; allowed += 1) {
    let writes = 0;
    const failing: Database = {
      ...database,
      prisma: new Proxy(database.prisma, {
        get: (target, name, receiver) =>
          name === "$transaction"
            ? (work: (transaction: unknown) => Promise<unknown>, options: object) =>
                target.$transaction(
                  (transaction) =>
                    work({
                      $queryRawUnsafe: (text: string, ...values: unknown[]) => {
                        writes += 1;
                        if (writes > allowed) throw new Error("killed");
                        return transaction.$queryRawUnsafe(text, ...values);
                      },
                    }),
                  options,
                )
            : Reflect.get(target, name, receiver),
      }),
    };
    const end = await rollUp(failing, now, 5).catch((error: Error) => error.message);
    if (end === 0) break;
    expect(allowed).toBeLessThan(400);
    allowed += 2;
  }
  expect(await total()).toMatchObject({ runs: 60 });
});

it("corrects a half hour of which a run ended late, also days later and after its runs were cleaned away", async () => {
  const began = now - 3 * day;
  const waiting = runAt(began, { status: "paused", durationMs: null });
  await addRuns([waiting, runAt(began + 1_000), runAt(began + 2_000)]);
  await rollUp(database, now);
  expect(await total()).toMatchObject({ runs: 2, failures: 0 });
  const end = async (id: string) => {
    await database.prisma.run.update({
      where: { id },
      data: { status: "failure", errorCode: "internal", durationMs: 5 },
    });
    await database.prisma
      .$executeRaw`INSERT INTO "LateRun" SELECT "id", "startedAt" FROM "Run" WHERE "id" = ${id} ON CONFLICT DO NOTHING`;
  };
  await end(waiting.id);
  expect(await rollUp(database, now)).toBe(1);
  expect(await total()).toMatchObject({ runs: 3, failures: 1 });
  // Said twice, it is counted once.
  await end(waiting.id);
  await rollUp(database, now);
  expect(await total()).toMatchObject({ runs: 3, failures: 1 });
  const later = runAt(began + 3_000, { status: "paused", durationMs: null });
  await addRuns([later]);
  await database.prisma.run.deleteMany({ where: { id: { not: later.id } } });
  await end(later.id);
  await rollUp(database, now);
  expect(await total()).toMatchObject({ runs: 4, failures: 2 });
});

describe("days are the reader's", () => {
  const cut = (zone: string, first: string, days: number): number[] => {
    // Midnight there, by looking at what the clock shows.
    const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
    return Array.from({ length: days + 1 }, (_, place) => {
      const wanted = `${new Date(Date.parse(`${first}T00:00:00Z`) + place * day).toISOString().slice(0, 10)} 00:00:00`;
      let at = Date.parse(`${wanted.replace(" ", "T")}Z`) - 15 * hour;
      while (local.format(at) !== wanted) at += 15 * 60_000;
      return at;
    });
  };

  it.each(["Asia/Kolkata", "Asia/Shanghai", "Australia/Adelaide"])(
    "in %s single days add up to the week, and none takes a run of its neighbour",
    async (zone) => {
      const edges = cut(zone, "2026-11-10", 7);
      const inside = edges.slice(0, -1).map((at) => at + 5 * 60_000);
      const before = edges.slice(1).map((at) => at - 5 * 60_000);
      await addRuns([...inside, ...before].map((at) => runAt(at)));
      await rollUp(database, now);
      expect(await counts(edges)).toEqual(Array(7).fill(2));
      expect(await counts([edges[0] as number, edges[7] as number])).toEqual([14]);
      for (let place = 0; place < 7; place += 1)
        expect(await counts([edges[place] as number, edges[place + 1] as number])).toEqual([2]);
    },
  );

  it("on the days when the clocks change a day has 23 or 25 hours, and nothing is lost or counted twice", async () => {
    // Berlin: 25 hours on 25 October, the hour from 2 to 3 comes twice. Los Angeles: 1 November.
    for (const [zone, first] of [
      ["Europe/Berlin", "2026-10-24"],
      ["America/Los_Angeles", "2026-10-31"],
    ] as const) {
      await database.prisma.run.deleteMany();
      await database.query('DELETE FROM "RunRollup"');
      await database.query('DELETE FROM "RollupMark"');
      const edges = cut(zone, first, 3);
      expect((edges[2] as number) - (edges[1] as number)).toBe(25 * hour);
      const hours = ((edges[3] as number) - (edges[0] as number)) / hour;
      await addRuns(Array.from({ length: hours }, (_, place) => runAt((edges[0] as number) + place * hour + 60_000)));
      await rollUp(database, now);
      expect(await counts(edges)).toEqual([24, 25, 24]);
    }
  });
});

it("says of latency over a month what the runs say, and not the mean of the days", async () => {
  const durations = Array.from({ length: 600 }, (_, place) => (place % 100 < 97 ? 80 + (place % 40) : 9_000 + place));
  await addRuns(durations.map((durationMs, place) => runAt(now - 30 * day + place * hour, { durationMs })));
  await rollUp(database, now);
  const [p50, p95, p99] = quantilesOf((await total()).duration, [0.5, 0.95, 0.99]);
  const sorted = [...durations].sort((one, other) => one - other);
  const exact = (share: number) => sorted[Math.ceil(share * sorted.length - 1e-9) - 1] as number;
  for (const [value, share] of [
    [p50, 0.5],
    [p95, 0.95],
    [p99, 0.99],
  ] as const)
    expect(Math.abs((value as number) / exact(share) - 1)).toBeLessThan(0.0101);
});

it("tells what failed by code, keeps a single failure among many, and a price that is not known from nothing", async () => {
  const figures = JSON.stringify([
    120,
    1,
    2,
    1,
    40,
    [
      ["ask", 90, null, 2, 1, 30, 12, 40, 1, 60],
      ["map", 7],
    ],
  ]);
  await addRuns([
    ...Array.from({ length: 498 }, () => runAt(now - 5 * hour)),
    runAt(now - 5 * hour, { status: "failure", errorCode: "rate-limited", apiKeyId: "other" }),
    runAt(now - 5 * hour, { costMicroUsd: null, figures, durationMs: 130 }),
    runAt(now - 5 * hour, { status: "aborted" }),
    runAt(now - 5 * hour, { status: "running", durationMs: null }),
  ]);
  await rollUp(database, now);
  const measures = await total();
  expect(measures).toMatchObject({
    runs: 501,
    failures: 1,
    aborted: 1,
    uncosted: 1,
    costMicroUsd: 40,
    asked: 1,
    calls: 2,
    cachedCalls: 1,
  });
  expect([...measures.errors]).toEqual([["rate-limited", 1]]);
  const edges = [now - day, now];
  expect((await seen(edges, "key")).get("other")?.[0]).toMatchObject({ runs: 1, failures: 1 });
  const steps = await seen(edges, "step");
  expect(steps.get("ask")?.[0]).toMatchObject({
    runs: 1,
    calls: 2,
    cachedCalls: 1,
    inputTokens: 30,
    outputTokens: 12,
    uncosted: 1,
  });
  expect(quantilesOf(steps.get("ask")?.[0]?.duration ?? new Map(), [0.5])[0]).toBeCloseTo(90, -1);
});

it("keeps what a deleted deployment, version and key came to, tells no other workspace, and bounds what it tells apart", async () => {
  await addRuns(Array.from({ length: 400 }, (_, place) => runAt(now - 5 * hour, { apiKeyId: `key ${place}` })));
  await rollUp(database, now);
  await database.prisma.deployment.delete({ where: { id: deployment.id } });
  await rollUp(database, now);
  expect(await total()).toMatchObject({ runs: 400 });
  const keys = await seen([now - day, now], "key");
  expect(keys.size).toBeLessThanOrEqual(201);
  const sum = noMeasures();
  for (const [measures] of keys.values()) if (measures) addMeasures(sum, measures);
  expect(sum.runs).toBe(400);
  const stranger = await addMember(database, "owner");
  const scope = { workspaceId: stranger.workspaceId, deploymentId: deployment.id };
  expect((await readRollups(database, scope, "all", [now - day, now], now)).size).toBe(0);
});
