import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { sayAnswers } from "@/runtime/eval/say/say-answers";
import { verifyReport } from "@/runtime/eval/verify/verify-report";
import { buildDocument } from "@/runtime/testing/build-document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { contentStates } from "@/server/domain/answer-cache/content-states";
import { workspaceModels } from "@/server/domain/endpoint/process-state";
import { endpointsChanged } from "@/server/domain/endpoint/workspace-gateway";
import { jobWhen } from "@/server/platform/job/job-fixture";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { type AnswerCell, answerTable } from "./answer-table";
import { type Evaluation, startEvaluation } from "./evaluation-fixture";
import { draftOf, questionDocument } from "./experiment-fixture";
import { verifiablePieces } from "./export-verifiable";
import { storedSpec } from "./ready-experiment";
import { readShared } from "./share-experiment";

let database: Evaluation["database"];
let workspace: Evaluation["workspace"];
let stop: Evaluation["stop"];
let server: FakeOpenAiServer;
beforeAll(async () => {
  server = await startFakeOpenAiServer();
  ({ database, workspace, stop } = await startEvaluation(server.baseUrl, [
    "echo",
    "tools",
    "never",
    "error-401",
    "schema",
    "busy-3-150",
    "busy-1-7200000",
  ]));
});
afterAll(async () => {
  await stop();
  await server.close();
});

const begin = async (draft: ReturnType<typeof draftOf>) => {
  const { id } = await workspace.api.experiment.start({ name: "Words", draft });
  const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  return { id, jobId: jobId ?? "" };
};
const run = async (draft: ReturnType<typeof draftOf>) => {
  const { id, jobId } = await begin(draft);
  const job = await jobWhen(database, jobId);
  return { id, job, view: await workspace.api.experiment.get({ id }) };
};

