// Whether what the app says holds in every world: experiments of forty and more kinds, drawn with a truth that is known, go through the whole procedure (the
// page while it runs and at the end, the advice for more rows, the gate), and what was said is counted against the truth. What draws them shares no code
// with the statistics.
//   node --import tsx bench/worlds.ts [--only name,name] [--experiments 1000] [--seed 1] [--processes 2] [--without-power] [--sparse] [--keep FILE]
// With --sparse the page is looked at six times only, which takes a tenth of the time. With --keep what was counted goes into FILE, fifty experiments a line, and a second start goes on behind it.
import { execFileSync, fork } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { worlds } from "./worlds/all";
import { openKept } from "./worlds/kept";
import { head, isBroken, lineOf } from "./worlds/table";
import { added, noTally, type Tally, type Task } from "./worlds/tally";

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    experiments: { type: "string" },
    seed: { type: "string", default: "1" },
    processes: { type: "string", default: "2" },
    "without-power": { type: "boolean", default: false },
    sparse: { type: "boolean", default: false },
    keep: { type: "string" },
  },
});
const wanted = values.only.split(",").filter((name) => name !== "");
const chosen =
  wanted.length === 0 ? worlds : wanted.flatMap((name) => worlds.find((world) => world.name === name) ?? []);
const unknown = wanted.filter((name) => !worlds.some((world) => world.name === name));
if (unknown.length > 0) throw new Error(`There is no world "${unknown.join('", "')}".`);
const seed = Number(values.seed);
const chunk = 50;

const tasks = chosen.flatMap((world): Task[] => {
  // Where nobody looks on the way an experiment is one report.
  const usual = world.unwatched || world.gate || world.rows < 20 ? 10_000 : 1_000;
  const experiments = Number(values.experiments ?? usual);
  const powers = world.effects.power === undefined || values["without-power"] ? [false] : [false, true];
  return powers.flatMap((power) =>
    Array.from({ length: Math.ceil(experiments / chunk) }, (_, place) => {
      const from = place * chunk;
      return {
        world: world.name,
        from,
        to: Math.min(experiments, from + chunk),
        seed,
        power,
        sparse: values.sparse,
      };
    }),
  );
});

const open = new Map(chosen.map(({ name }) => [name, tasks.filter(({ world }) => world === name).length]));
const tallies = new Map(chosen.map(({ name }) => [name, noTally(name)]));
let broken = 0;
console.log(head.join("\n"));
// Whatever decides what is said: what other rules were counted for is not continued.
const folders = ["runtime/eval/report", "runtime/eval/statistics", "runtime/eval/gate", "bench/worlds"];
const rules = execFileSync("git", ["rev-parse", ...folders.map((folder) => `HEAD:${folder}`)], { encoding: "utf8" });
const kept = values.keep === undefined ? null : openKept(values.keep, rules);
const done = (tally: Tally) => {
  const { world } = tally;
  tallies.set(world, added(tallies.get(world) ?? noTally(world), tally));
  open.set(world, (open.get(world) ?? 0) - 1);
  if (open.get(world) !== 0) return;
  const found = chosen.find(({ name }) => name === world);
  if (found === undefined) return;
  const line = lineOf(found, tallies.get(world) ?? noTally(world));
  if (isBroken(line)) broken += 1;
  console.log(line);
};

const left = tasks.filter((task) => {
  const known = kept?.find(task);
  if (known !== undefined) done(known);
  return known === undefined;
});

const file = path.join(import.meta.dirname, "worlds", "worker.ts");
await Promise.all(
  Array.from(
    { length: Number(values.processes) },
    () =>
      new Promise<void>((resolve, reject) => {
        const child = fork(file, { execArgv: ["--import", "tsx"] });
        let task: Task | undefined;
        const give = () => {
          task = left.shift();
          if (task === undefined) child.disconnect();
          else child.send(task);
        };
        child.on("message", (tally: Tally) => {
          if (task !== undefined) kept?.keep(task, tally);
          done(tally);
          give();
        });
        child.on("error", reject);
        child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A process ended with ${code}.`))));
        give();
      }),
  ),
);
console.log(`\n${broken} of ${chosen.length} worlds break a limit.`);
process.exitCode = broken > 0 ? 1 : 0;
