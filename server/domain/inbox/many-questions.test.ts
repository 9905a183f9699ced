import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initialRunState, reduceAll } from "@/runtime/run/reduce";
import { buildDocument } from "@/runtime/testing/build-document";
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
  await house.restart();
});
afterAll(() => database.close());

const start = async (document: ReturnType<typeof buildDocument>, inputs: object) => {
  const { id: pipelineId } = await house.api.pipeline.create({ name: "Many questions", document });
  const { runId } = await house.api.run.start({ pipelineId, revision: 1, inputs: { ...inputs } });
  await house.ended(runId);
  return runId;
};
const openTasks = (runId: string) =>
  database.prisma.inboxTask.findMany({ where: { runId, state: "open" }, orderBy: { place: "asc" } });
/** Waits, without a clock, until a run that was told to go on has ended or asks again. */
const settle = async (runId: string) => {
  let row = await house.ended(runId);
  while (row.status === "running") {
    await new Promise((resolve) => setImmediate(resolve));
    row = await house.ended(runId);
  }
  return row;
};
const foldOf = async (runId: string) => reduceAll(initialRunState, await readRunLog(database, runId));
const gapless = async (runId: string) => {
  const log = await readRunLog(database, runId);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
  expect(log.filter(({ type }) => type === "run-start")).toHaveLength(1);
  return log;
};

const fields = (name: string, kind = "text") => ({ fields: [{ name, kind, maxLength: 100 }] });
const two = buildDocument(
  {
    in: { type: "io/input", config: fields("q") },
    a: { type: "flow/human-review", config: { kind: "edit", title: "a" } },
    b: { type: "flow/human-review", config: { kind: "edit", title: "b" } },
    out: { type: "io/output", config: { outputs: [{ name: "a" }, { name: "b" }] } },
  },
  ["in.q > a.value", "in.q > b.value", "a.approved > out.a", "b.approved > out.b"],
);
const body = buildDocument(
  {
    in: { type: "io/input", config: fields("item") },
    look: { type: "flow/human-review", config: { kind: "edit", title: "look" } },
    out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
  },
  ["in.item > look.value", "look.approved > out.result"],
);

describe("two steps side by side that ask", () => {
  it("both answered at the same moment, the run ends, whichever comes first", async () => {
    for (let round = 0; round < 8; round++) {
      const runId = await start(two, { q: "x" });
      const tasks = await openTasks(runId);
      expect(tasks).toHaveLength(2);
      await Promise.all(
        tasks.map(({ id, title }) => house.api.inbox.decide({ id, action: "approve", value: `${title}${round}` })),
      );
      await expect.poll(async () => (await settle(runId)).status).toBe("success");
      expect((await foldOf(runId)).outputs).toEqual({ a: `a${round}`, b: `b${round}` });
      await gapless(runId);
    }
  });

  it("one answered, only the other is still asked, and it is asked once", async () => {
    const runId = await start(two, { q: "x" });
    const [first] = await openTasks(runId);
    await house.api.inbox.decide({ id: first?.id ?? "", action: "approve" });
    expect((await settle(runId)).status).toBe("paused");
    const left = await openTasks(runId);
    expect(left.map(({ title }) => title)).toEqual(["b"]);
    const log = await gapless(runId);
    expect(log.filter(({ type }) => type === "node-paused")).toHaveLength(2);
    await house.api.inbox.decide({ id: left[0]?.id ?? "", action: "approve" });
    expect((await settle(runId)).status).toBe("success");
  });
});

describe("a person inside a map", () => {
  const mapped = buildDocument(
    {
      in: { type: "io/input", config: fields("list", "json") },
      map: { type: "flow/map", body },
      out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
    },
    ["in.list > map.items", "map.result > out.result"],
  );

  it("is asked for each item under its own path; answers in any order, over restarts, come back in the order of the list", async () => {
    const runId = await start(mapped, { list: ["one", "two", "three"] });
    for (const [index, item] of [2, 0, 1].entries()) {
      const tasks = await openTasks(runId);
      expect(tasks).toHaveLength(3 - index);
      const task = tasks.find(({ place }) => place.includes(`#${item}"`));
      await house.restart();
      await house.api.inbox.decide({ id: task?.id ?? "", action: "approve", value: `item ${item}` });
      expect((await settle(runId)).status).toBe(index === 2 ? "success" : "paused");
    }
    expect((await foldOf(runId)).outputs).toEqual({ result: ["item 0", "item 1", "item 2"] });
    await gapless(runId);
  });

  it("is cancelled with all its questions", async () => {
    const runId = await start(mapped, { list: ["one", "two"] });
    await house.api.run.cancel({ id: runId });
    expect(await openTasks(runId)).toEqual([]);
    const state = await foldOf(runId);
    expect(state.status).toBe("aborted");
    for (const { status } of state.nodes.values()) expect(["success", "skipped"]).toContain(status);
  });
});

describe("a person before a map", () => {
  it("hands on what was decided, and the map runs with it", async () => {
    const inner = buildDocument(
      {
        in: { type: "io/input", config: fields("item") },
        say: { type: "text/template", config: { template: "<{{item}}>" } },
        out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
      },
      ["in.item > say.item", "say.text > out.result"],
    );
    const document = buildDocument(
      {
        in: { type: "io/input", config: fields("list", "json") },
        look: { type: "flow/human-review", config: { kind: "edit" } },
        map: { type: "flow/map", body: inner },
        out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
      },
      ["in.list > look.value", "look.approved > map.items", "map.result > out.result"],
    );
    const runId = await start(document, { list: ["a"] });
    const [task] = await openTasks(runId);
    await house.api.inbox.decide({ id: task?.id ?? "", action: "approve", value: ["b", "c"] });
    expect((await settle(runId)).status).toBe("success");
    expect((await foldOf(runId)).outputs).toEqual({ result: ["<b>", "<c>"] });
  });
});
