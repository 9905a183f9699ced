import { expect, test } from "vitest";
import { z } from "zod";
import { flowMap } from "@/nodes/flow/map";
import { ioInput } from "@/nodes/io/input";
import { ioOutput } from "@/nodes/io/output";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { type PersonAnswer, type PersonQuestion, peopleLimits } from "@/runtime/node/people";
import * as port from "@/runtime/node/port";
import type { RunEvent } from "@/runtime/run/events";
import { interruptEvents } from "@/runtime/run/interrupt";
import { initialRunState, reduceAll } from "@/runtime/run/reduce";
import { type GivenAnswer, resumeEvent } from "@/runtime/run/resume";
import { buildDocument } from "@/runtime/testing/build-document";
import { ManualTimers } from "@/runtime/testing/manual-timers";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { failNode, inputNode, outputNode, valueNode } from "@/runtime/testing/test-nodes";

const question = (key: string, value: unknown): PersonQuestion => ({
  key,
  kind: "approve",
  title: "Look at this",
  instructions: "",
  value,
  shown: [],
  assignees: { emails: [], role: "editor" },
  reviewers: 1,
  excludesAuthor: false,
  masksPersonalData: false,
  dueSeconds: 3600,
});
const approve = (value: unknown): PersonAnswer => ({
  outcome: "approved",
  value,
  edited: false,
  form: {},
  note: "",
  by: ["Ada"],
  at: "1970-01-01T00:00:00.000Z",
});

/** Asks as many things at once as its settings say, or nothing but about one value, and hides that it was stopped where they say so. */
const askNode = defineNode({
  type: "flow/ask",
  version: 1,
  title: { en: "Ask", zh: "询问" },
  summary: { en: "Asks.", zh: "询问。" },
  icon: "user",
  config: z.object({
    keys: z.array(z.string()).default(["ask"]),
    hides: z.boolean().default(false),
    only: z.json().default(null),
  }),
  inputs: { value: port.any() },
  outputs: { text: port.text() },
  examples: [{ name: "one", config: {}, inputs: { value: "x" }, outputs: { text: "x" } }],
  run: async ({ config, inputs, ctx }) => {
    if (config.only !== null && config.only !== inputs.value) return { text: "unasked" };
    const answers = config.keys.map((key) => ctx.people.ask(question(key, inputs.value)));
    if (config.hides) await Promise.allSettled(answers);
    const values = config.hides
      ? ["never seen"]
      : (await Promise.all(answers)).map(({ value, outcome }) => `${outcome}:${value}`);
    return { text: values.join(" ") };
  },
});
const catalog = createCatalog([inputNode, outputNode, valueNode, failNode, askNode]);
const at = "1970-01-01T00:00:00.000Z";
const stored = (events: readonly RunEvent[]): RunEvent[] => JSON.parse(JSON.stringify(events));
const goOn = (log: readonly RunEvent[], answers: readonly GivenAnswer[]): RunEvent[] => {
  const resumed = resumeEvent(log.at(-1), answers, at);
  if (resumed === null) throw new Error("the log does not wait");
  return stored([...log, resumed]);
};
const one = planOf(
  buildDocument({ i: { type: inputNode.type }, a: { type: askNode.type }, o: { type: outputNode.type } }, [
    "i.q > a.value",
    "a.text > o.answer",
  ]),
  catalog,
);
const two = planOf(
  buildDocument(
    { i: { type: inputNode.type }, a: { type: askNode.type }, b: { type: askNode.type }, o: { type: outputNode.type } },
    ["i.q > a.value", "i.q > b.value", "a.text > o.answer"],
  ),
  catalog,
);

test("a step that asks ends its attempt, and the run lets go with run-paused as its last event", async () => {
  const { events, state } = await runPlan(one, { q: "hi" }, { pauses: true });
  expect(events.map(({ type }) => type).slice(-3)).toEqual(["node-start", "node-paused", "run-paused"]);
  expect(state.status).toBe("paused");
  expect(state.nodes.get("a")).toMatchObject({ status: "waiting", questions: [{ key: "ask", value: "hi" }] });
});

test("it goes on from the log with the answer, without a gap, and asks nothing again", async () => {
  const { events } = await runPlan(one, { q: "hi" }, { pauses: true });
  const log = goOn(events, [{ path: ["a"], key: "ask", answer: approve("HI") }]);
  const { events: rest, state } = await runPlan(one, {}, { pauses: true, resume: log });
  expect(state.status).toBe("success");
  expect(state.outputs).toEqual({ answer: "approved:HI" });
  expect([...log, ...rest].map(({ seq }) => seq)).toEqual([...log, ...rest].map((_, index) => index));
  expect(rest[0]).toMatchObject({ type: "node-start", path: ["a"], attempt: 2 });
  expect(state.nodes.get("a")?.questions).toEqual([]);
});

