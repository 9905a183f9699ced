import { randomUUID } from "node:crypto";
import type { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { ApplicationError, type ErrorDetails } from "@/server/platform/guard/application-error";
import { outageOf, outages } from "@/server/platform/readiness/outage";

export interface CallerFacingError extends Partial<ErrorDetails> {
  readonly message: string;
  /** With an unexpected error: the same reference stands in the server's log. */
  readonly reference?: string;
}

const maxFields = 20;
const maxMessage = 300;

const fieldsOf = (error: ZodError): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const issue of error.issues.slice(0, maxFields)) {
    const path = issue.path.map(String).join(".").slice(0, maxMessage) || "input";
    fields[path] ??= issue.message.slice(0, maxMessage);
  }
  return fields;
};

/** What tRPC's own refusals (unknown procedure, wrong method, unreadable body) say, without echoing the input. */
const ownWords: Partial<Record<TRPCError["code"], string>> = {
  PARSE_ERROR: "The request could not be read as JSON.",
  BAD_REQUEST: "The request is not in the expected form.",
  NOT_FOUND: "There is no such procedure.",
  METHOD_NOT_SUPPORTED: "Changes are sent as POST, questions as GET.",
  UNSUPPORTED_MEDIA_TYPE: "Send the request as application/json.",
  PAYLOAD_TOO_LARGE: "The request is too large.",
  CLIENT_CLOSED_REQUEST: "The request was cancelled.",
};

/**
 * The only place where an error becomes something a caller can read. Refusals pass with their details, input errors
 * become fields, and anything else is logged under a reference and says nothing about the inside.
 */
export const describeError = (
  error: TRPCError,
  log: (reference: string, cause: unknown) => void = logUnexpected,
): CallerFacingError => {
  if (error instanceof ApplicationError) return { message: error.message, ...error.details };
  if (error.cause instanceof ZodError) {
    const fields = fieldsOf(error.cause);
    const [first] = Object.entries(fields);
    const message = first ? `${first[0]}: ${first[1]}` : "The input is not valid.";
    return { message, reason: "input-invalid", fields };
  }
  const outage = outageOf(error.cause);
  if (outage !== null) {
    const { message, hint } = outages[outage];
    return { message, hint, reason: outage };
  }
  const ownWord = ownWords[error.code];
  if (ownWord !== undefined) return { message: ownWord, reason: "input-invalid" };
  const reference = randomUUID();
  log(reference, error.cause ?? error);
  return {
    message: "Something went wrong on our side. Nothing was changed by this step; try again.",
    reason: "internal",
    hint: `If it happens again, report reference ${reference}.`,
    reference,
  };
};

const logUnexpected = (reference: string, cause: unknown): void => {
  console.error(`unexpected error ${reference}:`, cause);
};
