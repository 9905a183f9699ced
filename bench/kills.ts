// Kills the process that runs pipelines with SIGKILL at random moments, each run an agent that writes, a map of writes, a person's review and a write over HTTP. Says how many
// writes were made again once their answer was stored, how many runs hang, and how many traces do not fold whole.
//   node --import tsx bench/kills.ts [--kills 50] [--seed 1] [--at-once 6]
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, reduceAll } from "@/runtime/run/reduce";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { prepareJournalFolder } from "@/server/domain/run/journal/journal-files";
import { replayJournals } from "@/server/domain/run/journal/replay-journal";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { openDatabase } from "@/server/platform/db/open-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { killsDocument, startModel, startService } from "./lib/kills-world";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
    "at-once": { type: "string", default: "6" },
  },
});
const [kills, seed, atOnce] = [values.kills, values.seed, values["at-once"]].map(Number) as [number, number, number];
const longestWaitMs = 60_000;

/** The same moments for the same seed, as far as the machine goes along (mulberry32). */
let state = seed;
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};

const root = path.resolve(import.meta.dirname, "..");
process.env.PIPEWRIGHT_SECRET_KEY ??= randomBytes(32).toString("base64");
const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-kills-"));
const journal = path.join(folder, "journal");
const socket = await createSocketAddress();
const embedded = await startEmbeddedDatabase({ folder: path.join(folder, "database"), socket, onBroken: () => {} });
const database = await openDatabase({ kind: "embedded", socket }, path.join(root, "prisma/migrations"));
const [service, model] = [await startService(random), await startModel(random)];

const member = await addMember(database, "owner");
const api = callerOf(database, member);
await api.workspace.update({ toolHosts: [service.host] });
await api.endpoint.create({
  name: "Fake",
  slug: "fake",
  replicas: [{ baseUrl: `http://${model.host}/v1` }],
  maxConcurrency: 64,
  models: [{ name: "agent", chat: true }],
});
const { id: pipelineId } = await api.pipeline.create({
  name: "Killed",
  document: killsDocument(service.host) as never,
});
await prepareJournalFolder(journal);

const startChild = async (round: number): Promise<ChildProcess> => {
  const told = { member, pipelineId, revision: 1, atOnce, isLast: round === kills, name: `r${round}` };
  const child = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "lib/kills-child.ts")], {
    cwd: root,
    env: {
      ...process.env,
      PIPEWRIGHT_DATABASE_SOCKET: socket,
      PIPEWRIGHT_DATA: folder,
      PIPEWRIGHT_KILLS: JSON.stringify(told),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const chunk of child.stdout) if (String(chunk).includes("ready")) return child;
  throw new Error("the process ended before it was ready");
};

/** The addresses whose answers a log holds. */
const storedIn = (log: readonly RunEvent[]): string[] => {
  const first = log[0];
  const id = first?.type === "run-start" ? String((first.inputs as { id?: unknown }).id) : "";
  return log.flatMap((event) => {
    if (event.type !== "node-recorded" || !/^reply/.test(event.key) || event.key.endsWith("-sent")) return [];
    const item = /^map#(\d+)/.exec(event.path[0] ?? "")?.[1];
    if (item !== undefined) return [`/item/${id}-${item}`];
    return [event.path[0] === "agent" ? `/agent/${id}` : `/final/${id}`];
  });
};

/** How often each address had been written to when its answer was first found stored. */
const storedAfter = new Map<string, number>();
const ended = new Set<string>();
const look = async () => {
  await replayJournals(database, journal, true);
  for (const { id, status } of await database.prisma.run.findMany({ select: { id: true, status: true } })) {
    if (ended.has(id)) continue;
    if (status !== "running" && status !== "paused") ended.add(id);
    for (const address of storedIn(await readRunLog(database, id)))
      if (!storedAfter.has(address)) storedAfter.set(address, service.arrivals.get(address) ?? 0);
  }
};

const total = (): number => [...service.arrivals.values()].reduce((sum, count) => sum + count, 0);
const began = performance.now();
for (let round = 0; round < kills; round += 1) {
  const child = await startChild(round);
  // Somewhere in what it does, each time somewhere else, however fast the machine is.
  const wanted = total() + 1 + Math.floor(random() * 30);
  const limit = performance.now() + longestWaitMs;
  while (total() < wanted && performance.now() < limit) await pause(2);
  if (total() < wanted) {
    const runs = await database.prisma.run.findMany({ select: { status: true, errorMessage: true }, take: 5 });
    throw new Error(`Too little was written: ${JSON.stringify(runs)}`);
  }
  await pause(random() * 100);
  child.kill("SIGKILL");
  await once(child, "exit");
  await look();
}
const last = await startChild(kills);
const open = () => database.prisma.run.count({ where: { status: { in: ["running", "paused"] } } });
const until = performance.now() + longestWaitMs;
while ((await open()) > 0 && performance.now() < until) await pause(200);
const hanging = await open();
last.kill("SIGKILL");
await once(last, "exit");
await look();

const outcomes = new Map<string, number>();
let broken = 0;
const all = await database.prisma.run.findMany({ select: { id: true, status: true, errorCode: true } });
for (const { id, status, errorCode } of all) {
  const outcome = errorCode === null ? status : `${status}, ${errorCode}`;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  const log = await readRunLog(database, id);
  const isGapless = log.every(({ seq }, index) => seq === index);
  const folded = reduceAll(initialRunState, log);
  const isWhole = [...folded.nodes.values()].every((step) => step.status !== "running" && step.status !== "waiting");
  if (!isGapless || log.at(-1)?.type !== "run-end" || folded.status !== status || !isWhole) broken += 1;
}
const again = [...storedAfter].filter(([address, count]) => (service.arrivals.get(address) ?? 0) > count);
const twice = [...service.arrivals.values()].filter((count) => count > 1).length;
console.log({
  seed,
  kills,
  runs: Object.fromEntries(outcomes),
  writes: service.arrivals.size,
  "writes made again once their answer was stored": again.length,
  "writes made again before their answer was stored": twice - again.length,
  "runs that hang": hanging,
  "traces that do not fold whole": broken,
  seconds: Math.round((performance.now() - began) / 1000),
});
service.close();
model.close();
await database.close();
await embedded.close();
await rm(folder, { recursive: true, force: true });
process.exitCode = again.length + hanging + broken > 0 ? 1 : 0;
