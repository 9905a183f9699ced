import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readWorkbook } from "@/runtime/table/workbook/read-workbook";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { evaluationWorkspace } from "@/server/domain/experiment/experiment-fixture";
import { workbookOf } from "@/server/domain/experiment/workbook/answer-workbook";
import type { Database } from "@/server/platform/db/database";
import { jobWhen, startTestWorker } from "@/server/platform/job/job-fixture";
import { openTestDatabase } from "@/server/testing/test-database";
import { findSheet, partsOf } from "./find-sheet";
import { sheetJob } from "./sheet-job";
import { sheetTable } from "./sheet-table";
import { sheetWords } from "./sheet-words";

const model = "fake-1-0-3";
/** Slow enough to be stopped in the middle of a sheet. */
const slowModel = "fake-100-0-3";
let database: Database;
let server: FakeOpenAiServer;
let workspace: Awaited<ReturnType<typeof evaluationWorkspace>>;
let pipelineId: string;
let queue: Awaited<ReturnType<typeof startTestWorker>>;

beforeAll(async () => {
  database = await openTestDatabase();
  server = await startFakeOpenAiServer();
  queue = await startTestWorker(database, [sheetJob as never]);
});
afterAll(async () => {
  await queue.stop();
  await Promise.all([database.close(), server.close()]);
});
beforeEach(async () => {
  await database.prisma.workspace.deleteMany();
  workspace = await evaluationWorkspace(database, server.baseUrl, [model, slowModel]);
  pipelineId = await workspace.pipeline(model);
});

const text = (...lines: string[]) => ({ kind: "text" as const, text: lines.join("\n") });
const start = (lines: string[], more: object = {}) =>
  workspace.api.sheet.start({
    pipelineId,
    revision: 1,
    name: "Questions",
    source: text(...lines),
    mapping: { question: 1 },
    ...more,
  });
const ended = async (id: string) => {
  const { jobId } = await database.prisma.sheet.findUniqueOrThrow({ where: { id } });
  return jobWhen(database, jobId ?? "");
};
const linesOf = async (id: string, locale: "en" | "zh" = "en") => {
  const sheet = await findSheet(database, workspace.owner.workspaceId, id);
  const lines = [];
  const { outputs } = sheet;
  const words = await sheetWords(locale);
  for await (const line of sheetTable(database, { id, outputs, columns: partsOf(sheet).columns }, words))
    lines.push(line);
  return lines;
};

