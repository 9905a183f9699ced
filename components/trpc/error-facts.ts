import { TRPCClientError } from "@trpc/client";

export interface ErrorFacts {
  /** The tRPC code, `OFFLINE` where no answer came, `UNKNOWN` for anything else. */
  readonly code: string;
  /** Why it was refused, as a word that the interface translates. */
  readonly reason: string | undefined;
  /** The server's English sentence; undefined where it said nothing that is meant to be read. */
  readonly message: string | undefined;
  /** What to do, where the server knows. */
  readonly hint: string | undefined;
  /** The error's other data, e.g. `conflict`, `fields`, `diagnostics`. */
  readonly data: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const nothing = (code: string): ErrorFacts => ({
  code,
  reason: undefined,
  message: undefined,
  hint: undefined,
  data: {},
});

/** Reads what a screen can show out of whatever a call threw. */
export const errorFacts = (error: unknown): ErrorFacts => {
  if (!(error instanceof TRPCClientError)) return nothing("UNKNOWN");
  const data = (error.data ?? undefined) as Record<string, unknown> | undefined;
  if (data === undefined) return nothing("OFFLINE");
  const code = text(data.code) ?? "UNKNOWN";
  // The message of an internal error is for the log, and that of a refused input is zod's own JSON.
  const readable = code !== "INTERNAL_SERVER_ERROR" && !error.message.startsWith("[") && !error.message.startsWith("{");
  const message = readable ? text(error.message) : undefined;
  return { code, reason: text(data.reason), message, hint: text(data.hint), data };
};
