import { Readable } from "node:stream";
import { byteOrderMark, csvLine } from "@/runtime/text/csv";
import { savedAs } from "@/server/domain/experiment/workbook/table-file";
import type { Database } from "@/server/platform/db/database";

interface Row {
  readonly row: number;
  readonly customId: string | null;
  readonly runId: string;
  readonly state: string;
  readonly inputs: string;
  readonly outputs: string;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

const pageRows = 200;

async function* rowsOf({ prisma }: Database, batchId: string): AsyncGenerator<Row> {
  for (let after = -1; ; ) {
    const rows = await prisma.batchRow.findMany({
      where: { batchId, row: { gt: after } },
      orderBy: { row: "asc" },
      take: pageRows,
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row;
    yield* rows;
  }
}

const isAnswered = (state: string): boolean => state === "success" || state === "empty";

async function* jsonLines(database: Database, batchId: string): AsyncGenerator<string> {
  for await (const { row, customId, runId, state, outputs, errorCode, errorMessage } of rowsOf(database, batchId)) {
    const error =
      errorCode === null && errorMessage === null ? {} : { error: { code: errorCode, message: errorMessage } };
    const answer = isAnswered(state) ? { runId, outputs: JSON.parse(outputs) } : {};
    yield `${JSON.stringify({ row, ...(customId !== null && { custom_id: customId }), status: state, ...answer, ...error })}\n`;
  }
}

async function* csvLines(
  database: Database,
  batchId: string,
  inputs: readonly string[],
  outputs: readonly string[],
): AsyncGenerator<string> {
  yield byteOrderMark;
  yield csvLine([
    "row",
    "custom_id",
    ...inputs,
    "status",
    ...outputs.map((name) => (inputs.includes(name) ? `${name} (answer)` : name)),
    "error",
    "run",
  ]);
  for await (const each of rowsOf(database, batchId)) {
    const given = JSON.parse(each.inputs) as Readonly<Record<string, unknown>>;
    const answers = JSON.parse(each.outputs) as Readonly<Record<string, unknown>>;
    const own = (record: Readonly<Record<string, unknown>>, name: string) =>
      Object.hasOwn(record, name) ? record[name] : null;
    yield csvLine([
      each.row + 1,
      each.customId,
      ...inputs.map((name) => own(given, name)),
      each.state,
      ...outputs.map((name) => own(answers, name)),
      each.errorMessage,
      isAnswered(each.state) ? each.runId : null,
    ]);
  }
}

async function* asBytes(lines: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(line);
}

/** The rows with what came of them, as they stand now: of a batch under way, too. No cell of a table is taken for a formula. */
export const batchFile = (
  database: Database,
  batch: { readonly id: string; readonly name: string },
  format: "jsonl" | "csv",
  names: { readonly inputs: readonly string[]; readonly outputs: readonly string[] },
): Response => {
  const text =
    format === "jsonl" ? jsonLines(database, batch.id) : csvLines(database, batch.id, names.inputs, names.outputs);
  return new Response(Readable.toWeb(Readable.from(asBytes(text))) as ReadableStream, {
    headers: {
      ...savedAs(`${batch.name}.${format}`),
      "content-type": format === "jsonl" ? "application/jsonl; charset=utf-8" : "text/csv; charset=utf-8",
    },
  });
};
