import { parentPort, workerData } from "node:worker_threads";
import { doReport, type ReportTask } from "./report-task";

parentPort?.postMessage(doReport(workerData as ReportTask));
