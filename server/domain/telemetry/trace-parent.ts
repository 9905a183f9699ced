import { createHash } from "node:crypto";

/** Where a trace comes from: the caller's span. */
export interface TraceParent {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

const longest = 512;

/** Reads a `traceparent` by W3C Trace Context level 1, section 3.2; null where it is none, which begins a trace of its own. */
export const readTraceParent = (header: string | null | undefined): TraceParent | null => {
  if (!header || header.length > longest) return null;
  const [, version, traceId = "", spanId = "", flags = "", rest = ""] =
    /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header.trim()) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && rest !== "")) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
};

const hex = (text: string, digits: number): string => createHash("sha256").update(text).digest("hex").slice(0, digits);

/** The trace of a run without a caller's: the same after a restart. */
export const traceIdOf = (runId: string): string => hex(`trace ${runId}`, 32);
export const spanIdOf = (runId: string, what: string): string => hex(`span ${runId} ${what}`, 16);

/** The caller's choice where there is one, else by the trace's own number, so that every process chooses alike. */
export const isSampled = (parent: TraceParent | null, traceId: string, share: number): boolean =>
  parent?.isSampled ?? Number.parseInt(traceId.slice(-8), 16) / 0x1_0000_0000 < share;
