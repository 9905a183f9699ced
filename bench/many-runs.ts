// How long the pages of runs take over a million of them, on the embedded database as the app runs it: the median and the longest of many calls, after a first
// one that is told apart.
//   node --import tsx bench/many-runs.ts [--runs 1000000] [--rounds 20]

// The rows are made by the database itself, over 60 days, on three pipelines, two of them published: two thirds called over HTTP, one in fifty failed.
// Every tenth has a log, of one chunk with as many characters as that of a short published pipeline.
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { rollUp } from "@/server/domain/rollup/roll-up";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import { writeCursor } from "@/server/platform/guard/page-of";
import { callerOf } from "@/server/testing/workspace-fixture";
import { startBenchDatabase } from "./lib/bench-database";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "1000000" }, rounds: { type: "string", default: "20" } },
});
const [runs, rounds] = [Number(values.runs), Number(values.rounds)];
const limitMs = 100;
const atOnce = 50_000;

process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
const database = await startBenchDatabase();
const workspace = await runWorkspace(database, "http://127.0.0.1:9/v1", ["echo"]);
const api = callerOf(database, workspace.owner);
const { workspaceId } = workspace.owner;
const pipelineIds = [
  await workspace.pipeline("echo"),
  await workspace.pipeline("echo"),
  await workspace.pipeline("echo"),
];
const deployments = await Promise.all(
  pipelineIds.map((pipelineId, index) => api.deployment.publish({ pipelineId, revision: 1, slug: `busy-${index}` })),
);
await api.apiKey.create({ name: "Shop" });
const [key] = await database.query<{ id: string }>(`SELECT "id" FROM "ApiKey"`);
const revisions = await database.query<{ id: string; pipelineId: string }>(
  `SELECT DISTINCT ON ("pipelineId") "id", "pipelineId" FROM "Revision" ORDER BY "pipelineId"`,
);
const revisionOf = (pipelineId: string): string => revisions.find((each) => each.pipelineId === pipelineId)?.id ?? "";
const lastAt = Date.now() - 90 * 60_000;
const stepMs = (60 * 86_400_000) / runs;

const fill = async (from: number, count: number): Promise<void> => {
  await database.query(
    `INSERT INTO "Run" ("id", "workspaceId", "pipelineId", "revisionId", "deploymentId", "apiKeyId", "trigger", "status", "startedAt", "endedAt", "durationMs",
       "inputTokens", "outputTokens", "costMicroUsd", "errorCode", "question", "answer")
     SELECT 'run-' || lpad(n::text, 9, '0'), $3, ($4::text[])[n % 3 + 1], ($5::text[])[n % 3 + 1],
       CASE WHEN n % 3 < 2 THEN ($6::text[])[n % 3 + 1] END, CASE WHEN n % 3 < 2 THEN $7 END,
       (CASE WHEN n % 3 < 2 THEN 'api' ELSE 'editor' END)::"RunTrigger", (CASE WHEN n % 50 = 0 THEN 'failure' ELSE 'success' END)::"RunStatus",
       at, at + interval '900 milliseconds', 500 + n % 800, 120, 40, 210, CASE WHEN n % 50 = 0 THEN 'model-timeout' END,
       'What does order ' || n || ' cost to send back?', 'Sending back order ' || n || ' is free within 30 days.'
     FROM (SELECT n, $8::timestamp - ($9::int - n) * $10::float8 * interval '1 millisecond' AS at FROM generate_series($1::int, $2::int) AS n) AS made`,
    [
      from,
      from + count - 1,
      workspaceId,
      pipelineIds,
      pipelineIds.map(revisionOf),
      deployments.map(({ id }) => id),
      key?.id,
      new Date(lastAt).toISOString().slice(0, -1),
      runs,
      stepMs,
    ],
  );
  await database.query(
    `INSERT INTO "RunEventChunk" ("runId", "firstSeq", "lastSeq", "workspaceId", "events")
     SELECT 'run-' || lpad(n::text, 9, '0'), 0, 20, $3, '["' || repeat(md5(n::text), 100) || '"]' FROM generate_series($1::int, $2::int, 10) AS n`,
    [from, from + count - 1, workspaceId],
  );
};

