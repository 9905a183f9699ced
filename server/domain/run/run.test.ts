import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { graphLimits } from "@/runtime/graph/document";
import type { RunEvent } from "@/runtime/run/events";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { readLog } from "@/server/domain/run-log/log-text";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { followRun } from "./follow-run";
import { liveRunsOf } from "./live-runs";
import { mostOverrides, startInput } from "./run.types";
import { chatDocument, runWorkspace } from "./run-fixture";

const models = ["echo", "never", "fake-0-5-200", "error-401", "fake-0-0-3000"];

let database: Database;
let server: FakeOpenAiServer;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  workspace = await runWorkspace(database, server.baseUrl, models);
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), server.close()]);
});

const start = async (model: string, q = "why?") =>
  (await workspace.api.run.start({ pipelineId: await workspace.pipeline(model), revision: 1, inputs: { q } })).runId;

type Watched = { readonly id: string; readonly event: RunEvent };

/** Reads the subscription as a browser would, up to the end or for as long as `more` says. */
const watch = async (runId: string, lastEventId?: string, more: (event: RunEvent) => boolean = () => true) => {
  const seen: Watched[] = [];
  const stream = await workspace.api.run.events({ runId, ...(lastEventId !== undefined && { lastEventId }) });
  for await (const [id, event] of stream as unknown as AsyncIterable<[string, RunEvent]>) {
    seen.push({ id, event });
    if (!more(event)) break;
  }
  return seen;
};
const seqs = (seen: readonly Watched[]) => seen.map(({ event }) => event.seq);
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe("starting a run", () => {
  it("answers when the run and its beginning are stored", async () => {
    const runId = await start("never");
    const stored = await database.prisma.run.findUniqueOrThrow({
      where: { id: runId },
      include: { events: true, revision: true },
    });
    expect(stored).toMatchObject({ status: "running", trigger: "editor", revision: { number: 1 } });
    expect(stored.leaseUntil?.getTime()).toBeGreaterThan(Date.now());
    expect(readLog(stored.events[0]?.events ?? "", runId, 0)[0]).toMatchObject({
      type: "run-start",
      seq: 0,
      inputs: { q: "why?" },
    });
    await workspace.api.run.cancel({ id: runId });
  });

  it("refuses a draft that was changed meanwhile, saying what is there now", async () => {
    const pipelineId = await workspace.pipeline("echo");
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 1, document: chatDocument("never") });
    await expect(workspace.api.run.start({ pipelineId, revision: 1, inputs: { q: "x" } })).rejects.toMatchObject({
      code: "CONFLICT",
      details: { reason: "stale-revision", conflict: { revision: 2 } },
    });
  });

  it("refuses a graph with errors, with its diagnostics, and starts nothing", async () => {
    const document = chatDocument("echo");
    const { id: pipelineId } = await workspace.api.pipeline.create({
      name: "Cut",
      document: { ...document, edges: document.edges.slice(1) },
    });
    await expect(workspace.api.run.start({ pipelineId, revision: 1, inputs: { q: "x" } })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      details: {
        reason: "graph-invalid",
        diagnostics: [{ code: "input-unwired", at: { node: "ask", port: "q" } }, expect.anything()],
      },
    });
    expect(await database.prisma.run.count({ where: { pipelineId } })).toBe(0);
  });

  it.each([
    [{}, { q: '"q" is required.' }],
    [{ q: "x".repeat(101) }, { q: '"q" has 101 characters; at most 100 are allowed.' }],
    [{ q: ["x"] }, { q: '"q" must be a text, not list.' }],
    [{ q: "x", graph: {} }, { graph: 'There is no field "graph". The fields are: q.' }],
  ])("refuses the inputs %j field by field", async (inputs, fields) => {
    const pipelineId = await workspace.pipeline("echo");
    await expect(workspace.api.run.start({ pipelineId, revision: 1, inputs })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      details: { reason: "input-invalid", fields },
    });
  });

  it("freezes a draft once, however often it runs and wherever its cards lie", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const document = chatDocument("echo");
    const run = (revision: number) => workspace.api.run.start({ pipelineId, revision, inputs: { q: "x" } });
    await Promise.all([run(1), run(1), run(1)]);
    await workspace.api.pipeline.save({
      id: pipelineId,
      baseRevision: 1,
      document: { ...document, layout: { ask: { x: 9, y: 9 } } },
    });
    await run(2);
    expect(await database.prisma.revision.count({ where: { pipelineId } })).toBe(1);
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 2, document: chatDocument("error-401") });
    await run(3);
    const revisions = await database.prisma.revision.findMany({ where: { pipelineId }, orderBy: { number: "asc" } });
    expect(revisions.map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe("a run of the draft with other settings", () => {
  const prefix = (template: string) => ({ nodeId: "wrap", config: { template } });

  it("is a revision of its own, the draft staying what it was", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const run = async (template: string) => {
      const overrides = [prefix(template)];
      const inputs = { q: "why?" };
      const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs, overrides });
      await liveRunsOf(database).get(runId)?.finished;
      const { document, events } = await workspace.api.run.get({ id: runId });
      return { document, end: events.at(-1) };
    };
    const short = await run("Short: {{text}}");
    expect(short.end).toMatchObject({ outcome: "success", outputs: { answer: expect.stringMatching(/^Short: /) } });
    expect(short.document.nodes.find(({ id }) => id === "wrap")?.config).toEqual({ template: "Short: {{text}}" });
    await run("Short: {{text}}");
    await run("Long: {{text}}");
    expect(await database.prisma.revision.count({ where: { pipelineId } })).toBe(2);
    expect(await workspace.api.pipeline.get({ id: pipelineId })).toMatchObject({
      revision: 1,
      document: { nodes: chatDocument("echo").nodes },
    });
  });

  it.each([
    ["a step that is not there", [{ nodeId: "gone", config: {} }], { reason: "input-invalid" }],
    ["settings that do not compile", [prefix("{{nobody}}")], { reason: "graph-invalid" }],
    ["text that cannot be stored", [prefix("a\0{{text}}")], { reason: "document-refused" }],
    [
      "more than a document may hold",
      [prefix("x".repeat(graphLimits.bytes))],
      { reason: "document-refused", diagnostics: [{ code: "document-too-large" }] },
    ],
  ])("is refused for %s", async (_, overrides, details) => {
    const pipelineId = await workspace.pipeline("echo");
    const started = workspace.api.run.start({ pipelineId, revision: 1, inputs: { q: "x" }, overrides });
    await expect(started).rejects.toMatchObject({ code: "BAD_REQUEST", details });
    expect(await database.prisma.revision.count({ where: { pipelineId } })).toBe(0);
  });

  it("takes settings of so many nodes and no more", () => {
    const input = (count: number) => ({
      pipelineId: "p".repeat(20),
      revision: 1,
      inputs: {},
      overrides: Array.from({ length: count }, () => prefix("x")),
    });
    expect(startInput.safeParse(input(mostOverrides)).error?.issues.filter(({ path }) => path[0] === "overrides")).toBe(
      undefined,
    );
    expect(startInput.safeParse(input(mostOverrides + 1)).success).toBe(false);
  });
});

