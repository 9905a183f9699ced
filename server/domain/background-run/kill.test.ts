import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { type Database, openDatabase } from "@/server/platform/db/open-database";
import { copyTestDatabase } from "@/server/testing/test-database";

const root = path.resolve(import.meta.dirname, "../../..");
const secret = randomBytes(32).toString("base64");
let folder: string;
let socket: string;
let embedded: EmbeddedDatabase;
let database: Database;
let models: FakeOpenAiServer;
let child: ChildProcess | undefined;

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = secret;
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-background-"));
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

/** A process that takes runs, and where. */
const startServer = async () => {
  const fixture = path.join(import.meta.dirname, "crash-fixture.ts");
  const started = spawn(process.execPath, ["--import", "tsx", fixture], {
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

it("an accepted run ends once, however often the app is killed, and sent again under its key is the same run", async () => {
  const { api, pipeline } = await runWorkspace(database, models.baseUrl, ["fake-0-20-30"]);
  const pipelineId = await pipeline("fake-0-20-30");
  const { slug } = await api.deployment.publish({ pipelineId, revision: 1, slug: "killed-background" });
  const { key } = await api.apiKey.create({ name: "Test" });
  const accepted = new Map<string, string>();
  const send = async (url: string, name: string): Promise<string | null> => {
    const response = await fetch(`${url}/api/v1/pipelines/${slug}/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", "idempotency-key": name },
      body: JSON.stringify({ inputs: { q: "hi" }, background: true }),
    }).catch(() => null);
    if (response === null) return null;
    expect(response.status).toBe(202);
    const answer = await response.json().catch(() => null);
    return answer === null ? null : answer.runId;
  };
  for (const round of [1, 2]) {
    const { process: server, url } = await startServer();
    // More than run at once, so that some are killed in the queue and some under way.
    const sending = Array.from({ length: 60 }, async (_, index) => {
      const name = `${round}-${index}`;
      const runId = await send(url, name);
      if (runId !== null) accepted.set(name, runId);
    });
    await vi.waitFor(() => expect(accepted.size).toBeGreaterThan(round * 40), { timeout: 30_000, interval: 5 });
    server.kill("SIGKILL");
    await once(server, "exit");
    await Promise.all(sending);
  }
  const statuses = await database.prisma.run.groupBy({ by: ["status"], _count: true });
  const underWay = statuses.find(({ status }) => status === "running")?._count ?? 0;
  const waiting = await database.prisma.backgroundRun.count({ where: { isBegun: false } });
  // Without these the test would prove nothing.
  expect(underWay + waiting).toBeGreaterThan(0);

  const { url } = await startServer();
  for (const [name, runId] of accepted) expect(await send(url, name), name).toBe(runId);
  const ids = [...accepted.values()];
  await vi.waitFor(
    async () =>
      expect(await database.prisma.run.count({ where: { id: { in: ids }, status: "success" } })).toBe(ids.length),
    { timeout: 60_000, interval: 200 },
  );
  for (const id of ids) {
    const log = await readRunLog(database, id);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
    expect(log.filter(({ type }) => type === "run-end")).toHaveLength(1);
    expect(log.filter(({ type }) => type === "run-start")).toHaveLength(1);
  }
  await vi.waitFor(async () => expect(await database.prisma.backgroundRun.count()).toBe(0), { timeout: 20_000 });
}, 180_000);
