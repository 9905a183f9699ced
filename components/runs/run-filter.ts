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
  /** Moments, ISO 8601 in UTC: what a figure of a deployment is of. */
  readonly since?: string;
  readonly before?: string;
  readonly errorCode?: string;
  /** Number of a version, of the deployment's pipeline. */
  readonly version?: string;
  readonly apiKeyId?: string;
  /** Took longer than so many milliseconds. */
  readonly slowerMs?: number;
  /** Id of a step that ran in it. */
  readonly step?: string;
  /** A person was asked in it. */
  readonly asked?: "yes";
}

/** What a list is narrowed to by a figure, and not by the fields above it: each is shown, and can be taken away. */
export const narrowedByFigures = [
  "since",
  "before",
  "errorCode",
  "version",
  "apiKeyId",
  "slowerMs",
  "step",
  "asked",
] as const;

interface Parameters {
  get(name: string): string | null;
}

const moment = (text: string | null): string | undefined =>
  text !== null && /^\d{4}-\d{2}-\d{2}T[\d:.]{5,12}Z$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;

/** A whole number from 1 on. */
const whole = (text: string | null): number | undefined =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;

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
    since: moment(parameters.get("since")),
    before: moment(parameters.get("before")),
    errorCode: identifier(parameters.get("errorCode")),
    version: whole(parameters.get("version"))?.toString(),
    apiKeyId: identifier(parameters.get("apiKeyId")),
    slowerMs: whole(parameters.get("slowerMs")),
    step: identifier(parameters.get("step")),
    asked: one(["yes"] as const, "asked"),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value)) as RunFilter;
};

/** Without what is empty. */
export const runsAddress = ({ pipelineId, deploymentId, ...rest }: RunFilter): string => {
  const given = { pipeline: pipelineId, deployment: deploymentId, ...rest };
  const parameters = new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) => (value ? [[name, String(value)]] : [])),
  );
  return parameters.size > 0 ? `/runs?${parameters}` : "/runs";
};

/** As the server asks for it: moments in place of days, the last day included. */
export const runsQuestion = ({ from, until, since, before, version, asked, ...filter }: RunFilter) => {
  const first = latest([since, from === undefined ? undefined : startOfDay(from).toISOString()]);
  const last = earliest([before, until === undefined ? undefined : endOfDay(until).toISOString()]);
  return {
    ...filter,
    ...(first !== undefined && { from: first }),
    ...(last !== undefined && { until: last }),
    ...(version !== undefined && { version: Number(version) }),
    ...(asked !== undefined && { asked: true }),
  };
};

const inOrder = (moments: readonly (string | undefined)[]): string[] =>
  moments.filter((each) => each !== undefined).sort((one, other) => Date.parse(one) - Date.parse(other));
const latest = (moments: readonly (string | undefined)[]): string | undefined => inOrder(moments).at(-1);
const earliest = (moments: readonly (string | undefined)[]): string | undefined => inOrder(moments)[0];