test("a log that waits gives no more events, and only one that waits can be gone on with", async () => {
  const { events } = await runPlan(one, { q: "hi" }, { pauses: true });
  expect((await runPlan(one, {}, { pauses: true, resume: events })).events).toEqual([]);
  const answers = [{ path: ["a"], key: "ask", answer: approve("x") }];
  const log = goOn(events, answers);
  expect(resumeEvent(log.at(-1), answers, at)).toBeNull();
  const { events: rest } = await runPlan(one, {}, { pauses: true, resume: log });
  expect(resumeEvent(rest.at(-1), answers, at)).toBeNull();
});

test("other branches go on while one waits, and one answer of two lets only its own step go on", async () => {
  const { events, state } = await runPlan(two, { q: "hi" }, { pauses: true });
  expect([...state.nodes.values()].filter(({ status }) => status === "waiting")).toHaveLength(2);
  const first = goOn(events, [{ path: ["a"], key: "ask", answer: approve("1") }]);
  const { events: middle, state: between } = await runPlan(two, {}, { pauses: true, resume: first });
  expect(between.status).toBe("paused");
  expect(between.nodes.get("a")?.status).toBe("success");
  expect(between.nodes.get("b")?.status).toBe("waiting");
  expect(middle.filter(({ type }) => type === "node-paused")).toEqual([]);
  const second = goOn([...first, ...middle], [{ path: ["b"], key: "ask", answer: approve("2") }]);
  const { state: end } = await runPlan(two, {}, { pauses: true, resume: second });
  expect(end.status).toBe("success");
  expect(end.outputs).toEqual({ answer: "approved:1" });
});

test("what is asked together is asked in one event, and what is not answered yet is asked on", async () => {
  const plan = planOf(
    buildDocument(
      {
        i: { type: inputNode.type },
        a: { type: askNode.type, config: { keys: ["x", "y"] } },
        o: { type: outputNode.type },
      },
      ["i.q > a.value", "a.text > o.answer"],
    ),
    catalog,
  );
  const { events, state } = await runPlan(plan, { q: "hi" }, { pauses: true });
  expect(state.nodes.get("a")?.questions.map(({ key }) => key)).toEqual(["x", "y"]);
  const log = goOn(events, [{ path: ["a"], key: "x", answer: approve("1") }]);
  const { events: rest, state: between } = await runPlan(plan, {}, { pauses: true, resume: log });
  expect(between.nodes.get("a")?.questions.map(({ key }) => key)).toEqual(["y"]);
  const { state: end } = await runPlan(
    plan,
    {},
    { pauses: true, resume: goOn([...log, ...rest], [{ path: ["a"], key: "y", answer: approve("2") }]) },
  );
  expect(end.outputs).toEqual({ answer: "approved:1 approved:2" });
});

test("a step that hides that it was stopped waits all the same", async () => {
  const plan = planOf(
    buildDocument({ i: { type: inputNode.type }, a: { type: askNode.type, config: { hides: true } } }, [
      "i.q > a.value",
    ]),
    catalog,
  );
  const { state } = await runPlan(plan, { q: "hi" }, { pauses: true });
  expect(state.nodes.get("a")?.status).toBe("waiting");
});

test("a run that cannot wait hears that nobody is there", async () => {
  const { state } = await runPlan(one, { q: "hi" });
  expect(state.outputs).toEqual({ answer: "unasked:hi" });
});

test("the time that people take is not the run's", async () => {
  const timers = new ManualTimers();
  const { events } = await runPlan(one, { q: "hi" }, { pauses: true, timers });
  expect(timers.pending).toEqual([]);
  const log = goOn(events, [{ path: ["a"], key: "ask", answer: approve("x") }]);
  const late = { pauses: true, resume: log, now: () => 14 * 86_400_000 };
  expect((await runPlan(one, {}, late)).state.status).toBe("success");
});

test("a question that is too long, or one too many, fails its step", async () => {
  const long = await runPlan(
    planOf(
      buildDocument(
        {
          v: { type: valueNode.type, config: { value: "x".repeat(peopleLimits.characters) } },
          a: { type: askNode.type },
        },
        ["v.value > a.value"],
      ),
      catalog,
    ),
    {},
    { pauses: true },
  );
  expect(long.state.nodes.get("a")?.error?.code).toBe("value-too-large");
});

test("the same question twice is one", async () => {
  const plan = planOf(
    buildDocument({ i: { type: inputNode.type }, a: { type: askNode.type, config: { keys: ["x", "x"] } } }, [
      "i.q > a.value",
    ]),
    catalog,
  );
  expect((await runPlan(plan, { q: "hi" }, { pauses: true })).state.nodes.get("a")?.questions).toHaveLength(1);
});

