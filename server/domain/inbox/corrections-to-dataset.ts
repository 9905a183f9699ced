import { z } from "zod";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import type { PersonAnswer } from "@/runtime/node/people";
import { changeDataset } from "@/server/domain/dataset/change-dataset";
import { makeDataset } from "@/server/domain/dataset/create-dataset";
import { datasetLimits } from "@/server/domain/dataset/dataset-limits";
import { insertInto } from "@/server/domain/dataset/insert-rows";
import type { NewRow } from "@/server/domain/dataset/new-row";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { isStorable } from "@/server/platform/guard/storable";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { questionOf } from "./task-row";

/** Edits taken in one go, the latest first. */
const most = 2_000;
const longestName = 60;

const columns: readonly DatasetColumn[] = [
  { name: "question", role: "input", kind: "text" },
  { name: "answer", role: "input", kind: "text" },
  { name: "correction", role: "expected", kind: "text" },
];

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value, null, 2));

/**
 * What people made of the answers of a pipeline as the rows of a dataset: what was shown beside it, the answer as it was, and as they corrected it. The dataset is made the first time;
 * after that it takes what is new. What is too long for a cell is left out and counted.
 */
export const correctionsToDataset = editorProcedure
  .input(z.strictObject({ pipelineId: identifier }))
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { pipelineId } }) => {
    const { prisma } = database;
    const pipeline = await prisma.pipeline.findFirst({
      where: { id: pipelineId, workspaceId },
      select: { name: true },
    });
    if (pipeline === null) throw notFound("pipeline");
    const tasks = await prisma.inboxTask.findMany({
      where: { workspaceId, pipelineId, state: "approved", decisions: { some: { isEdit: true } } },
      orderBy: { decidedAt: "desc" },
      take: most,
      select: { id: true, runId: true, question: true, answer: true, run: { select: { question: true } } },
    });
    const suppliedBy = `inbox:${pipelineId}`;
    const known = await prisma.dataset.findFirst({ where: { workspaceId, suppliedBy }, select: { id: true } });
    const held =
      known === null
        ? []
        : await prisma.datasetRow.findMany({
            where: { workspaceId, datasetId: known.id, group: { in: tasks.map(({ id }) => id) } },
            select: { group: true },
          });
    const there = new Set(held.map(({ group }) => group));
    const rows: NewRow[] = [];
    let leftOut = 0;
    for (const { id, runId, question, answer, run } of tasks) {
      if (there.has(id) || answer === null) continue;
      const { shown, value } = questionOf({ question });
      const { value: corrected, edited } = JSON.parse(answer) as PersonAnswer;
      if (!edited) continue;
      const [only] = shown;
      const asked =
        only === undefined
          ? run.question
          : shown.length === 1
            ? textOf(only.value)
            : textOf(Object.fromEntries(shown.map((each) => [each.name, each.value])));
      const cells = { question: asked, answer: textOf(value), correction: textOf(corrected) };
      const fits = Object.values(cells).every((text) => JSON.stringify(text).length <= datasetLimits.cellCharacters);
      if (!fits || !isStorable(cells)) {
        leftOut += 1;
        continue;
      }
      rows.push({
        inputs: { question: cells.question, answer: cells.answer },
        expected: { correction: cells.correction },
        tags: ["correction"],
        group: id,
        source: "feedback",
        runId,
      });
    }
    if (rows.length === 0)
      throw new ApplicationError("BAD_REQUEST", "There is no correction that the dataset does not have yet.", {
        reason: "rows-refused",
        hint: leftOut > 0 ? `${leftOut} are too long for a cell.` : "Edit answers in the inbox first.",
      });
    const name = `Corrections of ${pipeline.name.slice(0, longestName)}`;
    const datasetId = known?.id ?? (await makeDataset(database, workspaceId, { name, columns, suppliedBy })).id;
    await changeDataset(database, workspaceId, datasetId, (transaction, dataset) =>
      insertInto(transaction, dataset, rows),
    );
    await recordAudit(database, {
      member,
      action: "inbox.corrections-to-dataset",
      subject: `dataset:${datasetId}`,
      data: { rows: rows.length },
    });
    return { datasetId, rows: rows.length, leftOut };
  });