describe("an experiment", () => {
  it("runs every variant on every row, and its numbers open the run that gave them", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(60)];
    const { id, job, view } = await run(draftOf({ pipelineId, datasetId, repeats: 2 }));
    expect(job).toMatchObject({ status: "success", errorMessage: null });
    expect(view).toMatchObject({ status: "success", cellsDone: 240, cellsTotal: 240, tags: ["other", "third"] });
    expect(view.verdict).toMatchObject({ kind: "worse", variant: 1, rows: 60 });
    expect(view.report?.segments.map(({ name }) => name).sort()).toEqual(["other", "third"]);
    const page = await workspace.api.experiment.rows({ id, filter: "flipped", limit: 50 });
    expect(page.total).toBe(60);
    expect(page.rows).toHaveLength(50);
    const [first] = page.rows;
    expect(first?.cells).toHaveLength(4);
    const cell = first?.cells.find(({ variant }) => variant === 1);
    expect(cell).toMatchObject({
      output: `${first?.inputs.question} please`,
      values: { "same.match": 0 },
      cached: false,
    });
    const opened = await workspace.api.run.get({ id: cell?.runId ?? "" });
    expect(opened.summary).toMatchObject({ trigger: "evaluation", status: "success" });
    expect(opened.events.map(({ seq }) => seq)).toEqual(opened.events.map((_, index) => index));
    expect(opened.events.map(({ type }) => type)).toContain("model-call");
    for (const unknown of [{ metric: "same.nothing" }, { variant: 7 }]) {
      await expect(workspace.api.experiment.rows({ id, ...unknown })).rejects.toThrow(/no such metric or variant/);
    }
    expect((await workspace.api.experiment.rows({ id, filter: "better" })).total).toBe(0);
    expect((await workspace.api.experiment.rows({ id, filter: "worse", tag: "third" })).total).toBe(20);
    const rest = await workspace.api.experiment.rows({ id, filter: "flipped", after: page.next ?? 0 });
    expect(rest.rows).toHaveLength(10);
    expect(rest.next).toBeNull();

    // All of it as a table: what was asked and expected, and every answer with its scores and run.
    const { spec } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
    const lines: (readonly AnswerCell[])[] = [];
    for await (const line of answerTable(database, id, storedSpec(spec), (key) => key.toUpperCase())) lines.push(line);
    expect(lines).toHaveLength(61);
    const behind = [
      "attempts",
      "milliseconds",
      "input tokens",
      "output tokens",
      "cost in micro-USD",
      "taken again",
      "answered in",
      "run",
    ];
    const head = ["status", "answer", "same.match", "time.duration", ...behind];
    expect(lines[0]).toEqual([
      "row",
      "question",
      "expected: wanted",
      "tags",
      "split",
      "group",
      "weight",
      "independent group",
      ...["A #1", "A #2", "B #1", "B #2"].flatMap((title) => head.map((name) => `${title}: ${name}`)),
    ]);
    const last = Object.fromEntries((lines[0] ?? []).map((name, place) => [name, lines[60]?.[place]]));
    const question = last.question;
    expect(last).toMatchObject({
      row: 60,
      "expected: wanted": question,
      weight: 1,
      "independent group": 60,
      "A #1: status": "success",
      "A #1: answer": question,
      "A #1: same.match": 1,
      "A #1: taken again": "false",
      "A #1: answered in": id,
      "B #1: answer": `${question} please`,
    });
    expect(new Set(lines.slice(1).map(([row]) => row)).size).toBe(60);
  });

  it("compares an agent with a fixed pipeline on the same rows, with what each costs and how long it takes", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(12, "For an agent")];
    const { id: fixed } = await workspace.api.pipeline.keep({
      id: pipelineId,
      revision: 1,
      why: "keep",
      note: "Fixed",
    });
    const look = {
      name: "look",
      kind: "code",
      code: "return 'known: ' + inputs.about;",
      parameters: { type: "object", properties: { about: { type: "string" } }, required: ["about"] },
    };
    const wipe = { name: "wipe", class: "irreversible", method: "DELETE", url: "https://shop.example/all" };
    const agent = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "question", maxLength: 200 }] } },
        ask: {
          type: "agent/tools",
          config: { model: "fake/tools", user: "{{question}}", tools: [look, wipe] as never },
        },
        out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
      },
      ["in.question > ask.question", "ask.text > out.answer"],
    );
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 1, document: agent });
    const { id, job, view } = await run(
      draftOf({
        pipelineId,
        datasetId,
        variants: [
          { key: "a", label: "Fixed", revision: { id: fixed }, overrides: [] },
          { key: "b", label: "Agent", revision: "draft", overrides: [] },
        ],
        scorers: [
          { id: "same", type: "text/exact", config: {} },
          { id: "time", type: "run/latency", config: {} },
          { id: "cost", type: "run/cost", config: {} },
        ],
      }),
    );
    expect(job).toMatchObject({ status: "success", errorMessage: null });
    expect(view).toMatchObject({ status: "success", cellsDone: 24, cellsTotal: 24 });
    expect(view.verdict).toMatchObject({ kind: "worse", variant: 1, rows: 12 });
    const { rows } = await workspace.api.experiment.rows({ id, limit: 12 });
    const values = (variant: number) => rows.map(({ cells }) => cells.find((cell) => cell.variant === variant)?.values);
    for (const [fixedValues, agentValues] of values(0).map((value, row) => [value, values(1)[row]])) {
      expect(fixedValues).toMatchObject({ "same.match": 1 });
      expect(agentValues).toMatchObject({ "same.match": 0 });
      expect(fixedValues?.["time.duration"]).toBeGreaterThan(0);
      expect(agentValues?.["time.duration"]).toBeGreaterThan(0);
      // Two turns cost more than one reply.
      expect(agentValues?.["cost.cost"]).toBeGreaterThan(fixedValues?.["cost.cost"] ?? Number.POSITIVE_INFINITY);
    }
    const cell = rows[0]?.cells.find(({ variant }) => variant === 1);
    expect(cell?.output).toBe("The tools gave: known: text");
    const { events } = await workspace.api.run.get({ id: cell?.runId ?? "" });
    expect(events.filter(({ type }) => type === "model-call")).toHaveLength(2);
    expect(events.filter(({ type }) => type === "tool-result")).toHaveLength(1);
  });

  it("opens the rows behind a cell of the confusion of labels", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(3, "Labels")];
    const scorers = [{ id: "label", type: "label/accuracy", config: {} }];
    const { id, view } = await run(draftOf({ pipelineId, datasetId, scorers, primary: "label.accuracy" }));
    const rows = async (variant: number, actual: string, predicted: string, scorer = "label") =>
      (await workspace.api.experiment.rows({ id, labels: { scorer, variant, actual, predicted } })).rows;
    const [found, ...others] = await rows(1, "question 1", "question 1 please");
    expect(found?.inputs).toEqual({ question: "question 1" });
    expect(others).toEqual([]);
    // Every cell of the matrix has as many rows as it says.
    const matrix = view.report?.confusion.find(({ variant }) => variant === 1);
    for (const [line, actual] of (matrix?.labels ?? []).entries())
      for (const [place, predicted] of (matrix?.labels ?? []).entries())
        expect(await rows(1, actual, predicted)).toHaveLength(matrix?.counts[line]?.[place] ?? -1);
    expect(await rows(0, "question 1", "question 1 please")).toEqual([]);
    expect(await rows(1, "question 1", "question 1 please", "other")).toEqual([]);
    expect(await rows(1, "%", "_")).toEqual([]);
  });

  it("waits for a model that is busy as long as it asks, and says so", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("busy-3-150"), await workspace.dataset(6, "Busy")];
    const { job, view } = await run(draftOf({ pipelineId, datasetId }));
    expect(job).toMatchObject({ status: "success", errorMessage: null, waitingFor: null });
    expect(view.report?.variants.map(({ failures, unanswered }) => [failures, unanswered])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it("counts no answer that could not be had, says how many, and asks for these alone when it goes on", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("busy-1-7200000"), await workspace.dataset(10, "Away")];
    const before = server.requests.length;
    const { id, job, view } = await run(
      draftOf({ pipelineId, datasetId, concurrency: 1, scorers: [{ id: "same", type: "text/exact", config: {} }] }),
    );
    expect(job).toMatchObject({ status: "failure", errorCode: "models-away" });
    expect(view.report?.verdict.cautions).toContain("unanswered");
    const missing = view.report?.variants.reduce((sum, { unanswered = 0 }) => sum + unanswered, 0);
    expect(missing).toBe(6);
    expect(view.report?.variants.every(({ failures }) => failures === 0)).toBe(true);
    const [first] = (await workspace.api.experiment.rows({ id })).rows;
    expect(first?.cells[0]).toMatchObject({ status: "unanswered", errorMessage: expect.stringContaining("at most") });
    // The server is back: what is known of it is forgotten, as in a new process.
    workspaceModels(workspace.owner.workspaceId).state.retain(new Set(), new Set());
    endpointsChanged(workspace.owner.workspaceId);
    await workspace.api.experiment.resume({ id });
    const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
    expect(await jobWhen(database, jobId ?? "")).toMatchObject({ status: "success" });
    const after = await workspace.api.experiment.get({ id });
    expect(after).toMatchObject({ cellsDone: 20, cellsTotal: 20 });
    expect(after.report?.variants.map(({ cells, unanswered }) => [cells, unanswered])).toEqual([
      [10, 0],
      [10, 0],
    ]);
    expect(server.requests.length - before).toBe(1 + 20);
    // What could not be had was an attempt too, and stays said.
    expect(after.report?.variants.reduce((sum, { cells, attempts = cells }) => sum + attempts, 0)).toBe(20 + 6);
    const said = after.report === null ? [] : sayAnswers(after.report, "en");
    expect(said.find(({ key }) => key === "left-out")?.lines.join(" ")).toMatch(/13 attempts at 10 answers: 3 failed/);
    const exported = await verifiablePieces(database, workspace.owner.workspaceId, { id, name: "Away" });
    const text = [...(exported ?? [])].join("");
    expect(verifyReport(text)).toMatchObject({ ok: true });
    const fewer = text.replace('"attempts":2', '"attempts":1');
    expect(verifyReport(fewer).problems.join()).toMatch(/task[.]cells.*variants\[[01]\][.]attempts/s);
  });

  it("counts each attempt at an answer, where its steps are tried again", async () => {
    const document = questionDocument("echo");
    const nodes = document.nodes.map((node) =>
      node.id === "ask"
        ? {
            ...node,
            config: { ...node.config, schema: { type: "object", properties: { a: { type: "string" } } } },
            policy: { retries: 2, retryDelayMs: 0, onError: "stop" as const },
          }
        : node,
    );
    const { id: pipelineId } = await workspace.api.pipeline.create({ name: "Again", document: { ...document, nodes } });
    const datasetId = await workspace.dataset(2, "Again");
    const draft = draftOf({ pipelineId, datasetId });
    const { id, view } = await run(draft);
    const cells = await database.prisma.experimentCell.findMany({ where: { experimentId: id } });
    expect(cells.map(({ status, attempts }) => [status, attempts])).toEqual(cells.map(() => ["failure", 3]));
    expect(view.report?.variants.map((variant) => variant.attempts)).toEqual([6, 6]);
    // Taken again they are as many as they were.
    const again = await run(draft);
    expect(again.view.report?.variants).toMatchObject([
      { cached: 2, attempts: 6, failures: 2 },
      { cached: 2, attempts: 6, failures: 2 },
    ]);
  });

  it("takes answers of an earlier one where revision, inputs and repeat are the same, and forecasts that", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(12, "Cached")];
    await run(draftOf({ pipelineId, datasetId }));
    const calls = server.requests.length;
    const forecast = await workspace.api.experiment.forecast({ draft: draftOf({ pipelineId, datasetId, repeats: 2 }) });
    expect(forecast).toMatchObject({ rows: 12, cells: 48, cachedCells: 24, basedOn: "runs", modelCalls: 24 });
    const { view } = await run(
      draftOf({ pipelineId, datasetId, scorers: [{ id: "same", type: "text/normalised", config: {} }] }),
    );
    expect(server.requests.length).toBe(calls);
    expect(view.report?.variants.map(({ cached }) => cached)).toEqual([12, 12]);
    const without = await run(draftOf({ pipelineId, datasetId, useCache: false }));
    expect(without.view.report?.variants.map(({ cached }) => cached)).toEqual([0, 0]);
  });

  it("asks again where a knowledge base was indexed anew, or a document came into it", async () => {
    const { workspaceId } = workspace.owner;
    const base = await database.prisma.knowledgeBase.create({ data: { workspaceId, name: "Manual" } });
    const document = questionDocument("echo");
    const search = { knowledgeBase: base.id, way: "text" };
    const { id: pipelineId } = await workspace.api.pipeline.create({
      name: "With a search",
      document: {
        ...document,
        nodes: [
          ...document.nodes,
          { id: "find", type: "retrieval/search", typeVersion: 1, config: search, disabled: false },
        ],
        edges: [
          ...document.edges,
          { id: "c", from: { node: "in", port: "question" }, to: { node: "find", port: "query" } },
        ],
      },
    });
    const draft = draftOf({ pipelineId, datasetId: await workspace.dataset(5, "Searched") });
    const { view } = await run(draft);
    expect(view.cellsDone).toBe(10);
    const cached = async () => (await workspace.api.experiment.forecast({ draft })).cachedCells;
    expect(await cached()).toBe(10);
    await database.prisma.knowledgeBase.update({ where: { id: base.id }, data: { name: "Renamed" } });
    expect(await cached()).toBe(10);
    await database.prisma.knowledgeBase.update({ where: { id: base.id }, data: { generation: 1 } });
    expect(await cached()).toBe(0);
    const calls = server.requests.length;
    await run(draft);
    expect(server.requests.length).toBe(calls + 10);
    expect(await cached()).toBe(10);
    await database.prisma.knowledgeDocument.create({
      data: {
        workspaceId,
        knowledgeBaseId: base.id,
        name: "Page",
        mediaType: "text/plain",
        contentHash: "a",
        size: 1,
        status: "indexed",
      },
    });
    expect(await cached()).toBe(0);
  });

  it("asks again where another version of a trained model came into its stage", async () => {
    const { workspaceId } = workspace.owner;
    const model = await database.prisma.tunedModel.create({
      data: { workspaceId, name: "Tone", slug: "tone", task: "chat" },
    });
    const version = (number: number, stage: "production" | "draft") =>
      database.prisma.tunedModelVersion.create({
        data: { workspaceId, tunedModelId: model.id, number, stage, base: "fake/echo", method: "lora" },
      });
    await version(1, "production");
    const document = { ...questionDocument("echo"), edges: [] };
    const config = { model: "tone@production" };
    const revision = await database.prisma.revision.create({
      data: {
        workspaceId,
        pipelineId: await workspace.pipeline("echo"),
        number: 1_000,
        graphHash: "tone",
        document: {
          ...document,
          nodes: [{ id: "tone", type: "fine-tuned/chat", typeVersion: 1, config, disabled: false }],
        } as never,
      },
    });
    const state = async () => (await contentStates(database, workspaceId, [revision.id])).get(revision.id);
    const before = await state();
    await version(2, "draft");
    expect(await state()).toBe(before);
    await version(3, "production");
    expect(await state()).not.toBe(before);
  });

  it("ends early with the reason where every answer fails, and goes on when that is mended", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("error-401"), await workspace.dataset(100, "Failing")];
    const { job, view } = await run(draftOf({ pipelineId, datasetId }));
    expect(job).toMatchObject({ status: "failure", errorCode: "experiment-failing" });
    expect(view.cellsDone).toBeGreaterThanOrEqual(12);
    expect(view.cellsDone).toBeLessThan(60);
    expect(view.report?.verdict.cautions).toContain("failures");
  });

  it("stops before the budget is passed, and resumes with a larger one", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(40, "Budget")];
    const first = await run(draftOf({ pipelineId, datasetId, concurrency: 1, budgetMicroUsd: 100 }));
    expect(first.job).toMatchObject({ status: "failure", errorCode: "budget-reached" });
    const row = await database.prisma.experiment.findUniqueOrThrow({ where: { id: first.id } });
    expect(Number(row.spentMicroUsd)).toBeLessThanOrEqual(100);
    expect(row.cellsDone).toBeGreaterThan(0);
    expect(row.cellsDone).toBeLessThan(80);
    await workspace.api.experiment.resume({ id: first.id, budgetMicroUsd: null });
    const resumed = await database.prisma.experiment.findUniqueOrThrow({ where: { id: first.id } });
    expect(await jobWhen(database, resumed.jobId ?? "")).toMatchObject({ status: "success" });
    expect(await database.prisma.experimentCell.count({ where: { experimentId: first.id } })).toBe(80);
    expect(await workspace.api.experiment.get({ id: first.id })).toMatchObject({ cellsDone: 80, status: "success" });
  });

  it("spends a budget to the last answer that fits where many go at once, and ends well where it is enough", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(40, "Just enough")];
    const spentBy = async (given: object) => {
      const { id, job } = await run(draftOf({ pipelineId, datasetId, concurrency: 16, useCache: false, ...given }));
      const { cellsDone, spentMicroUsd } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
      return { status: job.status, code: job.errorCode, cellsDone, spent: Number(spentMicroUsd) };
    };
    const whole = await spentBy({});
    expect(whole.spent).toBeGreaterThan(0);
    // Room for one answer more, because the last is taken to be as dear as the dearest.
    const enough = Math.ceil(whole.spent * 1.05);
    expect(await spentBy({ budgetMicroUsd: enough })).toEqual({ ...whole, status: "success" });
    const half = Math.floor(whole.spent / 2);
    const stopped = await spentBy({ budgetMicroUsd: half });
    expect(stopped).toMatchObject({ status: "failure", code: "budget-reached" });
    expect(stopped.spent).toBeLessThanOrEqual(half);
    // An answer takes an eightieth of the whole, more or less.
    expect(stopped.spent).toBeGreaterThan(half * 0.9);
  });

  it("is cancelled under way with what is there kept", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("never"), await workspace.dataset(10, "Cancelled")];
    const { id, jobId } = await begin(draftOf({ pipelineId, datasetId }));
    await jobWhen(database, jobId, ({ status }) => status === "running");
    await workspace.api.job.cancel({ id: jobId });
    expect(await jobWhen(database, jobId)).toMatchObject({ status: "cancelled" });
    expect(await workspace.api.experiment.get({ id })).toMatchObject({ status: "cancelled", cellsDone: 0 });
  });

  it("refuses a draft that cannot run, and says at which field", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(3, "Refused")];
    const refused = async (given: object) =>
      workspace.api.experiment.start({ name: "No", draft: draftOf({ pipelineId, datasetId, ...given }) }).then(
        () => [],
        (error) => Object.keys(error.details?.fields ?? {}),
      );
    expect(await refused({ variants: [{ key: "a", label: "Live", revision: "live", overrides: [] }] })).toEqual([
      "variants.0",
    ]);
    expect(await refused({ inputs: { question: "nothing" } })).toEqual(["inputs.question"]);
    expect(await refused({ rows: { splits: ["test"], tags: [], most: null } })).toEqual(["rows"]);
    expect(await refused({ scorers: [{ id: "same", type: "text/never", config: {} }] })).toEqual(["scorers.0.type"]);
    expect(await refused({ primary: "same.nothing" })).toEqual(["primary"]);
    expect(evalLimits.cells).toBeLessThan(evalLimits.rows * evalLimits.variants * evalLimits.repeats);
  });
});

