import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Report } from "../contract/report";
import type { ReportTask } from "../report/report-task";

/** A report with all that it was made of: whoever has the file can work out every number again. */
export interface VerifiableReport {
  readonly kind: "pipewright-report";
  readonly version: 1;
  readonly experiment: string;
  /** Settings, seeds, rows, cells, pairs and labels. */
  readonly task: ReportTask;
  /** Of each part of `task` by its name, SHA-256 of its JSON, hex; of lists, of each thousand of their items. */
  readonly digests: Readonly<Record<string, string | readonly string[]>>;
  readonly report: Report;
}

/** Items of a list that have one digest. */
export const digested = 1_000;

const digestOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(JSON.stringify(value) ?? "")));

export const digestsOf = (task: ReportTask): VerifiableReport["digests"] =>
  Object.fromEntries(
    Object.entries(task).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [
            [
              name,
              Array.isArray(value)
                ? Array.from({ length: Math.ceil(value.length / digested) }, (_, place) =>
                    digestOf(value.slice(place * digested, (place + 1) * digested)),
                  )
                : digestOf(value),
            ],
          ],
    ),
  );

export const verifiableReport = (experiment: string, task: ReportTask, report: Report): VerifiableReport => ({
  kind: "pipewright-report",
  version: 1,
  experiment,
  task,
  digests: digestsOf(task),
  report,
});