describe("a sheet of answers", () => {
  it("gives back every row in its order with its answer, how it ended and its run; numbers as numbers, digits as they were", async () => {
    const { id } = await start([
      "no,question,phone",
      "1,how much is 1.10?,00491701234",
      "2,=cmd|' /C calc'!A0,+49 30 1",
    ]);
    expect(await ended(id)).toMatchObject({ status: "success" });
    const [header, first, second] = await linesOf(id);
    expect(header).toEqual(["no", "question", "phone", "answer", "outcome", "error", "run"]);
    expect(first?.slice(0, 3)).toEqual([1, "how much is 1.10?", "00491701234"]);
    expect(first?.[3]).toEqual(expect.any(String));
    expect(first?.[4]).toBe("answered");
    expect(second?.[1]).toBe("=cmd|' /C calc'!A0");
    const runs = await database.prisma.run.findMany({ where: { workspaceId: workspace.owner.workspaceId } });
    expect(runs.map(({ trigger, status }) => [trigger, status])).toEqual([
      ["sheet", "success"],
      ["sheet", "success"],
    ]);
    expect(new Set(runs.map((run) => run.id))).toEqual(new Set([first?.[6], second?.[6]]));
    // Folded in the list of runs, found where they are asked for.
    expect((await workspace.api.run.list({})).items).toEqual([]);
    expect((await workspace.api.run.list({ source: "sheet" })).items).toHaveLength(2);
    const [grid] = await readWorkbook(
      await workbookOf(
        (async function* () {
          yield* await linesOf(id, "zh");
        })(),
      ),
      { rows: 10, columns: 10, cellLength: 10_000 },
      () => {},
    );
    expect(grid?.rows[0]?.cells.slice(0, 6)).toEqual(["no", "question", "phone", "answer", "结果", "错误"]);
  });

  it("names the rows that failed, leaves blank ones alone, and runs the failed ones again", async () => {
    const long = "x".repeat(201);
    const { id } = await start(["no,question", "1,fine", `2,${long}`, "3,", "4,fine too"]);
    await ended(id);
    const view = await workspace.api.sheet.get({ id });
    expect(view).toMatchObject({ rowsDone: 4, counts: { success: 2, failure: 1, blank: 1 }, status: "success" });
    const { items } = await workspace.api.sheet.rows({ id, show: "failed" });
    expect(items).toMatchObject([{ row: 1, outcome: "failure", errorCode: "input-invalid", runId: null }]);
    expect(items[0]?.errorMessage).toContain("201 characters");
    const before = await linesOf(id);
    expect(await workspace.api.sheet.resume({ id, failed: true })).toMatchObject({ rows: 1 });
    await ended(id);
    expect(await linesOf(id)).toEqual(before);
    expect(await workspace.api.sheet.get({ id })).toMatchObject({ rowsDone: 4, counts: { failure: 1 } });
    // Nothing is left that could go on.
    await expect(workspace.api.sheet.resume({ id })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("goes on where it was stopped, and asks for no row twice", async () => {
    const rows = Array.from({ length: 60 }, (_, row) => `${row},question ${row}`);
    const { id } = await start(["no,question", ...rows], { pipelineId: await workspace.pipeline(slowModel) });
    const { jobId } = await database.prisma.sheet.findUniqueOrThrow({ where: { id } });
    await jobWhen(database, jobId ?? "", ({ done }) => done >= 5);
    await workspace.api.job.cancel({ id: jobId ?? "" });
    expect(await ended(id)).toMatchObject({ status: "cancelled" });
    const stopped = await workspace.api.sheet.get({ id });
    expect(stopped.rowsDone).toBeLessThan(60);
    await workspace.api.sheet.resume({ id });
    expect(await ended(id)).toMatchObject({ status: "success" });
    expect(await workspace.api.sheet.get({ id })).toMatchObject({ rowsDone: 60, counts: { success: 60 } });
    expect(await database.prisma.run.count({ where: { trigger: "sheet" } })).toBe(60);
  });

  it("goes on by itself in the next process where the app is stopped under it", async () => {
    const rows = Array.from({ length: 60 }, (_, row) => `${row},question ${row}`);
    const { id } = await start(["no,question", ...rows], { pipelineId: await workspace.pipeline(slowModel) });
    const { jobId } = await database.prisma.sheet.findUniqueOrThrow({ where: { id } });
    await jobWhen(database, jobId ?? "", ({ done }) => done >= 5);
    await queue.stop();
    const { rowsDone } = await workspace.api.sheet.get({ id });
    expect(rowsDone).toBeLessThan(60);
    queue = await startTestWorker(database, [sheetJob as never]);
    expect(await ended(id)).toMatchObject({ status: "success" });
    expect(await workspace.api.sheet.get({ id })).toMatchObject({ rowsDone: 60, counts: { success: 60 } });
    expect(await database.prisma.run.count({ where: { trigger: "sheet" } })).toBe(60);
  });

  it("runs the variant that is open, and says so", async () => {
    const { document } = await workspace.api.pipeline.get({ id: pipelineId });
    const variants = { ask: [{ id: "v2", label: "Politely", config: { user: "please: {{question}}" } }] };
    await workspace.api.pipeline.save({ id: pipelineId, baseRevision: 1, document: { ...document, variants } });
    const { id } = await start(["no,question", "1,why"], { revision: 2, variants: [{ node: "ask", id: "v2" }] });
    await ended(id);
    expect(await workspace.api.sheet.get({ id })).toMatchObject({ variants: ["Politely"] });
    expect(JSON.stringify(server.requests.at(-1))).toContain("please: why");
  });
});

describe("what is refused before anything runs", () => {
  it.each([
    ["a sheet without the column that a required input needs", { mapping: { other: 1 } }, "no input"],
    ["a mapping to a column that is not there", { mapping: { question: 7 } }, "no column 8"],
    ["no mapping at all", { mapping: {} }, "feeds"],
    ["an unknown variant", { variants: [{ node: "ask", id: "none" }] }, "variant"],
    ["what was changed elsewhere", { revision: 9 }, "changed elsewhere"],
  ])("%s", async (_, more, message) => {
    await expect(start(["no,question", "1,why"], more)).rejects.toThrow(message);
    expect(await database.prisma.sheet.count()).toBe(0);
  });

  it("more rows, columns, cells and sheets at once than there is room for", async () => {
    const many = Array.from({ length: 20_001 }, (_, row) => `${row},q`);
    await expect(start(["no,question", ...many])).rejects.toThrow("20001 rows");
    const wide = Array.from({ length: 201 }, (_, column) => `c${column}`).join(",");
    await expect(start([wide, wide])).rejects.toMatchObject({ code: "BAD_REQUEST" });
    const header = Array.from({ length: 150 }, (_, column) => `c${column}`).join(",");
    const cells = Array.from({ length: 2_700 }, () => `1${",2".repeat(149)}`);
    await expect(start([header, ...cells])).rejects.toThrow("405000 cells");
    await database.prisma.job.createMany({
      data: Array.from({ length: 5 }, () => ({
        workspaceId: workspace.owner.workspaceId,
        kind: "sheet/run",
        subject: "sheet",
        input: {},
        status: "running" as const,
      })),
    });
    await expect(start(["no,question", "1,why"])).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect(await database.prisma.sheet.count()).toBe(0);
  });
});

it("shows before the start which column feeds which input, and what all rows would take", async () => {
  const preview = await workspace.api.sheet.preview({
    pipelineId,
    source: text("No;Question", "1;Where is my parcel?", "2;How do I return it?"),
  });
  expect(preview).toMatchObject({
    columns: ["No", "Question"],
    rowCount: 2,
    mapping: { question: 1 },
    unsure: [],
    outputs: ["answer"],
    forecast: { basedOn: 0, seconds: null, costMicroUsd: null },
  });
});