test("a run that waits is cancelled from its log", async () => {
  const { events } = await runPlan(one, { q: "hi" }, { pauses: true });
  const rest = interruptEvents(events, { code: "aborted", message: "The run was cancelled." }, at, "aborted");
  const state = reduceAll(initialRunState, [...events, ...rest]);
  expect(state.status).toBe("aborted");
  expect(state.nodes.get("a")?.status).toBe("skipped");
});

test("a failure elsewhere ends what waits", async () => {
  const plan = planOf(
    buildDocument(
      {
        i: { type: inputNode.type },
        a: { type: askNode.type },
        t: { type: failNode.type },
        o: { type: outputNode.type },
      },
      ["i.q > a.value", "a.text > o.answer"],
    ),
    catalog,
  );
  const { state } = await runPlan(plan, { q: "hi" }, { pauses: true });
  expect(state.status).toBe("failure");
  expect(state.nodes.get("a")?.status).toBe("skipped");
});

test("in a map, items that wait let the others end; the run goes on once each was answered, and nothing that ended runs again", async () => {
  const inside = createCatalog([...catalog.nodes, ioInput, ioOutput, flowMap]);
  const body = buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "item" }] } },
      ask: { type: askNode.type },
      out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
    },
    ["in.item > ask.value", "ask.text > out.result"],
  );
  const outer = buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "item", kind: "json" }] } },
      map: {
        type: "flow/map",
        config: { concurrency: 2 },
        body,
        policy: { timeoutMs: 60_000, onError: "stop" } as never,
      },
      out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
    },
    ["in.item > map.items", "map.result > out.result"],
  );
  const document = buildDocument(
    {
      v: { type: valueNode.type, config: { value: [["a", "b"], ["c"]] } },
      map: { type: "flow/map", config: { concurrency: 2 }, body: outer },
      o: { type: outputNode.type },
    },
    ["v.value > map.items", "map.result > o.answer"],
  );
  const nested = planOf(document, inside);
  let log: RunEvent[] = [];
  const asked: string[] = [];
  for (let round = 0; round < 6; round++) {
    const { events } = await runPlan(nested, {}, { pauses: true, ...(log.length > 0 ? { resume: log } : {}) });
    log = [...log, ...(JSON.parse(JSON.stringify(events)) as RunEvent[])];
    if (log.at(-1)?.type !== "run-paused") break;
    expect(log.at(-1)?.seq).toBe(log.length - 1);
    // One answer at a time, so that the others wait on.
    const waiting = [...reduceAll(initialRunState, log).nodes.values()].find(({ questions }) => questions.length > 0);
    if (waiting === undefined) throw new Error("nobody is asked");
    asked.push(waiting.path.join("/"));
    const answers: GivenAnswer[] = [{ path: waiting.path, key: "ask", answer: approve(waiting.inputs?.value) }];
    log = goOn(log, answers);
  }
  expect(new Set(asked)).toEqual(new Set(["map#0/map#0/ask", "map#0/map#1/ask", "map#1/map#0/ask"]));
  expect(asked).toHaveLength(3);
  const state = reduceAll(initialRunState, log);
  expect(state.outputs).toEqual({ answer: [["approved:a", "approved:b"], ["approved:c"]] });
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
  const ends = log.flatMap((event) => (event.type === "node-end" ? [event.path.join("/")] : []));
  expect(new Set(ends).size).toBe(ends.length);
});

test("a map waits for people only once every other item was run, however many there are", async () => {
  const inside = createCatalog([...catalog.nodes, ioInput, ioOutput, flowMap]);
  const body = buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "item" }] } },
      ask: { type: askNode.type, config: { only: "3" } },
      out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
    },
    ["in.item > ask.value", "ask.text > out.result"],
  );
  const items = Array.from({ length: 1_600 }, (_, index) => `${index}`);
  const plan = planOf(
    buildDocument(
      {
        v: { type: valueNode.type, config: { value: items } },
        map: { type: "flow/map", config: { concurrency: 2 }, body },
        o: { type: outputNode.type },
      },
      ["v.value > map.items", "map.result > o.answer"],
    ),
    inside,
  );
  const { events, state } = await runPlan(plan, {}, { pauses: true });
  expect(state.status).toBe("paused");
  expect(events.findIndex(({ type }) => type === "run-paused")).toBe(events.length - 1);
  expect(state.nodes.get("map")?.frames).toMatchObject({ total: 1_600, succeeded: 1_599 });
  const log = goOn(events, [{ path: ["map#3", "ask"], key: "ask", answer: approve("3") }]);
  const { state: end } = await runPlan(plan, {}, { pauses: true, resume: log });
  expect(end.outputs).toEqual({ answer: items.map((item) => (item === "3" ? "approved:3" : "unasked")) });
});
