import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { type Database, openDatabase } from "@/server/platform/db/open-database";
import { jobWhen, startTestWorker } from "@/server/platform/job/job-fixture";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { copyTestDatabase } from "@/server/testing/test-database";
import { draftOf, evaluationWorkspace } from "./experiment-fixture";
import { experimentJob } from "./experiment-job";

const root = path.resolve(import.meta.dirname, "../../..");
let folder: string;
let socket: string;
let embedded: EmbeddedDatabase;
let database: Database;
let server: FakeOpenAiServer;
let child: ChildProcess | undefined;

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-experiment-crash-"));
  await copyTestDatabase(path.join(folder, "database"));
  socket = await createSocketAddress();
  embedded = await startEmbeddedDatabase({ folder: path.join(folder, "database"), socket, onBroken: () => {} });
  database = await openDatabase({ kind: "embedded", socket });
  useFileStorage(database, localStorage(folder));
  server = await startFakeOpenAiServer();
}, 180_000);
afterAll(async () => {
  child?.kill("SIGKILL");
  await database.close();
  await Promise.all([embedded.close(), server.close()]);
  await rm(folder, { recursive: true, force: true });
});

it("an experiment whose process is killed at 40 % goes on in the next one and ends with every answer scored once", async () => {
  const model = "fake-20-2-3";
  const workspace = await evaluationWorkspace(database, server.baseUrl, [model]);
  const [pipelineId, datasetId] = [await workspace.pipeline(model), await workspace.dataset(150)];
  const draft = draftOf({ pipelineId, datasetId, concurrency: 4 });
  const { id } = await workspace.api.experiment.start({ name: "Killed", draft });
  const { jobId, cellsTotal } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  child = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "crash-fixture.ts"), socket], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const count = () => database.prisma.experimentCell.count({ where: { experimentId: id } });
  while ((await count()) < cellsTotal * 0.4) {
    // Each look is a round trip to the database, in which the other process gets further.
  }
  child.kill("SIGKILL");
  await once(child, "exit");
  const before = await database.prisma.experimentCell.findMany({ where: { experimentId: id } });
  expect(before.length).toBeGreaterThanOrEqual(cellsTotal * 0.4);
  expect(before.length).toBeLessThan(cellsTotal);
  const calls = server.requests.length;

  const queue = await startTestWorker(database, [experimentJob as never]);
  expect(await jobWhen(database, jobId ?? "")).toMatchObject({ status: "success" });
  await queue.stop();

  const cells = await database.prisma.experimentCell.findMany({ where: { experimentId: id } });
  const places = cells.map(({ row, variant, repeat }) => `${row}/${variant}/${repeat}`);
  expect(cells).toHaveLength(300);
  expect(new Set(places).size).toBe(300);
  for (const { scores, scoreErrors } of cells) {
    expect(Object.keys(JSON.parse(scores)).sort()).toEqual(["same", "time"]);
    expect(scoreErrors).toEqual({});
  }
  // What was there is as it was, and was not asked for again.
  const kept = new Map(cells.map((cell) => [`${cell.row}/${cell.variant}`, cell.runId]));
  for (const { row, variant, runId } of before) expect(kept.get(`${row}/${variant}`)).toBe(runId);
  expect(server.requests.length - calls).toBe(300 - before.length);
  const runs = cells.map(({ runId }) => runId ?? "");
  expect(new Set(runs).size).toBe(300);
  expect(await database.prisma.run.count({ where: { id: { in: runs }, status: "success" } })).toBe(300);
  expect(await database.prisma.run.count({ where: { trigger: "evaluation" } })).toBe(300);
  const view = await workspace.api.experiment.get({ id });
  expect(view).toMatchObject({ cellsDone: 300, status: "success" });
  expect(view.report).toMatchObject({ cells: { done: 300, total: 300 } });
  expect(await database.prisma.experimentRow.count({ where: { experimentId: id, open: true } })).toBe(0);
}, 180_000);
