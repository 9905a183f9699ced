import type { Dataset } from "@/generated/prisma/client";
import { Prisma } from "@/generated/prisma/client";
import { inTurns, type Steps } from "@/runtime/node/steps";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { changeDataset, type Transaction } from "./change-dataset";
import { datasetLimits } from "./dataset-limits";
import { inputsHash, type NewRow, newRow, withinColumns } from "./new-row";
import { columnsOf } from "./row-of";

/** Rows of one statement: Postgres takes 65,535 values. */
const batch = 500;

/**
 * Puts rows behind the last one, inside a change of the dataset; gives their ids, in order. Values of columns that the dataset does not have are
 * left out. Refuses what would go beyond the bounds. The rows must have passed `newRow`; one that comes back keeps its id.
 */
export const insertInto = async (
  prisma: Transaction,
  dataset: Dataset,
  rows: readonly (NewRow & { readonly id?: string })[],
): Promise<string[]> => {
  const { id: datasetId, workspaceId, revision } = dataset;
  const own = { datasetId, workspaceId };
  const { _max, _count } = await prisma.datasetRow.aggregate({ where: own, _max: { position: true }, _count: true });
  if (_count + rows.length > datasetLimits.rows) {
    throw new ApplicationError(
      "BAD_REQUEST",
      `A dataset holds at most ${datasetLimits.rows} rows: it has ${_count}, and ${rows.length} more do not fit.`,
      { reason: "limit-reached", hint: "Take fewer rows, or put them into another dataset." },
    );
  }
  await refuseTooManyBytes(prisma, datasetId, await inTurns(bytesOf(rows)));
  const columns = columnsOf(dataset);
  const ids: string[] = [];
  let position = (_max.position ?? -1) + 1;
  for (let from = 0; from < rows.length; from += batch) {
    const data = rows.slice(from, from + batch).map(({ id, ...given }) => {
      const row = newRow.parse(given);
      const inputs = withinColumns(columns, "input", row.inputs);
      const expected = withinColumns(columns, "expected", row.expected);
      return {
        ...row,
        ...own,
        ...(id !== undefined && { id }),
        position: position++,
        revision,
        inputs: inputs as Prisma.InputJsonObject,
        expected: expected as Prisma.InputJsonObject,
        inputsHash: inputsHash(inputs),
      };
    });
    const created = await prisma.datasetRow.createManyAndReturn({ data, select: { id: true, position: true } });
    created.sort((left, right) => left.position - right.position);
    for (const { id } of created) ids.push(id);
  }
  return ids;
};

function* bytesOf(rows: readonly NewRow[]): Steps<number> {
  let sum = 0;
  for (const { inputs, expected } of rows) {
    sum += JSON.stringify([inputs, expected]).length;
    yield;
  }
  return sum;
}

/** Refuses a change that makes the dataset larger than it may be. */
export const refuseTooManyBytes = async (
  prisma: Pick<Transaction, "$queryRaw">,
  datasetId: string,
  added: number,
): Promise<void> => {
  const [total] = await prisma.$queryRaw<[{ bytes: bigint | null }]>(
    Prisma.sql`SELECT sum(octet_length("inputs"::text) + octet_length("expected"::text)) AS bytes FROM "DatasetRow"
      WHERE "datasetId" = ${datasetId}`,
  );
  if (Number(total.bytes ?? 0) + added <= datasetLimits.bytes) return;
  throw new ApplicationError(
    "BAD_REQUEST",
    `The values of a dataset take at most ${datasetLimits.bytes / 1024 / 1024} MB together.`,
    { reason: "limit-reached", hint: "Shorten long texts, or divide the rows over several datasets." },
  );
};

/** Puts rows behind the last one of a dataset; gives their ids, in order. */
export const insertRows = (
  database: Database,
  workspaceId: string,
  datasetId: string,
  rows: readonly NewRow[],
): Promise<string[]> =>
  changeDataset(database, workspaceId, datasetId, (prisma, dataset) => insertInto(prisma, dataset, rows));