describe("a judge", () => {
  it("that does not answer gives no score, and says why as a code and as a sentence", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(2, "Unjudged")];
    const judge = { id: "judge", type: "judge/rubric", config: { model: "fake/error-401" } };
    const scorers = [{ id: "same", type: "text/exact", config: {} }, judge];
    const { id } = await run(draftOf({ pipelineId, datasetId, scorers }));
    const cell = await workspace.api.experiment.cell({ id, row: 0, variant: 0, repeat: 0 });
    expect(cell.values).toEqual({ "same.match": 1 });
    expect(cell.scoreErrorCodes).toEqual({ judge: "model-unauthorized" });
    expect(cell.scoreErrors).toEqual({ judge: expect.stringMatching(/\w+ \w+.*\./) });
  });

  it("counts only after people have labelled enough answers and somebody has accepted it", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(12, "Judged")];
    const judge = { id: "judge", type: "judge/rubric", config: { model: "fake/schema" } };
    const { id, view } = await run(draftOf({ pipelineId, datasetId, scorers: [judge], primary: "judge.grade" }));
    expect(view.judges.judge).toEqual({ accepted: false, labelled: 0 });
    expect(view.report?.metrics[0]).toMatchObject({ counts: false });
    expect(view.verdict?.cautions).toContain("judge-not-accepted");
    await expect(workspace.api.experiment.acceptJudge({ id, scorerId: "judge", accepted: true })).rejects.toThrow(
      /it takes 20/,
    );
    const { workspaceId, userId } = workspace.owner;
    await database.prisma.reviewAnswer.createMany({
      data: Array.from({ length: 24 }, (_, index) => ({
        workspaceId,
        experimentId: id,
        scorerId: "judge",
        row: Math.floor(index / 2),
        repeat: 0,
        variant: index % 2,
        reviewer: `user:${userId}`,
        value: index % 4 === 0 ? 1 : 0,
      })),
    });
    const { judge: agreement } = await workspace.api.experiment.agreements({ id });
    expect(agreement).toMatchObject({ labelled: 24, same: 0.75, least: 20, accepted: false, acceptable: false });
    // People say that it is no better than chance: enough labels, and yet it does not count.
    await expect(workspace.api.experiment.acceptJudge({ id, scorerId: "judge", accepted: true })).rejects.toThrow(
      /do not surely agree/,
    );
  });

  it("that judges its own model is told of, also where a container asks it", async () => {
    const { document } = await workspace.api.pipeline.get({ id: await workspace.pipeline("schema") });
    const inside = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "question", maxLength: 200 }] } },
        group: { type: "flow/sub-pipeline", body: document },
        out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
      },
      ["in.question > group.question", "group.answer > out.answer"],
    );
    const pipelineId = (await workspace.api.pipeline.create({ name: "Inside", document: inside })).id;
    const datasetId = await workspace.dataset(8, "Own");
    const judge = { id: "judge", type: "judge/rubric", config: { model: "fake/schema" } };
    const variants = ["a", "b"].map((key) => ({
      key,
      label: key.toUpperCase(),
      revision: "draft" as const,
      overrides: [],
    }));
    const { id } = await run(draftOf({ pipelineId, datasetId, variants, scorers: [judge], primary: "judge.grade" }));
    const { workspaceId, userId } = workspace.owner;
    await database.prisma.reviewAnswer.createMany({
      data: Array.from({ length: 16 }, (_, index) => ({
        workspaceId,
        experimentId: id,
        scorerId: "judge",
        row: Math.floor(index / 2),
        repeat: 0,
        variant: index % 2,
        reviewer: `user:${userId}`,
        value: index % 4 === 0 ? 1 : 0,
      })),
    });
    const { judge: agreement } = await workspace.api.experiment.agreements({ id });
    expect(agreement?.leans.variants.map(({ self }) => self)).toEqual([true, true]);
  });

  it("that people agree with counts, corrected by their labels, until later labels contradict it", async () => {
    const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(12, "Agreed")];
    const judge = { id: "judge", type: "judge/rubric", config: { model: "fake/schema" } };
    const { id } = await run(draftOf({ pipelineId, datasetId, scorers: [judge], primary: "judge.grade" }));
    const { workspaceId, userId } = workspace.owner;
    const cells = await database.prisma.experimentCell.findMany({ where: { experimentId: id } });
    const grade = (place: number) => (place % 2 === 0 ? 1 : 0);
    for (const [place, { row, variant, repeat }] of cells.entries())
      await database.prisma.experimentCell.update({
        where: { experimentId_row_variant_repeat: { experimentId: id, row, variant, repeat } },
        data: { scores: JSON.stringify({ judge: { values: { grade: grade(place) } } }) },
      });
    const label = (place: number) => (place % 12 === 0 ? 0.75 : grade(place));
    await database.prisma.reviewAnswer.createMany({
      data: cells.map(({ row, variant }, place) => ({
        workspaceId,
        experimentId: id,
        scorerId: "judge",
        row,
        repeat: 0,
        variant,
        reviewer: `user:${userId}`,
        value: label(place),
      })),
    });
    const { judge: agreement } = await workspace.api.experiment.agreements({ id });
    expect(agreement).toMatchObject({ labelled: 24, acceptable: true });
    expect(agreement?.leans.variants).toHaveLength(2);
    await workspace.api.experiment.acceptJudge({ id, scorerId: "judge", accepted: true });
    const after = await workspace.api.experiment.get({ id });
    expect(after.report?.metrics[0]).toMatchObject({ counts: true });
    expect(after.report?.metrics[0]?.comparisons[0]).toMatchObject({
      corrected: { labels: 24 },
      difference: { method: "prediction-powered" },
    });
    expect(after.verdict?.cautions).toContain("judge-corrected");
    // What is exported holds all that the report was made of.
    const pieces = await verifiablePieces(database, workspaceId, { id, name: "Agreed" });
    expect(verifyReport([...(pieces ?? [])].join(""))).toMatchObject({ ok: true, problems: [], experiment: "Agreed" });
    await database.prisma.reviewAnswer.updateMany({ where: { experimentId: id, variant: 1 }, data: { value: 0.5 } });
    await database.prisma.reviewAnswer.updateMany({ where: { experimentId: id, variant: 0 }, data: { value: 0.25 } });
    expect((await workspace.api.experiment.agreements({ id })).judge).toMatchObject({ accepted: false });
    await workspace.api.experiment.acceptJudge({ id, scorerId: "judge", accepted: false });
    expect((await workspace.api.experiment.get({ id })).report?.metrics[0]).toMatchObject({ counts: false });
  });
});

it("is read by the link of its report while it is shared, and by nobody else", async () => {
  const [pipelineId, datasetId] = [await workspace.pipeline("echo"), await workspace.dataset(5, "Shared")];
  const { id } = await run(draftOf({ pipelineId, datasetId }));
  const { path: link } = await workspace.api.experiment.share({ id, shared: true });
  const token = link?.split("/").at(-1) ?? "";
  const read = await readShared(database, token);
  expect(read).toMatchObject({ name: "Words", dataset: "Shared · v1" });
  expect(JSON.stringify(read)).not.toContain(id);
  expect(await readShared(database, `${token.slice(0, -1)}${token.endsWith("_") ? "-" : "_"}`)).toBeNull();
  await workspace.api.experiment.share({ id, shared: false });
  expect(await readShared(database, token)).toBeNull();
  const stranger = callerOf(database, await addMember(database, "owner"));
  await expect(stranger.experiment.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await workspace.api.experiment.remove({ id });
  await expect(workspace.api.experiment.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
