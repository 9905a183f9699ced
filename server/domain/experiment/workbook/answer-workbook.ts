import path from "node:path";
import { Worker } from "node:worker_threads";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { AnswerCell } from "../answer-table";
import type { WorkbookPart } from "./worker";
import { writeWorkbook } from "./write-workbook";

/** A workbook is made in memory as a whole; a CSV file may have any number of lines. */
const mostCells = 500_000;
/** Cells that are written at once: starting a thread takes longer. */
const fewCells = 5_000;

/**
 * Answers as a workbook. Writing many takes seconds, so a thread of its own does it and the app goes on answering; it is given the lines as they come.
 * `root` is the folder of the installation.
 */
export const workbookOf = async (
  lines: AsyncIterable<readonly AnswerCell[]>,
  root: string = process.cwd(),
): Promise<Uint8Array<ArrayBuffer>> => {
  const held: (readonly AnswerCell[])[] = [];
  let thread: WorkbookThread | null = null;
  let cells = 0;
  try {
    for await (const line of lines) {
      held.push(line);
      cells += line.length;
      if (cells > mostCells) {
        throw new RouteRefusal(413, "too-large", "There are too many answers for a workbook. Take them as CSV.");
      }
      if (cells <= fewCells) continue;
      thread ??= startThread(root);
      thread.send(held.splice(0));
    }
    if (thread === null) return await writeWorkbook(held);
    thread.send(null);
    return await thread.bytes;
  } finally {
    await thread?.end();
  }
};

interface WorkbookThread {
  readonly send: (part: WorkbookPart) => void;
  readonly bytes: Promise<Uint8Array<ArrayBuffer>>;
  readonly end: () => Promise<unknown>;
}

const startThread = (root: string): WorkbookThread => {
  const folder = ["server", "domain", "experiment", "workbook"];
  const worker = new Worker(path.join(/* turbopackIgnore: true */ root, ...folder, "worker-start.mjs"), {
    execArgv: [],
  });
  const bytes = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`The thread ended with code ${code}.`)));
  });
  // Where the lines are refused nobody waits for the bytes.
  bytes.catch(() => {});
  return { bytes, send: (part) => worker.postMessage(part), end: () => worker.terminate() };
};
