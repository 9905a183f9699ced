import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import { buildDocument } from "@/runtime/testing/build-document";
import { AskedPlaces } from "@/server/domain/run/pause/task-parts";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { inboxWorkspace } from "./inbox-fixture";

let database: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  house = await inboxWorkspace(database);
});
afterAll(() => database.close());

const fields = (name: string, kind = "text") => ({ fields: [{ name, kind, maxLength: 100 }] });
/** Asks, and fails a little later in the same item. */
const body = buildDocument(
  {
    in: { type: "io/input", config: fields("item") },
    look: { type: "flow/human-review", config: { title: "inside" } },
    say: { type: "text/template", config: { template: "{{item}} is no JSON" } },
    again: { type: "text/template", config: { template: "{{text}}!" } },
    parse: { type: "data/json" },
    out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
  },
  [
    "in.item > look.value",
    "in.item > say.item",
    "say.text > again.text",
    "again.text > parse.value",
    "look.approved > out.result",
  ],
);
const document = (policy: object) =>
  buildDocument(
    {
      in: { type: "io/input", config: fields("list", "json") },
      map: { type: "flow/map", body, policy: { onError: "continue", ...policy } as never },
      outer: { type: "flow/human-review", config: { title: "outside" } },
      out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
    },
    ["in.list > map.items", "in.list > outer.value", "outer.approved > out.result"],
  );

const start = async (policy: object) => {
  const { id: pipelineId } = await house.api.pipeline.create({ name: "Cut off", document: document(policy) });
  const { runId } = await house.api.run.start({ pipelineId, revision: 1, inputs: { list: ["a", "b"] } });
  expect((await house.ended(runId)).status).toBe("paused");
  return runId;
};
const askedInside = async (runId: string) =>
  (await readRunLog(database, runId)).filter(({ type, ...event }) => {
    const { path } = event as { path?: readonly string[] };
    return type === "node-paused" && path?.[0] !== "outer";
  }).length;

it.each([
  ["went on without it", {}],
  ["was tried again", { retries: 1, retryDelayMs: 0 }],
])("withdraws what an item asked whose container %s; what others asked stays", async (_, policy) => {
  const runId = await start(policy);
  expect(await askedInside(runId)).toBeGreaterThan(0);
  const tasks = await database.prisma.inboxTask.findMany({ where: { runId } });
  expect(tasks).toHaveLength((await askedInside(runId)) + 1);
  for (const { title, state } of tasks) expect(state).toBe(title === "outside" ? "open" : "withdrawn");
  const inside = tasks.find(({ title }) => title === "inside");
  await expect(house.api.inbox.decide({ id: inside?.id ?? "", action: "approve", note: "" })).rejects.toThrow(
    "went on without",
  );
  const outside = tasks.find(({ title }) => title === "outside");
  await house.api.inbox.decide({ id: outside?.id ?? "", action: "approve", note: "" });
  expect((await house.ended(runId)).status).toBe("success");
});

it("knows what was asked in an earlier execution and by which step", () => {
  const asked = new AskedPlaces();
  const stamp = { runId: "r", seq: 0, at: new Date(0).toISOString() };
  const question = { key: "ask" } as never;
  asked.note({ ...stamp, type: "node-paused", path: ["map#0", "look"], questions: [question] });
  asked.note({ ...stamp, type: "node-paused", path: ["map#1", "look"], questions: [question] });
  const end = { ...stamp, type: "node-end", outcome: "skipped", reason: "aborted" } as const;
  const events: RunEvent[] = [
    { ...end, path: ["map#0", "look"] },
    { ...end, path: ["map#0"] },
    { ...end, path: ["map"] },
  ];
  expect(asked.endedIn(events, 0, 3)).toEqual(['["map#0","look","ask"]']);
  expect(asked.endedIn(events, 1, 3)).toEqual([]);
});