describe("a run of a variant of the draft", () => {
  const withVariant = async () => {
    const variants = { wrap: [{ id: "short", label: "Short", config: { template: "Short: {{text}}" } }] };
    const document = { ...chatDocument("echo"), variants };
    return (await workspace.api.pipeline.create({ name: "Tried", document })).id;
  };
  const inputs = { q: "why?" };

  it("runs the variant and says so in its record", async () => {
    const pipelineId = await withVariant();
    const variants = [{ node: "wrap", id: "short" }];
    const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs, variants });
    await liveRunsOf(database).get(runId)?.finished;
    const { events } = await workspace.api.run.get({ id: runId });
    expect(events[0]).toMatchObject({
      type: "run-start",
      variants: [{ node: "wrap", id: "short", label: "Short" }],
    });
    expect(events.at(-1)).toMatchObject({ outputs: { answer: expect.stringMatching(/^Short: /) } });
  });

  it("leaves the record of a run without one as it was, and refuses one that is gone", async () => {
    const pipelineId = await withVariant();
    const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs });
    await liveRunsOf(database).get(runId)?.finished;
    expect((await workspace.api.run.get({ id: runId })).events[0]).not.toHaveProperty("variants");
    const variants = [{ node: "wrap", id: "gone" }];
    await expect(workspace.api.run.start({ pipelineId, revision: 1, inputs, variants })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      details: { reason: "input-invalid" },
    });
  });

  it("takes so many and no more", () => {
    const input = (count: number) => ({
      pipelineId: "p".repeat(20),
      revision: 1,
      inputs: {},
      variants: Array.from({ length: count }, () => ({ node: "wrap", id: "short" })),
    });
    const issues = startInput.safeParse(input(mostOverrides)).error?.issues ?? [];
    expect(issues.filter(({ path }) => path[0] === "variants")).toEqual([]);
    expect(startInput.safeParse(input(mostOverrides + 1)).success).toBe(false);
  });
});

