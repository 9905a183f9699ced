import type { Prisma } from "@/generated/prisma/client";
import type { InputField } from "@/runtime/node/define-node";
import { checkInputs } from "@/runtime/plan/check-inputs";
import { resolveInputFiles } from "@/server/domain/file/resolve-input-files";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { draftToRun } from "@/server/domain/run/draft-to-run";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { isStorable } from "@/server/platform/guard/storable";
import { outageError, outageNow } from "@/server/platform/readiness/refuse-outage";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import type { SheetColumn } from "./find-sheet";
import { numberColumns } from "./number-columns";
import { readSheet } from "./read-sheet";
import { type SheetMapping, takesCells } from "./row-inputs";
import { runSheetJob } from "./run-sheet-job";
import { startInput } from "./sheet.types";
import { sheetLimits } from "./sheet-limits";

/** Rows of one statement. */
const batch = 1_000;

const refuse = (fields: Readonly<Record<string, string>>): ApplicationError =>
  new ApplicationError("BAD_REQUEST", Object.values(fields)[0] ?? "The inputs are not valid.", {
    reason: "input-invalid",
    fields,
  });

/** What keeps the mapping from feeding the pipeline, by input. */
const problemsOf = (
  fields: readonly InputField[],
  mapping: SheetMapping,
  fixed: Readonly<Record<string, unknown>>,
  width: number,
): Record<string, string> => {
  const problems: Record<string, string> = {};
  const known = new Map(fields.map((field) => [field.name, field]));
  for (const [name, place] of Object.entries(mapping)) {
    const field = known.get(name);
    if (field === undefined) problems[name] = `The pipeline has no input "${name}".`;
    else if (!takesCells(field)) problems[name] = `"${name}" takes a file, which a cell cannot hold.`;
    else if (place >= width) problems[name] = `The sheet has no column ${place + 1}.`;
  }
  for (const { name, required, default: standard } of fields)
    if (required && standard === undefined && !Object.hasOwn(mapping, name) && !Object.hasOwn(fixed, name))
      problems[name] = `Nothing feeds the input "${name}".`;
  if (Object.keys(mapping).length === 0) problems.mapping = "No column feeds an input, so every row would be the same.";
  return problems;
};

/** Values that are the same for all rows, checked as those of any run. */
const checkFixed = async (
  database: Database,
  workspaceId: string,
  all: readonly InputField[],
  fixed: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> => {
  const fields = all.filter(({ name }) => Object.hasOwn(fixed, name));
  const resolved = await resolveInputFiles(database, workspaceId, fields, fixed);
  const checked = resolved.ok ? checkInputs(fields, resolved.value) : resolved;
  if (!checked.ok) throw refuse(Object.fromEntries(checked.error.map(({ field, message }) => [field, message])));
  if (!isStorable(checked.value)) throw refuse({ fixed: "A value holds signs that cannot be stored." });
  return { ...checked.value };
};

const refuseBeyondLimits = async ({ prisma }: Database, workspaceId: string): Promise<void> => {
  const ids = await prisma.sheet.findMany({ where: { workspaceId }, select: { jobId: true } });
  if (ids.length >= sheetLimits.kept)
    throw new ApplicationError("BAD_REQUEST", `A workspace keeps at most ${sheetLimits.kept} sheets.`, {
      reason: "limit-reached",
      hint: "Delete sheets that nobody needs.",
    });
  const open = await prisma.job.count({
    where: { workspaceId, kind: "sheet/run", status: { in: ["queued", "running"] } },
  });
  if (open >= sheetLimits.open)
    throw new ApplicationError("TOO_MANY_REQUESTS", `${open} sheets are waiting or under way already.`, {
      reason: "limit-reached",
      hint: "Wait for one to end, or stop one.",
    });
};

/** Runs what is on the screen on every row of a sheet, as a job. Resolves when the rows are stored and the job is handed out. */
export const startSheet = editorProcedure.input(startInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  const outage = outageNow(database);
  if (outage !== null) throw outageError(outage);
  await refuseBeyondLimits(database, workspaceId);
  const { pipelineId, revision, mapping, name } = input;
  const draft = await draftToRun(database, workspaceId, {
    pipelineId,
    revision,
    variants: input.variants,
    overrides: [],
  });
  const { plan, variants } = draft;
  if (plan.outputs.length === 0)
    throw new ApplicationError("BAD_REQUEST", "The pipeline has no output, so no row would get an answer.", {
      reason: "graph-invalid",
      hint: "Add an output node and wire the result into it.",
    });
  const { columns, rows } = await readSheet(database, workspaceId, input, { toKeep: true });
  const problems = problemsOf(plan.inputFields, mapping, input.fixed, columns.length);
  if (Object.keys(problems).length > 0) throw refuse(problems);
  const fixed = await checkFixed(database, workspaceId, plan.inputFields, input.fixed);
  const frozen = await freezeRevision(
    database,
    { id: pipelineId, workspaceId, graphHash: draft.graphHash, document: draft.document },
    {
      reason: draft.graphHash === draft.pipeline.graphHash ? "run" : "variant",
      userId: member.userId,
      note: variants.map(({ label }) => label).join(", "),
    },
  );
  const isNumber = numberColumns(columns.length, rows);
  const { id } = await prisma.$transaction(
    async (transaction) => {
      const created = await transaction.sheet.create({
        data: {
          workspaceId,
          pipelineId,
          revisionId: frozen.id,
          name,
          userId: member.userId,
          variants: variants as unknown as Prisma.InputJsonValue,
          columns: columns.map(
            (column, place): SheetColumn => ({ name: column, isNumber: isNumber[place] === true }),
          ) as unknown as Prisma.InputJsonValue,
          mapping,
          fixed: fixed as Prisma.InputJsonValue,
          outputs: plan.outputs.map((output) => output.name),
          rowsTotal: rows.length,
        },
        select: { id: true },
      });
      for (let from = 0; from < rows.length; from += batch)
        await transaction.sheetRow.createMany({
          data: rows.slice(from, from + batch).map((cells, index) => ({
            workspaceId,
            sheetId: created.id,
            row: from + index,
            cells: JSON.stringify(cells),
          })),
        });
      return created;
    },
    { timeout: 120_000 },
  );
  try {
    await runSheetJob(database, { workspaceId, userId: member.userId }, id);
  } catch (error) {
    await prisma.sheet.deleteMany({ where: { id, workspaceId } });
    throw error;
  }
  await recordAudit(database, {
    member,
    action: "sheet.start",
    subject: `sheet:${id}`,
    data: { name, pipelineId, rows: rows.length },
  });
  return { id };
});
