import { z } from "zod";
import { cohenKappa } from "@/runtime/eval/statistics/cohen-kappa";
import { fleissKappa } from "@/runtime/eval/statistics/fleiss-kappa";
import { krippendorffAlpha } from "@/runtime/eval/statistics/krippendorff-alpha";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { changeDataset } from "./change-dataset";
import { datasetLimits } from "./dataset-limits";
import { findDataset } from "./find-dataset";
import { columnsOf } from "./row-of";

const column = z.string().min(1).max(datasetLimits.columnNameCharacters);
const labelInput = z.strictObject({ id: identifier, rowId: identifier, column, value: lineOfText(200) });
const columnInput = z.strictObject({ id: identifier, column });

/** Labels looked at: rows times labellers. */
const mostLabels = 100_000;
const mostDisagreements = 200;

/** Says what the expected value of a row is, as far as the caller is concerned; other people's labels stay. */
export const labelRow = editorProcedure.input(labelInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { id, rowId, value } = input;
  const row = await database.prisma.datasetRow.findFirst({
    where: { id: rowId, datasetId: id, workspaceId },
    select: { id: true },
  });
  if (row === null) throw notFound("row");
  const dataset = await findDataset(database, workspaceId, id);
  if (!columnsOf(dataset).some(({ name, role }) => name === input.column && role === "expected")) {
    throw new ApplicationError("BAD_REQUEST", `There is no expected column "${input.column}".`, {
      reason: "input-invalid",
    });
  }
  const key = { rowId, column: input.column, labeller: `user:${member.userId}` };
  await database.prisma.datasetLabel.upsert({
    where: { rowId_column_labeller: key, workspaceId },
    create: { ...key, workspaceId, datasetId: id, value },
    update: { value },
  });
  return { rowId };
});

export interface LabelAgreement {
  readonly labellers: readonly { readonly name: string; readonly labels: number }[];
  /** Rows that at least two people have labelled, and on how many of them all agree. */
  readonly shared: number;
  readonly agreed: number;
  /** Where exactly two people label. */
  readonly cohen: number | null;
  readonly fleiss: number | null;
  readonly krippendorff: number | null;
  readonly disagreements: readonly {
    readonly rowId: string;
    readonly text: string;
    readonly labels: readonly { readonly labeller: string; readonly value: string }[];
  }[];
}

const readLabels = (database: Database, workspaceId: string, datasetId: string, name: string) =>
  database.prisma.datasetLabel.findMany({
    where: { datasetId, workspaceId, column: name },
    orderBy: [{ rowId: "asc" }, { labeller: "asc" }],
    take: mostLabels,
    select: { rowId: true, labeller: true, value: true },
  });

const byRow = <Label extends { readonly rowId: string }>(labels: readonly Label[]): Map<string, Label[]> => {
  const rows = new Map<string, Label[]>();
  for (const label of labels) rows.set(label.rowId, [...(rows.get(label.rowId) ?? []), label]);
  return rows;
};

/** How far people agree on one expected column: Cohen's kappa for two, Fleiss' for several, Krippendorff's alpha for any. */
export const labelAgreement = viewerProcedure
  .input(columnInput)
  .query(async ({ ctx, input }): Promise<LabelAgreement> => {
    const { database, workspaceId } = ctx;
    await findDataset(database, workspaceId, input.id);
    const labels = await readLabels(database, workspaceId, input.id, input.column);
    const rows = byRow(labels);
    const shared = [...rows.values()].filter((row) => row.length > 1);
    const names = [...new Set(labels.map(({ labeller }) => labeller))];
    const values = [...new Set(labels.map(({ value }) => value))];
    const place = (value: string) => values.indexOf(value);
    const pairs =
      names.length === 2 ? shared.map((row) => [place(row[0]?.value ?? ""), place(row[1]?.value ?? "")] as const) : [];
    const people = await database.prisma.user.findMany({
      where: { id: { in: names.flatMap((name) => (name.startsWith("user:") ? [name.slice(5)] : [])) } },
      select: { id: true, name: true },
    });
    const shown = (labeller: string) => people.find(({ id }) => `user:${id}` === labeller)?.name ?? labeller;
    const differing = shared.filter((row) => new Set(row.map(({ value }) => value)).size > 1);
    const texts = await database.prisma.datasetRow.findMany({
      where: { workspaceId, id: { in: differing.slice(0, mostDisagreements).map((row) => row[0]?.rowId ?? "") } },
      select: { id: true, inputs: true },
    });
    return {
      labellers: names.map((name) => ({
        name: shown(name),
        labels: labels.filter(({ labeller }) => labeller === name).length,
      })),
      shared: shared.length,
      agreed: shared.length - differing.length,
      cohen: names.length === 2 ? cohenKappa(pairs, values.length) : null,
      fleiss: fleissKappa(
        shared.map((row) => values.map((value) => row.filter((label) => label.value === value).length)),
      ),
      krippendorff: krippendorffAlpha([...rows.values()].map((row) => row.map(({ value }) => value))),
      disagreements: differing.slice(0, mostDisagreements).map((row) => ({
        rowId: row[0]?.rowId ?? "",
        text: Object.values((texts.find(({ id }) => id === row[0]?.rowId)?.inputs ?? {}) as Record<string, unknown>)
          .map(String)
          .join(" · ")
          .slice(0, 300),
        labels: row.map(({ labeller, value }) => ({ labeller: shown(labeller), value })),
      })),
    };
  });

/** Makes what most people say the expected value; rows on which no value has more than the others stay as they are. */
export const expectMajority = editorProcedure.input(columnInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const rows = byRow(await readLabels(database, workspaceId, input.id, input.column));
  return changeDataset(database, workspaceId, input.id, async (prisma, dataset) => {
    let set = 0;
    for (const [rowId, labels] of rows) {
      const counts = new Map<string, number>();
      for (const { value } of labels) counts.set(value, (counts.get(value) ?? 0) + 1);
      const [first, second] = [...counts].sort((left, right) => right[1] - left[1]);
      if (first === undefined || first[1] === second?.[1]) continue;
      const row = await prisma.datasetRow.findFirst({ where: { id: rowId, datasetId: input.id, workspaceId } });
      if (row === null) continue;
      await prisma.datasetRow.update({
        where: { id: rowId, workspaceId },
        data: { expected: { ...(row.expected as object), [input.column]: first[0] }, revision: dataset.revision },
      });
      set += 1;
    }
    return { set };
  });
});
