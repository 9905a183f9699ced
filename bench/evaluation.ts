// How fast experiments run, and in how much memory: 2 prompts x 500 rows at concurrency 32 on the fake model server, beside promptfoo on the same rows,
// prompts, check and server in the same run.
//   node --import tsx bench/evaluation.ts [--rows 500] [--rounds 3]
// promptfoo is installed into bench/peers/evaluation on demand and nowhere else. Memory is the resident set of all processes that take part (for Pipewright its
// embedded database too), at its highest, above what the same processes take for two rows.
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { openDatabase } from "@/server/platform/db/open-database";
import { startChild } from "./lib/child";

const { values } = parseArgs({
  options: { rows: { type: "string", default: "500" }, rounds: { type: "string", default: "3" } },
});
const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
const concurrency = 32;
const limits = { speed: 15, memory: 0.1 };
const root = path.resolve(import.meta.dirname, "..");
const peer = path.join(root, "bench/peers/evaluation");
if (!existsSync(path.join(peer, "node_modules"))) {
  console.log("Installing the peer into bench/peers/evaluation …");
  execFileSync("npm", ["install", "--omit=optional", "--no-package-lock"], { cwd: peer, stdio: "inherit" });
}

/** Resident set of a process, in MiB; 0 where it has ended. Linux. */
const residentOf = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};
const childrenOf = (pid: number): number[] => {
  try {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8")
      .trim()
      .split(/\s+/)
      .filter(Boolean)
      .map(Number);
    return own.flatMap((child) => [child, ...childrenOf(child)]);
  } catch {
    return [];
  }
};

/** The highest sum of the resident sets of these processes and their children while something is done. */
const peakDuring = async <T>(
  pids: () => readonly number[],
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly peak: number }> => {
  let peak = 0;
  const look = () => {
    const all = pids().flatMap((pid) => [pid, ...childrenOf(pid)]);
    peak = Math.max(
      peak,
      all.reduce((sum, pid) => sum + residentOf(pid), 0),
    );
  };
  const timer = setInterval(look, 10);
  try {
    return { result: await work(), peak };
  } finally {
    clearInterval(timer);
  }
};

const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-bench-evaluation-"));
const withTypes = ["--import", "tsx"];
const urlIn = /https?:\/\/[\d.:]+/;
const fake = await startChild(
  [...withTypes, path.join(root, "runtime/testing/fake-openai-server.ts"), "--port", "18390"],
  (line) => urlIn.test(line),
);
const modelServer = urlIn.exec(fake.line)?.[0] ?? "";

// Pipewright: the embedded database and a process that runs jobs, as in the app.
const socket = await createSocketAddress();
const databaseProcess = spawn(
  process.execPath,
  [...withTypes, path.join(root, "server/platform/db/embedded/main.ts"), path.join(folder, "database"), socket],
  {
    stdio: ["pipe", "pipe", "inherit"],
  },
);
await new Promise((resolve) => databaseProcess.stdout.once("data", resolve));
await (await openDatabase({ kind: "embedded", socket }, path.join(root, "prisma/migrations"))).close();
const worker = spawn(
  process.execPath,
  [
    "--import",
    path.join(root, "scripts/lib/collect-early.mjs"),
    ...withTypes,
    path.join(root, "bench/lib/experiment-child.ts"),
    socket,
    modelServer,
    path.join(folder, "files"),
    String(concurrency),
  ],
  {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, PIPEWRIGHT_SECRET_KEY: randomBytes(32).toString("base64") },
  },
);
const said = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
await said.next();
const ours = (count: number) =>
  peakDuring(
    () => [worker.pid ?? 0, databaseProcess.pid ?? 0],
    async () => {
      worker.stdin.write(`${count}\n`);
      return (JSON.parse((await said.next()).value as string) as { seconds: number }).seconds;
    },
  );

