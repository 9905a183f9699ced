import type { AnswerCell } from "@/server/domain/experiment/answer-table";
import type { Database } from "@/server/platform/db/database";
import type { SheetColumn } from "./find-sheet";
import type { RowOutcome } from "./sheet.types";

/** The words of the columns that are added, in the reader's language. */
export interface SheetWords {
  readonly outcome: string;
  readonly error: string;
  readonly run: string;
  /** An answer's column whose name the sheet has already. */
  readonly answer: (name: string) => string;
  /** `reply`: the worst of its replies was cut, filtered, empty or unfinished. */
  readonly ended: (outcome: RowOutcome | null, reply: string | null) => string;
  readonly why: (code: string | null, message: string | null) => string | null;
}

interface Row {
  readonly row: number;
  readonly cells: string;
  readonly outcome: RowOutcome | null;
  readonly outputs: string;
  readonly reply: string | null;
  readonly runId: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

const pageRows = 200;

const cellOf = (value: unknown): AnswerCell => {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number") return value;
  return typeof value === "boolean" ? String(value) : JSON.stringify(value);
};

/** `name`, or with a number behind it where it is taken; the result is taken from then on. */
const untaken = (name: string, taken: Set<string>): string => {
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name} (${number})`;
  taken.add(free.toLowerCase());
  return free;
};

/** The sheet as it was given, row by row, the header first, with a column for every answer, for how the row ended, and for what went wrong. */
export async function* sheetTable(
  database: Pick<Database, "query">,
  {
    id,
    columns,
    outputs,
  }: { readonly id: string; readonly columns: readonly SheetColumn[]; readonly outputs: readonly string[] },
  words: SheetWords,
): AsyncGenerator<readonly AnswerCell[]> {
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  yield [
    ...columns.map(({ name }) => name),
    ...outputs.map((name) => untaken(taken.has(name.toLowerCase()) ? words.answer(name) : name, taken)),
    untaken(words.outcome, taken),
    untaken(words.error, taken),
    untaken(words.run, taken),
  ];
  for (let after = -1; ; ) {
    const rows = await database.query<Row>(
      `SELECT "row", "cells", "outcome", "outputs", "reply", "runId", "errorCode", "errorMessage" FROM "SheetRow"
       WHERE "sheetId" = $1 AND "row" > $2 ORDER BY "row" LIMIT ${pageRows}`,
      [id, after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row;
    for (const row of rows) {
      const cells = JSON.parse(row.cells) as readonly string[];
      const answers = JSON.parse(row.outputs) as Readonly<Record<string, unknown>>;
      yield [
        ...columns.map(({ isNumber }, place) => {
          const cell = cells[place] ?? "";
          return cell === "" ? null : isNumber ? Number(cell) : cell;
        }),
        ...outputs.map((name) => cellOf(Object.hasOwn(answers, name) ? answers[name] : null)),
        words.ended(row.outcome, row.reply),
        words.why(row.errorCode, row.errorMessage),
        row.runId,
      ];
    }
  }
}