describe("the inputs that a pipeline was last given", () => {
  it("come each once, newest first, without those of experiments, and no more than asked for", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const run = async (q: string) => {
      const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs: { q } });
      await liveRunsOf(database).get(runId)?.finished;
      return runId;
    };
    await run("one");
    await run("two");
    const again = await run("one");
    const rows = await run("a row");
    await database.prisma.run.update({ where: { id: rows }, data: { trigger: "evaluation" } });
    const recent = await workspace.api.run.recentInputs({ pipelineId });
    expect(recent.map(({ inputs }) => inputs.q)).toEqual(["one", "two"]);
    expect(recent[0]?.runId).toBe(again);
    expect(await workspace.api.run.recentInputs({ pipelineId, limit: 1 })).toHaveLength(1);
    await expect(workspace.api.run.recentInputs({ pipelineId, limit: 21 })).rejects.toThrow();
  });
});

describe("watching a run", () => {
  it("shows every event once, in order, from the beginning to the end", async () => {
    const seen = await watch(await start("fake-0-5-200"));
    expect(seqs(seen)).toEqual(range(0, seen.length));
    expect(seen.at(-1)?.event).toMatchObject({ type: "run-end", outcome: "success" });
    expect(seen.filter(({ event }) => event.type === "node-delta").length).toBeGreaterThan(100);
  });

  it("goes on after the last event that arrived, without a gap and with nothing twice, live and from the log", async () => {
    const runId = await start("fake-0-5-200");
    const first = await watch(runId, undefined, ({ type }) => type !== "node-delta");
    const live = await watch(runId, first.at(-1)?.id);
    expect([...seqs(first), ...seqs(live)]).toEqual(range(0, first.length + live.length));
    await liveRunsOf(database).get(runId)?.finished;
    const stored = await watch(runId, first.at(-1)?.id);
    expect(stored).toEqual(live);
  });

  it("can be done by several, who see the same", async () => {
    const runId = await start("fake-0-0-3000");
    const [one, two] = await Promise.all([watch(runId), watch(runId)]);
    expect(one).toEqual(two);
  });

  it("never shows what is not stored", async () => {
    const runId = await start("fake-0-5-200");
    let shown = 0;
    await watch(runId, undefined, ({ seq }) => {
      shown = seq;
      return seq < 40;
    });
    const log = await readRunLog(database, runId);
    expect(log.at(-1)?.seq).toBeGreaterThanOrEqual(shown);
    await workspace.api.run.cancel({ id: runId });
  });

  it("ends for a reader who leaves, and the run goes on", async () => {
    const runId = await start("fake-0-5-200");
    const gone = new AbortController();
    for await (const event of followRun(database, runId, -1, gone.signal))
      if (event.type === "node-delta") gone.abort();
    expect(await watch(runId).then((seen) => seen.at(-1)?.event)).toMatchObject({ outcome: "success" });
  });

  it("begins at the top for an id that is none", async () => {
    const runId = await start("echo");
    expect(seqs(await watch(runId, "nonsense"))[0]).toBe(0);
  });
});

