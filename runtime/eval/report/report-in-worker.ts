import path from "node:path";
import { Worker } from "node:worker_threads";
import type { Report } from "../contract/report";
import { doReport, type ReportTask } from "./report-task";

/** Cells that are counted at once: starting a thread takes longer than their report. */
const fewCells = 2_000;

/** Makes a report without keeping the app from answering. `root` is the folder of the installation. */
export const reportInWorker = (task: ReportTask, root: string, signal?: AbortSignal): Promise<Report> => {
  if (task.cells.length <= fewCells) return Promise.resolve(doReport(task));
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const file = path.join(/* turbopackIgnore: true */ root, "runtime", "eval", "report", "worker-start.mjs");
    const worker = new Worker(file, { workerData: task, execArgv: [] });
    const end = (settle: () => void) => {
      signal?.removeEventListener("abort", abort);
      settle();
      void worker.terminate();
    };
    const abort = () => end(() => reject(signal?.reason));
    signal?.addEventListener("abort", abort, { once: true });
    worker.on("message", (report: Report) => end(() => resolve(report)));
    worker.on("error", (error) => end(() => reject(error)));
    worker.on("exit", (code) => end(() => reject(new Error(`The thread ended with code ${code}.`))));
  });
};
