import { parentPort } from "node:worker_threads";
import type { AnswerCell } from "../answer-table";
import { writeWorkbook } from "./write-workbook";

/** Lines of the workbook in parts; null is the end. */
export type WorkbookPart = readonly (readonly AnswerCell[])[] | null;

const lines: (readonly AnswerCell[])[] = [];
parentPort?.on("message", async (part: WorkbookPart) => {
  if (part !== null) for (const line of part) lines.push(line);
  else parentPort?.postMessage(await writeWorkbook(lines));
});
