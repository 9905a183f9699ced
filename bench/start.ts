// How long a start takes when everything is there, and what the processes of `npm start` hold before a model was asked, once they rest. Linux.
//   node --import tsx bench/start.ts [--port 3950] [--rounds 5]
// Seconds are those until the home page answers. Memory is the proportional set size of every process that `npm start` keeps.
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startChild } from "./lib/child";
import { cpuMicroseconds } from "./lib/cpu";
import { processTree, totalBytes, treeMemory } from "./lib/process-memory";

const { values } = parseArgs({
  options: { port: { type: "string", default: "3950" }, rounds: { type: "string", default: "5" } },
});
const [port, rounds] = [Number(values.port), Number(values.rounds)];
const limits = { seconds: 3, mb: 700 };
const megabyte = 1024 * 1024;
const root = path.resolve(import.meta.dirname, "..");
const mark = /^Sign in\s+(\S+)/;
const data = await mkdtemp(path.join(os.tmpdir(), "pipewright-bench-"));

/** Waits until the processes take less than a twentieth of a core, two minutes at most. */
const rest = async (id: number): Promise<void> => {
  // What ended while it was looked at has no figure.
  const taken = (): number => processTree(id).reduce((sum, each) => sum + (cpuMicroseconds(each) || 0) / 1e6, 0);
  for (let look = 0, before = taken(); look < 24; look++) {
    await wait(5_000);
    const now = taken();
    if (now - before < 0.25) return;
    before = now;
  }
};

const startOnce = async (): Promise<{ seconds: number; id: number; stop(): Promise<void> }> => {
  const begun = performance.now();
  const started = await startChild(
    [path.join(root, "scripts/start.mjs"), "--link", "--port", String(port)],
    (line) => mark.test(line),
    { PIPEWRIGHT_DATA: data },
  );
  const response = await fetch(`http://127.0.0.1:${port}/`, { redirect: "manual" });
  if (response.status >= 500) throw new Error(`the home page answered ${response.status}`);
  return { seconds: (performance.now() - begun) / 1000, id: started.child.pid ?? 0, stop: started.stop };
};

const first = await startOnce();
console.log(`first start on a new folder: ${first.seconds.toFixed(2)} s`);
await first.stop();
const seconds: number[] = [];
const sums: number[] = [];
for (let round = 0; round < rounds; round++) {
  const app = await startOnce();
  seconds.push(app.seconds);
  await rest(app.id);
  const held = treeMemory(app.id);
  sums.push(totalBytes(held) / megabyte);
  if (round === rounds - 1)
    for (const { what, bytes } of held) console.log(`  ${(bytes / megabyte).toFixed(0).padStart(4)} MB  ${what}`);
  await app.stop();
}
await rm(data, { recursive: true, force: true });

const said = (numbers: readonly number[], digits: number): string => {
  const sorted = [...numbers].sort((one, other) => one - other);
  const at = (index: number): string => (sorted[index] ?? Number.NaN).toFixed(digits);
  return `lowest ${at(0)}, median ${at(sorted.length >> 1)}, highest ${at(sorted.length - 1)}`;
};
const holds = Math.max(...seconds) < limits.seconds && Math.max(...sums) < limits.mb;
console.log(`a start when everything is there, seconds: ${said(seconds, 2)} (limit ${limits.seconds})`);
console.log(`memory at rest, MB: ${said(sums, 0)} (limit ${limits.mb})`);
process.exit(holds ? 0 : 1);
