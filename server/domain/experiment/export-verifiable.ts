import type { Report } from "@/runtime/eval/contract/report";
import { reportInWorker } from "@/runtime/eval/report/report-in-worker";
import type { ReportTask } from "@/runtime/eval/report/report-task";
import { digested, verifiableReport } from "@/runtime/eval/verify/verifiable";
import type { Database } from "@/server/platform/db/database";
import { makeReport } from "./make-report";

/** One piece of a file after the other: half a million cells are more than one text may hold. */
function* piecesOf(value: object): Generator<string> {
  yield "{";
  let comma = "";
  for (const [name, each] of Object.entries(value)) {
    if (each === undefined) continue;
    yield `${comma}${JSON.stringify(name)}:`;
    comma = ",";
    if (Array.isArray(each)) {
      yield "[";
      for (let from = 0; from < each.length; from += digested)
        yield `${from > 0 ? "," : ""}${JSON.stringify(each.slice(from, from + digested)).slice(1, -1)}`;
      yield "]";
    } else if (name === "task") yield* piecesOf(each as object);
    else yield JSON.stringify(each);
  }
  yield "}";
}

/** The report of an experiment with all that it was made of, made anew so that both belong together. null where there is none. */
export const verifiablePieces = async (
  database: Database,
  workspaceId: string,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<Generator<string> | null> => {
  let task: ReportTask | null = null;
  const report: Report | null = await makeReport(database, workspaceId, id, {
    make: (given, root, signal) => {
      task = given;
      return reportInWorker(given, root, signal);
    },
  });
  return report === null || task === null ? null : piecesOf(verifiableReport(name, task, report));
};