const begun = Date.now();
for (let from = 0; from < runs; from += atOnce) await fill(from, Math.min(atOnce, runs - from));
await database.query("ANALYZE");
console.log(`${runs} runs made in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
for (const table of ["Run", "RunEventChunk"]) {
  const [size] = await database.query<{ heap: number; indexes: number; rows: number }>(
    `SELECT pg_table_size('"${table}"')::float8 AS heap, pg_indexes_size('"${table}"')::float8 AS indexes, (SELECT count(*)::int FROM "${table}") AS rows`,
  );
  if (size === undefined) continue;
  const each = (bytes: number): string => (bytes / size.rows).toFixed(0);
  console.log(`${table}: ${size.rows} rows, ${each(size.heap)} bytes a row and ${each(size.indexes)} in indexes`);
}

let failed = 0;
const measure = async (title: string, call: () => Promise<unknown>): Promise<void> => {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  const [first = 0, ...rest] = times;
  const sorted = rest.sort((one, other) => one - other);
  const median = sorted[sorted.length >> 1] ?? Number.NaN;
  const holds = median < limitMs;
  if (!holds) failed += 1;
  const ms = (value: number): string => `${value.toFixed(1)} ms`;
  console.log(
    `${title}: lowest ${ms(sorted[0] ?? Number.NaN)}, median ${ms(median)}, highest ${ms(sorted.at(-1) ?? Number.NaN)}; first ${ms(first)}${holds ? "" : `  OVER ${limitMs} ms`}`,
  );
};

const deploymentId = deployments[0]?.id ?? "";
const page = { limit: 50, folded: true };
const [halfWay] = await database.query<{ id: string; at: number }>(
  `SELECT "id", (extract(epoch FROM "startedAt") * 1000)::float8 AS at FROM "Run" ORDER BY "startedAt" DESC OFFSET $1 LIMIT 1`,
  [runs >> 1],
);
const cursor = writeCursor({ at: new Date(halfWay?.at ?? 0), id: halfWay?.id ?? "" });
/** Days of UTC that end with this one, and as long before. */
const lastDays = (days: number) => {
  const today = Math.floor(Date.now() / 86_400_000) * 86_400_000;
  const edge = (place: number) => new Date(today + (place - days + 1) * 86_400_000).toISOString();
  return { edges: Array.from({ length: days + 1 }, (_, place) => edge(place)), before: edge(-days) };
};
const rolledFrom = performance.now();
for (let written = 1; written > 0; ) written = await rollUp(database);
console.log(`runs rolled up in ${((performance.now() - rolledFrom) / 1000).toFixed(0)} s`);
await measure("first page of the runs", () => api.run.list(page));
await measure("page of the runs half way", () => api.run.list({ ...page, cursor }));
await measure("runs of one pipeline", () => api.run.list({ ...page, pipelineId: pipelineIds[2] }));
await measure("failed runs", () => api.run.list({ ...page, status: "failure" }));
await measure("runs of one deployment", () => api.run.list({ ...page, deploymentId }));
await measure("runs that hold words that none holds", () => api.run.list({ ...page, query: "no such words" }));
await measure("a run", () => api.run.get({ id: `run-${String(Math.floor(runs / 20) * 10).padStart(9, "0")}` }));
await measure("a deployment's page", async () => {
  await Promise.all([
    api.deployment.page({ id: deploymentId }),
    api.rollup.deployment({ id: deploymentId, period: lastDays(30) }),
  ]);
});
await measure("figures of a deployment over a year, by the week", () => {
  const { edges, before } = lastDays(364);
  const weeks = edges.filter((_, place) => place % 7 === 0);
  return api.rollup.deployment({ id: deploymentId, period: { edges: weeks, before } });
});
await measure("figures of the workspace over 30 days", () => api.rollup.workspace({ period: lastDays(30) }));
await measure("the list of deployments", () => api.deployment.list({ limit: 50 }));
await measure("the list of pipelines", () => api.pipeline.list({ limit: 50 }));
await database.close();
process.exit(failed === 0 ? 0 : 1);