// promptfoo: its own command, on a configuration with the same rows.
const theirs = async (count: number) => {
  const file = path.join(folder, `promptfoo-${count}.json`);
  const output = path.join(folder, `promptfoo-${count}-out.json`);
  await writeFile(
    file,
    JSON.stringify({
      prompts: ["Say: {{question}}", "Please say: {{question}}"],
      providers: [{ id: "openai:chat:echo", config: { apiBaseUrl: `${modelServer}/v1`, apiKey: "none" } }],
      tests: Array.from({ length: count }, (_, index) => ({
        vars: { question: `question ${index}` },
        assert: [{ type: "equals", value: `Say: question ${index}` }],
      })),
    }),
  );
  const child = spawn(
    process.execPath,
    [
      path.join(peer, "node_modules/promptfoo/dist/src/entrypoint.js"),
      "eval",
      "-c",
      file,
      "-o",
      output,
      "--no-cache",
      "--no-progress-bar",
      "--no-table",
      "-j",
      String(concurrency),
    ],
    {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        PROMPTFOO_CONFIG_DIR: path.join(folder, "promptfoo"),
        PROMPTFOO_DISABLE_TELEMETRY: "1",
        PROMPTFOO_DISABLE_UPDATE: "1",
        PROMPTFOO_DISABLE_REMOTE_GENERATION: "1",
        LOG_LEVEL: "error",
      },
    },
  );
  return peakDuring(
    () => [child.pid ?? 0],
    async () => {
      await new Promise((resolve) => child.once("exit", resolve));
      const { results } = JSON.parse(readFileSync(output, "utf8")) as {
        results: { results: unknown[]; stats: { errors: number; durationMs?: number } };
      };
      if (results.results.length !== 2 * count || results.stats.errors > 0)
        throw new Error("promptfoo did not answer every row");
      return results.stats.durationMs;
    },
  );
};

try {
  const least = { ours: (await ours(2)).peak, theirs: (await theirs(2)).peak };
  // The app runs for weeks: its first experiments are not what is measured.
  for (let each = 0; each < 3; each += 1) await ours(rows);
  const best = { ours: 0, theirs: 0 };
  const peak = { ours: Number.POSITIVE_INFINITY, theirs: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const other = await theirs(rows);
    // Its own figure where it gives one, else the whole command without what it takes for two rows.
    const seconds = other.result === undefined ? (performance.now() - begun) / 1_000 : other.result / 1_000;
    best.theirs = Math.max(best.theirs, (2 * rows) / seconds);
    peak.theirs = Math.min(peak.theirs, other.peak);
    const own = await ours(rows);
    best.ours = Math.max(best.ours, (2 * rows) / own.result);
    peak.ours = Math.min(peak.ours, own.peak);
    console.log(
      `round ${round + 1}: Pipewright ${((2 * rows) / own.result).toFixed(0)} answers/s, ${own.peak.toFixed(0)} MiB; promptfoo ${((2 * rows) / seconds).toFixed(0)} answers/s, ${other.peak.toFixed(0)} MiB`,
    );
  }
  const speed = best.ours / best.theirs;
  const memory = Math.max(0, peak.ours - least.ours) / Math.max(1, peak.theirs - least.theirs);
  console.log(`\nfor two rows: Pipewright ${least.ours.toFixed(0)} MiB, promptfoo ${least.theirs.toFixed(0)} MiB`);
  const checks = [
    [
      speed >= limits.speed,
      `${speed.toFixed(1)} x promptfoo's answers/s (${best.ours.toFixed(0)} against ${best.theirs.toFixed(0)}), limit at least ${limits.speed}`,
    ],
    [
      memory <= limits.memory,
      `${memory.toFixed(2)} of its memory above base (${(peak.ours - least.ours).toFixed(0)} MiB against ${(peak.theirs - least.theirs).toFixed(0)} MiB), limit ${limits.memory}`,
    ],
  ] as const;
  for (const [holds, text] of checks) console.log(`${holds ? "holds" : "FAILS"}: ${text}`);
  process.exitCode = checks.every(([holds]) => holds) ? 0 : 1;
} finally {
  worker.stdin.end();
  databaseProcess.stdin.end();
  await fake.stop();
  await rm(folder, { recursive: true, force: true });
}
