import { endOfDay, readDay, startOfDay } from "@/components/ui/calendar-day";
import { type RunStatus, runStatuses } from "@/runtime/run/reduce";

export const runSources = ["editor", "api", "evaluation", "sheet", "all"] as const;
export type RunSource = (typeof runSources)[number];
export const runRatings = ["good", "bad", "none"] as const;
export type RunRatingFilter = (typeof runRatings)[number];

/** Which runs are listed; it lives in the page's address, so that a list can be mailed and returned to. Days are those of the reader's calendar. */
export interface RunFilter {
  readonly pipelineId?: string;
  readonly status?: RunStatus;
  /** Where it is left out: from the canvas and through the API, not those of experiments and sheets. */
  readonly source?: RunSource;
  readonly deploymentId?: string;
  readonly rating?: RunRatingFilter;
  readonly query?: string;
  readonly from?: string;
  readonly until?: string;
}

interface Parameters {
  get(name: string): string | null;
}

const identifier = (text: string | null): string | undefined => (text && text.length <= 64 ? text : undefined);

/** From an address; what is not understood is left out. */
export const readRunFilter = (parameters: Parameters): RunFilter => {
  const one = <T extends string>(known: readonly T[], name: string): T | undefined =>
    known.find((each) => each === parameters.get(name));
  const filter = {
    pipelineId: identifier(parameters.get("pipeline")),
    status: one(runStatuses, "status"),
    source: one(runSources, "source"),
    deploymentId: identifier(parameters.get("deployment")),
    rating: one(runRatings, "rating"),
    query: parameters.get("query")?.slice(0, 100),
    from: readDay(parameters.get("from")),
    until: readDay(parameters.get("until")),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as RunFilter;
};

/** Without what is empty. */
export const runsAddress = ({ pipelineId, deploymentId, ...rest }: RunFilter): string => {
  const given = { pipeline: pipelineId, deployment: deploymentId, ...rest };
  const parameters = new URLSearchParams(
    Object.entries(given).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return parameters.size > 0 ? `/runs?${parameters}` : "/runs";
};

/** As the server asks for it: moments in place of days, the last day included. */
export const runsQuestion = ({ from, until, ...filter }: RunFilter) => ({
  ...filter,
  ...(from !== undefined && { from: startOfDay(from).toISOString() }),
  ...(until !== undefined && { until: endOfDay(until).toISOString() }),
});
