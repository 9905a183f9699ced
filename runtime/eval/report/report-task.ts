import type { Report } from "../contract/report";
import type { ReportInput } from "../contract/report-input";
import { findScorer } from "../scorers/catalog";
import { metricsOf } from "../scorers/metrics-of";
import { buildReport } from "./build-report";

/** A report's input that can be handed to a thread: scorers by their type, because their metrics hold functions. */
export interface ReportTask extends Omit<ReportInput, "scorers"> {
  readonly scorers: readonly (Omit<ReportInput["scorers"][number], "metrics"> & { readonly type: string })[];
}

export const doReport = ({ scorers, ...input }: ReportTask): Report =>
  buildReport({
    ...input,
    scorers: scorers.flatMap(({ type, ...each }) => {
      const scorer = findScorer(type);
      return scorer === undefined ? [] : [{ ...each, metrics: metricsOf(scorer) }];
    }),
  });
