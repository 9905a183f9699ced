// How a chat model does on the graded set: 200 small tasks in English and 200 in Chinese, each done by the product's own step on the embedded endpoint.
//   node --import tsx bench/graded.ts --model tiny-local
//   node --import tsx bench/graded.ts --gguf path/to/model.gguf --half figures --language zh --kind grounded
// Candidates are fetched by `node scripts/models/fetch.mjs ID`; with PIPEWRIGHT_CACHE, here and there, into a folder of their own, so that the app does not list them.
// Replies are kept in a file a model (--keep, .data/graded by default): a run that was stopped, or ended by --seconds, goes on where it was; what was
// changed is asked anew. --first N takes the first N tasks of each kind and language. --misses prints what was wrong.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { ask, keyOf, type Reply } from "./graded/lib/ask";
import { checkedAnswer } from "./graded/lib/checked-answer";
import { startEndpoint } from "./graded/lib/endpoint";
import { grade } from "./graded/lib/grade";
import { type Graded, linesOf, tableOf } from "./graded/lib/report";
import { readTasks, type Task, taskKinds } from "./graded/lib/task";

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    gguf: { type: "string" },
    half: { type: "string", default: "tune" },
    language: { type: "string" },
    kind: { type: "string" },
    first: { type: "string" },
    seconds: { type: "string" },
    threads: { type: "string" },
    keep: { type: "string", default: ".data/graded" },
    misses: { type: "boolean", default: false },
  },
});
const fail = (message: string): never => {
  console.error(message);
  process.exit(2);
};
if ((values.model === undefined) === (values.gguf === undefined)) fail("Name a model by --model or a file by --gguf.");
if (!["tune", "figures", "all"].includes(values.half)) fail("--half is tune, figures or all.");
if (values.kind !== undefined && !(taskKinds as readonly string[]).includes(values.kind))
  fail(`--kind is one of ${taskKinds.join(", ")}.`);
const id = values.model ?? path.basename(path.dirname(path.resolve(values.gguf ?? ""))).replace(/[^\w.-]/g, "-");

const seen = new Map<string, number>();
const tasks = readTasks().filter((task) => {
  if (values.half !== "all" && task.half !== values.half) return false;
  if (values.language !== undefined && task.locale !== values.language) return false;
  if (values.kind !== undefined && task.kind !== values.kind) return false;
  const group = `${task.kind} ${task.locale}`;
  seen.set(group, (seen.get(group) ?? 0) + 1);
  return values.first === undefined || (seen.get(group) ?? 0) <= Number(values.first);
});

mkdirSync(values.keep, { recursive: true });
const kept = path.join(values.keep, `${id}.jsonl`);
const replies = new Map<string, Reply>();
if (existsSync(kept)) {
  for (const line of readFileSync(kept, "utf8").split("\n")) {
    if (line.trim() === "") continue;
    const reply = JSON.parse(line) as Reply;
    replies.set(`${reply.id} ${reply.key}`, reply);
  }
}
const keys = new Map(await Promise.all(tasks.map(async (task) => [task.id, await keyOf(task)] as const)));
const replyTo = (task: Task) => replies.get(`${task.id} ${keys.get(task.id)}`);

const endpoint = await startEndpoint({ id, gguf: values.gguf ?? null }, values.threads);
try {
  const startedAt = performance.now();
  const isLate = () => values.seconds !== undefined && performance.now() - startedAt > Number(values.seconds) * 1000;
  for (const task of tasks) {
    if (replyTo(task) !== undefined) continue;
    if (isLate()) break;
    const reply = await ask(task, endpoint.ctx);
    replies.set(`${reply.id} ${reply.key}`, reply);
    appendFileSync(kept, `${JSON.stringify(reply)}\n`);
  }

  const done = tasks.flatMap((task) => {
    const reply = replyTo(task);
    return reply === undefined ? [] : [{ task, reply }];
  });
  const alone: Graded[] = [];
  const checked: Graded[] = [];
  for (const { task, reply } of done) {
    alone.push({ task, reply: reply.text, grade: grade(task, reply.text) });
    if (task.kind !== "grounded" && task.kind !== "unknown") continue;
    const text = await checkedAnswer(task, reply.text, endpoint.ctx);
    checked.push({ task, reply: text, grade: grade(task, text) });
  }
  const misses = (graded: readonly Graded[]) =>
    graded
      .filter((each) => !each.grade.right)
      .map((each) => `  ${each.task.id} ${each.grade.why}: ${JSON.stringify(each.reply)}`)
      .join("\n");
  const streamed = done.flatMap(({ reply: { tokens, streamed } }) =>
    tokens === null || streamed === null || tokens < 4 ? [] : [{ tokens: tokens - 1, streamed }],
  );
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const speed = sum(streamed.map(({ tokens }) => tokens)) / (sum(streamed.map((each) => each.streamed)) / 1000);
  const seconds = sum(done.map(({ reply }) => reply.milliseconds)) / 1000 / Math.max(1, done.length);

  console.log(`${id}, half ${values.half}: ${done.length} of ${tasks.length} tasks done`);
  console.log(
    `${speed.toFixed(1)} tokens/s, ${seconds.toFixed(1)} s a task, ${Math.round(endpoint.memory() / 1e6)} MB at most`,
  );
  console.log(`\n${tableOf(linesOf(alone))}`);
  if (values.misses) console.log(`\n${misses(alone)}`);
  if (checked.length > 0)
    console.log(`\nWith the answer check behind it, as in the templates:\n\n${tableOf(linesOf(checked))}`);
  if (values.misses) console.log(`\n${misses(checked)}`);
  const figures = {
    model: id,
    half: values.half,
    tasks: tasks.length,
    done: done.length,
    tokensPerSecond: speed,
    secondsPerTask: seconds,
    bytes: endpoint.memory(),
    alone: linesOf(alone),
    checked: linesOf(checked),
  };
  writeFileSync(path.join(values.keep, `${id}.${values.half}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  if (done.length < tasks.length) process.exitCode = 3;
} finally {
  await endpoint.stop();
}
