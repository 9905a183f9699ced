import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { post } from "@/bench/lib/load";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { type Database, openDatabase } from "@/server/platform/db/open-database";
import { copyTestDatabase } from "@/server/testing/test-database";
import { runWorkspace } from "../run-fixture";
import { openRunJournal } from "./open-run-journal";

const root = path.resolve(import.meta.dirname, "../../../..");
const secret = randomBytes(32).toString("base64");
let folder: string;
let socket: string;
let embedded: EmbeddedDatabase;
let database: Database;
let models: FakeOpenAiServer;
let child: ChildProcess | undefined;

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = secret;
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-kill-"));
  await copyTestDatabase(path.join(folder, "database"));
  socket = await createSocketAddress();
  embedded = await startEmbeddedDatabase({ folder: path.join(folder, "database"), socket, onBroken: () => {} });
  [database, models] = await Promise.all([openDatabase({ kind: "embedded", socket }), startFakeOpenAiServer()]);
}, 180_000);
afterAll(async () => {
  child?.kill("SIGKILL");
  await Promise.all([database.close(), models.close()]);
  await embedded.close();
  await rm(folder, { recursive: true, force: true });
});

/** The app's process, and where it answers. */
const startServer = async () => {
  const started = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "crash-fixture.ts")], {
    cwd: root,
    env: {
      ...process.env,
      PIPEWRIGHT_DATABASE_SOCKET: socket,
      PIPEWRIGHT_DATA: folder,
      PIPEWRIGHT_SECRET_KEY: secret,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  child = started;
  for await (const chunk of started.stdout) {
    const port = /^\d+$/m.exec(String(chunk))?.[0];
    if (port !== undefined) return { process: started, url: `http://127.0.0.1:${port}` };
  }
  throw new Error("the server ended before it was ready");
};

const missingOf = async (ids: readonly string[]) => {
  const found = await database.prisma.run.findMany({
    where: { id: { in: [...ids] }, status: "success" },
    select: { id: true },
  });
  const there = new Set(found.map(({ id }) => id));
  return ids.filter((id) => !there.has(id));
};

it("a call that was answered has its record, however the app was killed", async () => {
  const { api, pipeline } = await runWorkspace(database, models.baseUrl, ["fake-0"]);
  const { slug } = await api.deployment.publish({ pipelineId: await pipeline("fake-0"), revision: 1, slug: "killed" });
  const { key } = await api.apiKey.create({ name: "Test" });
  const answered: string[] = [];
  let unstored = 0;
  for (const round of [1, 2]) {
    const { process: server, url } = await startServer();
    const agent = new http.Agent({ keepAlive: true });
    const mine: string[] = [];
    const ask = async (stream: boolean) => {
      for (;;) {
        const body = { inputs: { q: "hi" }, stream };
        const headers = { authorization: `Bearer ${key}` };
        const target = { url: `${url}/api/v1/pipelines/${slug}/runs`, headers, body };
        const answer = await post(agent, target).catch(() => null);
        if (answer === null) return;
        expect(answer.status).toBe(200);
        const end = stream ? /event: run-end\ndata: (.*"status":"success".*)\n\n/.exec(answer.text)?.[1] : answer.text;
        if (end === undefined) return;
        mine.push(JSON.parse(end).runId);
      }
    };
    const callers = Array.from({ length: 16 }, (_, index) => ask(index % 2 === 0));
    while (mine.length < 150) await pause(5);
    await pause(Math.random() * 100);
    // The database is held up, as by a slow statement: what is answered meanwhile stands in the journal alone.
    await database.prisma.$transaction(async (prisma) => {
      await prisma.workspace.count();
      const before = mine.length;
      // Not for long: a call may have to ask the database something, and then waits for it.
      const until = performance.now() + 3_000;
      while (mine.length < before + 20 && performance.now() < until) await pause(5);
      server.kill("SIGKILL");
      await once(server, "exit");
    });
    await Promise.all(callers);
    agent.destroy();
    unstored += (await missingOf(mine)).length;
    answered.push(...mine);
    expect(mine.length, `answers in round ${round}`).toBeGreaterThanOrEqual(150);
  }
  // Without these the test would prove nothing.
  expect(unstored).toBeGreaterThan(0);

  const journal = path.join(folder, "journal");
  expect((await stat(journal)).mode & 0o777).toBe(0o700);
  await openRunJournal(database, journal);
  expect(await missingOf(answered)).toEqual([]);
  for (const id of answered.slice(-20)) {
    const log = await readRunLog(database, id);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
    expect(log.at(-1)).toMatchObject({ type: "run-end", outcome: "success" });
  }
  // Nothing is left to be replayed.
  expect(await readdir(journal)).toEqual([]);
}, 120_000);