describe("a run that has ended", () => {
  it("is kept with what it cost, and can be read whole", async () => {
    const runId = await start("echo", "Hello there");
    const seen = await watch(runId);
    await liveRunsOf(database).get(runId)?.finished;
    const { summary, document, events } = await workspace.api.run.get({ id: runId });
    expect(events).toEqual(seen.map(({ event }) => event));
    expect(document).toEqual(chatDocument("echo"));
    expect(summary).toMatchObject({
      id: runId,
      status: "success",
      trigger: "editor",
      revisionNumber: 1,
      errorCode: null,
    });
    expect(summary.outputTokens).toBeGreaterThan(0);
    expect(summary.costMicroUsd).toBe(summary.inputTokens * 1 + summary.outputTokens * 2);
    expect(summary.durationMs).toBe((summary.endedAt?.getTime() ?? 0) - summary.startedAt.getTime());
    expect(events.at(-1)).toMatchObject({ outputs: { answer: "Result: Answer: Hello there" } });
  });

  it("says why it failed", async () => {
    const runId = await start("error-401");
    await watch(runId);
    await liveRunsOf(database).get(runId)?.finished;
    const { summary } = await workspace.api.run.get({ id: runId });
    expect(summary).toMatchObject({ status: "failure", errorCode: "model-unauthorized", costMicroUsd: 0 });
  });

  it("keeps texts that a database cannot: NUL and half of a surrogate pair", async () => {
    const odd = "a\u0000b\ud800c";
    const runId = await start("echo", odd);
    await watch(runId);
    const log = await readRunLog(database, runId);
    expect(log[0]).toMatchObject({ inputs: { q: odd } });
  });

  it("is listed latest first, by pipeline and by status, page by page", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const ids: string[] = [];
    for (let count = 0; count < 3; count++) {
      const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs: { q: `${count}` } });
      await liveRunsOf(database).get(runId)?.finished;
      ids.unshift(runId);
    }
    const first = await workspace.api.run.list({ pipelineId, limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.items[0]?.pipeline).toEqual({ id: pipelineId, name: "With echo" });
    const second = await workspace.api.run.list({ pipelineId, limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ id: ids[2] }], nextCursor: null });
    expect((await workspace.api.run.list({ pipelineId, status: "failure" })).items).toEqual([]);
  });

  it("is found by what it was asked and answered, by source, rating, deployment and day", async () => {
    const pipelineId = await workspace.pipeline("echo");
    const ask = async (q: string) => {
      const { runId } = await workspace.api.run.start({ pipelineId, revision: 1, inputs: { q } });
      await liveRunsOf(database).get(runId)?.finished;
      return runId;
    };
    const [discount, other] = [await ask("A discount of 50 % on\nblue_shoes"), await ask("blueXshoes")];
    await workspace.api.run.rate({ id: discount, rating: "good", correction: "" });
    const found = async (narrowing: object) =>
      (await workspace.api.run.list({ pipelineId, ...narrowing })).items.map(({ id }) => id);
    const [item] = (await workspace.api.run.list({ pipelineId, query: "50 %" })).items;
    expect(item).toMatchObject({
      id: discount,
      question: "A discount of 50 % on blue_shoes",
      answer: expect.stringContaining("50 % on blue_shoes"),
      rating: "good",
      deployment: null,
    });
    // What stands for any sign in a pattern is itself.
    expect(await found({ query: "blue_shoes" })).toEqual([discount]);
    expect(await found({ query: "BLUE" })).toEqual([other, discount]);
    expect(await found({ query: other })).toEqual([other]);
    expect(await found({ rating: "good" })).toEqual([discount]);
    expect(await found({ rating: "none" })).toEqual([other]);
    expect(await found({ source: "api" })).toEqual([]);
    expect(await found({ source: "editor", query: "blueX" })).toEqual([other]);
    expect(await found({ deploymentId: "none-of-it" })).toEqual([]);
    expect(await found({ until: new Date(Date.now() - 86_400_000).toISOString() })).toEqual([]);
    expect(await found({ from: new Date(Date.now() - 86_400_000).toISOString() })).toHaveLength(2);
    // The runs of experiments are listed where they are asked for.
    await database.prisma.run.update({ where: { id: other }, data: { trigger: "evaluation" } });
    expect(await found({})).toEqual([discount]);
    expect(await found({ source: "evaluation" })).toEqual([other]);
    expect(await found({ source: "all" })).toEqual([other, discount]);
  });
});

describe("cancelling a run", () => {
  it("ends it, reaches the model server, and stores the end before it answers", async () => {
    const before = server.requests.length;
    const runId = await start("never");
    await server.received(before + 1);
    expect(await workspace.api.run.cancel({ id: runId })).toEqual({ status: "aborted" });
    const log = await readRunLog(database, runId);
    expect(log.at(-1)).toMatchObject({ type: "run-end", outcome: "aborted" });
    expect(log.filter((event) => event.type === "node-end" && event.path[0] === "model")).toMatchObject([
      { reason: "aborted" },
    ]);
  });

  it("changes nothing in one that has ended", async () => {
    const runId = await start("echo");
    await watch(runId);
    await liveRunsOf(database).get(runId)?.finished;
    expect(await workspace.api.run.cancel({ id: runId })).toEqual({ status: "success" });
  });
});

it("a stranger gets nothing of a run, live or stored", async () => {
  const runId = await start("never");
  const stranger = callerOf(database, await addMember(database, "owner"));
  await expect(stranger.run.get({ id: runId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(stranger.run.cancel({ id: runId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const stream = (await stranger.run.events({ runId })) as unknown as AsyncIterable<unknown>;
  await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect((await stranger.run.list({})).items).toEqual([]);
  expect(liveRunsOf(database).get(runId)).toBeDefined();
  await workspace.api.run.cancel({ id: runId });
});

it("one workspace has a bounded number of runs under way", async () => {
  const own = await runWorkspace(database, server.baseUrl, ["never"]);
  const pipelineId = await own.pipeline("never");
  const run = () => own.api.run.start({ pipelineId, revision: 1, inputs: { q: "x" } });
  const started = await Promise.all(Array.from({ length: 50 }, run));
  await expect(run()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS", details: { reason: "limit-reached" } });
  await Promise.all(started.map(({ runId }) => own.api.run.cancel({ id: runId })));
});
