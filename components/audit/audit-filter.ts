import { endOfDay, readDay, startOfDay } from "@/components/ui/calendar-day";

/** What can be acted on, as the first part of an action names it. */
export const auditKinds = [
  "account",
  "api-key",
  "audit",
  "batch",
  "conversation",
  "credential",
  "dataset",
  "deployment",
  "endpoint",
  "environment",
  "experiment",
  "file",
  "gate",
  "inbox",
  "job",
  "knowledge",
  "mcp",
  "page",
  "pipeline",
  "prompt",
  "prompt-label",
  "proposal",
  "review",
  "run",
  "schedule",
  "sheet",
  "template",
  "tool",
  "training-set",
  "tuned-model",
  "vault",
  "webhook",
  "workspace",
] as const;
export type AuditKind = (typeof auditKinds)[number];

/** Which entries are listed; it lives in the page's address. Days are those of the reader's calendar, `2026-11-30`. */
export interface AuditFilter {
  readonly query?: string;
  readonly userId?: string;
  readonly kind?: AuditKind;
  readonly from?: string;
  readonly until?: string;
}

interface Parameters {
  get(name: string): string | null;
}

/** From an address; what is not understood is left out. */
export const readAuditFilter = (parameters: Parameters): AuditFilter => {
  const query = parameters.get("query")?.slice(0, 100);
  const userId = parameters.get("userId");
  const kind = auditKinds.find((known) => known === parameters.get("kind"));
  const from = readDay(parameters.get("from"));
  const until = readDay(parameters.get("until"));
  return {
    ...(query && { query }),
    ...(userId && /^[\w-]{1,64}$/.test(userId) && { userId }),
    ...(kind && { kind }),
    ...(from && { from }),
    ...(until && { until }),
  };
};

/** Without what is empty. */
export const auditAddress = (filter: AuditFilter): string => {
  const parameters = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  return parameters.size > 0 ? `/settings/audit?${parameters}` : "/settings/audit";
};

/** As the server asks for it: moments in place of days, the last day included. */
export const auditQuestion = ({ from, until, ...filter }: AuditFilter) => ({
  ...filter,
  ...(from !== undefined && { from: startOfDay(from) }),
  ...(until !== undefined && { before: endOfDay(until) }),
});

/** Where the same entries are to be had as a file. */
export const auditExport = (filter: AuditFilter, format: "csv" | "ndjson"): string => {
  const { from, before, ...rest } = auditQuestion(filter);
  const parameters = new URLSearchParams({
    format,
    ...rest,
    ...(from && { from: from.toISOString() }),
    ...(before && { before: before.toISOString() }),
  });
  return `/api/audit?${parameters}`;
};
