import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { type Database, openDatabase } from "@/server/platform/db/open-database";
import { copyTestDatabase } from "@/server/testing/test-database";
import { addMember } from "@/server/testing/workspace-fixture";
import { defineJob } from "./define-job";
import { jobWhen, startTestWorker } from "./job-fixture";
import { startJob } from "./start-job";

const root = path.resolve(import.meta.dirname, "../../..");
let folder: string;
let socket: string;
let embedded: EmbeddedDatabase;
let database: Database;
let child: ChildProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-jobs-"));
  await copyTestDatabase(path.join(folder, "database"));
  socket = await createSocketAddress();
  embedded = await startEmbeddedDatabase({ folder: path.join(folder, "database"), socket, onBroken: () => {} });
  database = await openDatabase({ kind: "embedded", socket });
}, 180_000);
afterAll(async () => {
  child?.kill("SIGKILL");
  await database.close();
  await embedded.close();
  await rm(folder, { recursive: true, force: true });
});

it("a job whose process was killed is taken up again from the beginning by the next one", async () => {
  const { workspaceId } = await addMember(database, "owner");
  const seen: number[] = [];
  const endless = defineJob({
    kind: "test/endless",
    input: z.strictObject({}),
    run: async ({ database: opened, jobId }) => {
      // What the killed process stored of its progress is still there.
      seen.push((await opened.prisma.job.findUniqueOrThrow({ where: { id: jobId } })).done);
      return "ended";
    },
  });
  // No worker runs here yet: the row waits for one.
  const id = await startJob(database, { workspaceId, userId: null, subject: "test:1", definition: endless, input: {} });
  child = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "crash-fixture.ts"), socket], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  expect(String(line).trim()).toBe(id);
  while ((await database.prisma.job.findUniqueOrThrow({ where: { id } })).done !== 7) {
    // Progress is stored within a moment; each look is a round trip to the database.
  }
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(await database.prisma.job.findUnique({ where: { id } })).toMatchObject({
    status: "running",
    stage: "working",
  });

  const queue = await startTestWorker(database, [endless]);
  const row = await jobWhen(database, id);
  expect(row).toMatchObject({ status: "success", result: "ended" });
  expect(seen).toEqual([7]);
  await queue.stop();
}, 180_000);
