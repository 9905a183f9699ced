import { z } from "zod";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { endsOfRun } from "@/server/domain/training-set/rows-of-runs";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import type { Member } from "@/server/platform/guard/member";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { changeDataset } from "./change-dataset";
import { makeDataset } from "./create-dataset";
import { createInput } from "./dataset.types";
import { findDataset } from "./find-dataset";
import { insertInto } from "./insert-rows";
import { type NewRow, rowFields } from "./new-row";
import { columnsOf } from "./row-of";

const mostRuns = 200;

/** The dataset that takes them, or the name of a new one with the pipeline's inputs and outputs as columns. */
const into = z.union([z.strictObject({ datasetId: identifier }), z.strictObject({ name: createInput.shape.name })]);

const input = z
  .strictObject({
    runIds: z.array(identifier).min(1).max(mostRuns),
    into,
    /** Take what each run answered as what is expected: for runs that somebody has looked at and found right. */
    expectAnswers: z.boolean().default(false),
    /** Of a single run: what it should have answered, by output. It goes before what the run answered and what people said of it. */
    expected: rowFields.expected.optional(),
  })
  .refine(
    ({ runIds, expected }) => expected === undefined || runIds.length === 1,
    "What is expected is written for one run.",
  );

const kinds: Readonly<Record<string, DatasetColumn["kind"]>> = { number: "number", boolean: "boolean", json: "json" };

interface Taken {
  readonly database: Database;
  readonly workspaceId: string;
  readonly member: Member;
  readonly runIds: readonly string[];
  readonly into: z.infer<typeof into>;
  readonly expectAnswers: boolean;
  readonly expected?: NewRow["expected"];
}

/**
 * Makes cases of runs: what they were given and, where asked for, what they answered. Runs that failed count for what they were given. Of a run that a person has
 * rated the rating decides: an answer that is good is expected, a correction is expected in place of the answer, and the rating becomes a tag.
 */
const takeRuns = async ({ database, workspaceId, member, runIds, into, expectAnswers, expected: written }: Taken) => {
  const runs = await database.prisma.run.findMany({
    where: { id: { in: [...runIds] }, workspaceId },
    select: { id: true, revisionId: true, feedback: { select: { rating: true, correction: true } } },
  });
  const [first] = runs;
  if (first === undefined) throw notFound("run");
  const compiled = await planOfRevision(database, first.revisionId);
  const proposed: DatasetColumn[] = compiled.ok
    ? [
        ...compiled.value.inputFields.map(({ name, kind }) => ({
          name,
          role: "input" as const,
          kind: kinds[kind] ?? "text",
        })),
        ...compiled.value.outputs
          .filter(({ name }) => !compiled.value.inputFields.some((field) => field.name === name))
          .map(({ name }) => ({ name, role: "expected" as const, kind: "text" as const })),
      ]
    : [];
  const existing = "datasetId" in into ? await findDataset(database, workspaceId, into.datasetId) : null;
  const columns = existing === null ? proposed : columnsOf(existing);
  const expected = columns.filter(({ role }) => role === "expected");
  const rows: NewRow[] = [];
  for (const { id, feedback } of runs) {
    const ends = await endsOfRun(database, id, { failedToo: true });
    if (ends === null) continue;
    if (!ends.isOwn && expectAnswers && written === undefined && runs.length === 1) {
      throw new ApplicationError("BAD_REQUEST", "This answer stands on results of another run, or on pins.", {
        reason: "rows-refused",
        hint: "Run the whole pipeline, or write what is expected.",
      });
    }
    const told = written ?? ends.outputs;
    const outputs = Object.entries(told);
    const [only] = outputs;
    const right = written !== undefined || (feedback === null ? expectAnswers : feedback.rating === "good");
    const answers =
      right && outputs.length === 1 && expected.length === 1 && only !== undefined
        ? { [expected[0]?.name ?? ""]: only[1] }
        : told;
    rows.push({
      inputs: ends.inputs as NonNullable<NewRow["inputs"]>,
      ...(right && { expected: answers as NonNullable<NewRow["expected"]> }),
      ...(feedback !== null &&
        written === undefined &&
        feedback.correction !== "" && { expected: { [expected[0]?.name ?? ""]: feedback.correction } }),
      ...(feedback !== null && { tags: [feedback.rating] }),
      source: feedback === null ? "run" : "feedback",
      runId: id,
    });
  }
  const known = new Set(columns.flatMap(({ name, role }) => (role === "input" ? [name] : [])));
  const fitting = rows.filter(({ inputs = {} }) => Object.keys(inputs).some((name) => known.has(name)));
  if (fitting.length === 0) {
    throw new ApplicationError("BAD_REQUEST", "None of these runs has an input that is a column of the dataset.", {
      reason: "rows-refused",
      hint: "Choose another dataset, or make a new one.",
    });
  }
  const id =
    existing?.id ?? (await makeDataset(database, workspaceId, { name: (into as { name: string }).name, columns })).id;
  await changeDataset(database, workspaceId, id, (prisma, dataset) => insertInto(prisma, dataset, fitting));
  await recordAudit(database, {
    member,
    action: "dataset.add-runs",
    subject: `dataset:${id}`,
    data: { rows: fitting.length },
  });
  return { id, rows: fitting.length };
};

export const addRuns = editorProcedure
  .input(input)
  .mutation(({ ctx: { database, workspaceId, member }, input: asked }) =>
    takeRuns({ database, workspaceId, member, ...asked, ...(asked.expected && { expected: asked.expected }) }),
  );

/** Makes cases of the runs of a pipeline that people have rated, the latest first, as many as one call takes; those that the dataset has already are left out. */
export const addFeedback = editorProcedure
  .input(z.strictObject({ pipelineId: identifier, into }))
  .mutation(async ({ ctx: { database, workspaceId, member }, input: asked }) => {
    const { pipelineId } = asked;
    const pipeline = await database.prisma.pipeline.findFirst({
      where: { id: pipelineId, workspaceId, deletedAt: null },
      select: { id: true },
    });
    if (pipeline === null) throw notFound("pipeline");
    if ("datasetId" in asked.into) await findDataset(database, workspaceId, asked.into.datasetId);
    const held =
      "datasetId" in asked.into
        ? await database.prisma.datasetRow.findMany({
            where: { workspaceId, datasetId: asked.into.datasetId, runId: { not: null } },
            select: { runId: true },
          })
        : [];
    const there = new Set(held.map(({ runId }) => runId));
    const rated = await database.prisma.runFeedback.findMany({
      where: { workspaceId, run: { pipelineId } },
      orderBy: { updatedAt: "desc" },
      select: { runId: true },
    });
    const runIds = rated.map(({ runId }) => runId).filter((runId) => !there.has(runId));
    if (runIds.length === 0) {
      throw new ApplicationError(
        "BAD_REQUEST",
        "No run of this pipeline has a rating that the dataset does not have yet.",
        {
          reason: "rows-refused",
          hint: "Rate answers on the pages of runs.",
        },
      );
    }
    return takeRuns({
      database,
      workspaceId,
      member,
      runIds: runIds.slice(0, mostRuns),
      into: asked.into,
      expectAnswers: false,
    });
  });
