import { z } from "zod";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { recordAudit } from "@/server/audit/record-audit";
import { ApplicationError, notFound } from "@/server/guard/application-error";
import { identifier } from "@/server/guard/identifier";
import { planOfRevision } from "@/server/run/plan-of-revision";
import { endsOfRun } from "@/server/training-set/rows-of-runs";
import { editorProcedure } from "@/server/trpc";
import { changeDataset } from "./change-dataset";
import { makeDataset } from "./create-dataset";
import { createInput } from "./dataset.types";
import { findDataset } from "./find-dataset";
import { insertInto } from "./insert-rows";
import type { NewRow } from "./new-row";
import { columnsOf } from "./row-of";

const input = z.strictObject({
  runIds: z.array(identifier).min(1).max(200),
  /** The dataset that takes them, or the name of a new one with the pipeline's inputs and outputs as columns. */
  into: z.union([z.strictObject({ datasetId: identifier }), z.strictObject({ name: createInput.shape.name })]),
  /** Take what each run answered as what is expected: for runs that somebody has looked at and found right. */
  expectAnswers: z.boolean().default(false),
});

const kinds: Readonly<Record<string, DatasetColumn["kind"]>> = { number: "number", boolean: "boolean", json: "json" };

/** Makes cases of runs: what they were given and, where asked for, what they answered. Runs that failed count for what they were given. */
export const addRuns = editorProcedure
  .input(input)
  .mutation(async ({ ctx, input: { runIds, into, expectAnswers } }) => {
    const { database, workspaceId, member } = ctx;
    const runs = await database.prisma.run.findMany({
      where: { id: { in: runIds }, workspaceId },
      select: { id: true, revisionId: true },
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
    for (const { id } of runs) {
      const ends = await endsOfRun(database, id, { failedToo: true });
      if (ends === null) continue;
      const outputs = Object.entries(ends.outputs);
      const [only] = outputs;
      const answers =
        expectAnswers && outputs.length === 1 && expected.length === 1 && only !== undefined
          ? { [expected[0]?.name ?? ""]: only[1] }
          : ends.outputs;
      rows.push({
        inputs: ends.inputs as NonNullable<NewRow["inputs"]>,
        ...(expectAnswers && { expected: answers as NonNullable<NewRow["expected"]> }),
        source: "run",
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
  });
