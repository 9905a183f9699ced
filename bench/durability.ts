// Kills the app, or its database, again and again while it answers, and looks for the record of every call that was answered.
//   node --import tsx bench/durability.ts [--calls 10000] [--kills 10] [--kill app|database|both] [--port 18400]
import { execFileSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { programs } from "@/scripts/lib/bundle.mjs";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { readLog } from "@/server/domain/run-log/log-text";
import { startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { openDatabase } from "@/server/platform/db/open-database";
import { startApp } from "./lib/app";
import { startChild } from "./lib/child";
import { post } from "./lib/load";
import { publishPipeline } from "./lib/published-pipeline";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "10000" },
    kills: { type: "string", default: "10" },
    kill: { type: "string", default: "app" },
    port: { type: "string", default: "18400" },
  },
});
const [calls, kills, port] = [values.calls, values.kills, values.port].map(Number) as [number, number, number];
const concurrency = 32;
/** What stands in the command line of the process that answers, and of its database. */
const commandLines = {
  app: path.basename(programs.front.file),
  database: path.basename(programs.database.file),
} as const;
const model = "fake-0";
const root = path.resolve(import.meta.dirname, "..");

const fake = await startChild(
  ["--import", "tsx", path.join(root, "runtime/testing/fake-openai-server.ts"), "--port", String(port)],
  (line) => line.includes("http"),
);
const app = await startApp(port + 1);
try {
  const modelServer = /https?:\/\/[\d.:]+/.exec(fake.line)?.[0] ?? "";
  const { url = "", key } = (await publishPipeline(app, modelServer, [model]))[model] ?? {};
  const answered: string[] = [];
  const others = new Map<string, number>();
  const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  const ask = async (stream: boolean) => {
    const target = { url, headers: { authorization: `Bearer ${key}` }, body: { inputs: { q: "hi" }, stream } };
    const answer = await post(agent, target).catch(() => null);
    const text = answer?.text ?? "";
    const end = stream ? /event: run-end\ndata: (.*"status":"success".*)\n\n/.exec(text)?.[1] : text;
    if (answer?.status === 200 && end !== undefined) {
      answered.push(JSON.parse(end).runId);
      return;
    }
    const what = answer === null ? "connection broken" : `${answer.status}${stream ? ", stream without end" : ""}`;
    others.set(what, (others.get(what) ?? 0) + 1);
    await pause(50);
  };
  let done = false;
  // Half of the callers stream.
  const callers = Array.from({ length: concurrency }, async (_, index) => {
    while (!done) await ask(index % 2 === 0);
  });
  const started = performance.now();
  for (let kill = 1; kill <= kills; kill++) {
    const until = Math.floor((calls * kill) / (kills + 1));
    while (answered.length < until) await pause(5);
    // At any point of the 100 ms after which the database is written to.
    await pause(Math.random() * 150);
    const isDatabase = values.kill === "database" || (values.kill === "both" && kill % 2 === 0);
    const name = isDatabase ? "database" : "app";
    const id = processOf(app.processId, commandLines[name]);
    process.kill(id, "SIGKILL");
    console.log(
      `${((performance.now() - started) / 1000).toFixed(1)} s: killed the ${name} after ${answered.length} answers`,
    );
  }
  while (answered.length < calls) await pause(5);
  done = true;
  await Promise.all(callers);
  agent.destroy();
  await app.end();
  const lost = await missing(answered);
  for (const [what, count] of others) console.log(`not answered: ${count} x ${what}`);
  console.log(`${answered.length} answered calls, ${kills} kills, ${lost} records lost`);
  console.log(`${(await readdir(path.join(app.data, "journal"))).length} files left in the journal`);
  console.log(
    lost === 0 ? "holds: no record of an answered call is lost" : "FAILS: records of answered calls are lost",
  );
  process.exitCode = lost === 0 ? 0 : 1;
} finally {
  await app.stop();
  await fake.stop();
}

/** The child of a process whose command line names this file. */
function processOf(parent: number, file: string): number {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  for (const line of lines) {
    const [id, of, ...words] = line.trim().split(/\s+/);
    if (Number(of) === parent && words.join(" ").includes(file)) return Number(id);
  }
  throw new Error(`no process of ${file} is running`);
}

async function missing(ids: readonly string[]): Promise<number> {
  const socket = await createSocketAddress();
  const embedded = await startEmbeddedDatabase({
    folder: path.join(app.data, "database"),
    socket,
    onBroken: (error) => {
      throw error;
    },
  });
  const database = await openDatabase({ kind: "embedded", socket }, path.join(root, "prisma/migrations"));
  try {
    const rows = await database.query<{ id: string; firstSeq: number; events: string }>(
      `SELECT r."id", c."firstSeq", c."events" FROM "Run" r JOIN "RunEventChunk" c ON c."runId" = r."id"
       WHERE r."status" = 'success' AND r."id" = ANY($1::text[])`,
      [ids],
    );
    const ended = rows.filter(({ id, firstSeq, events }) =>
      readLog(events, id, firstSeq).some(({ type }) => type === "run-end"),
    );
    const stored = new Set(ended.map(({ id }) => id));
    return ids.filter((id) => !stored.has(id)).length;
  } finally {
    await database.close();
    await embedded.close();
  }
}
