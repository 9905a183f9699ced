import { TRPCError } from "@trpc/server";
import type { SetUpProblem } from "@/runtime/eval/contract/set-up-problem";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import type { BreakingChange } from "@/runtime/plan/interface-changes";
import type { PartRefusal } from "@/runtime/run/run-part";

/** Why a call was refused, in words that the interface translates. A subject adds its own here. */
export const errorReasons = [
  "sign-in-required",
  "role-too-low",
  "origin-refused",
  "input-invalid",
  "too-large",
  "too-many-requests",
  "not-found",
  "stale-revision",
  "live-changed",
  "breaking-change",
  "label-moved",
  "document-refused",
  "graph-invalid",
  "part-refused",
  "password-wrong",
  "name-taken",
  "limit-reached",
  "rows-refused",
  "gate-not-passed",
  "in-use",
  "answered",
  "conversation-busy",
  "mail-refused",
  "password-needed",
  "not-asked",
  "is-live",
  "model-failed",
  "disk-full",
  "database-gone",
  "leaving",
  "internal",
] as const;
export type ErrorReason = (typeof errorReasons)[number];

/** What a caller may learn beside the message; it travels as `error.data`. Nothing here may hold a secret. */
export interface ErrorDetails {
  readonly reason: ErrorReason;
  /** English sentence: what to do. */
  readonly hint?: string;
  /** With `stale-revision`: what the database holds now. */
  readonly conflict?: { readonly revision: number; readonly updatedAt: Date };
  readonly diagnostics?: readonly Diagnostic[];
  /** With `breaking-change`: what breaks, in words that the interface translates. */
  readonly breaking?: readonly BreakingChange[];
  /** Message by dotted path of the input at fault. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The same for the set-up of an experiment or gate, in words that the interface translates. */
  /** With `part-refused`: why a part of a pipeline cannot be run, in words that the interface translates. */
  readonly part?: PartRefusal;
  readonly problems?: Readonly<Record<string, Omit<SetUpProblem, "message">>>;
}

/** A refusal that its caller is meant to read. Every other throw is a bug and reaches the caller as a code and a reference. */
export class ApplicationError extends TRPCError {
  readonly details: ErrorDetails;

  constructor(code: TRPCError["code"], message: string, details: ErrorDetails) {
    super({ code, message });
    this.name = "ApplicationError";
    this.details = details;
  }
}

/** The same answer for what does not exist and for what belongs to another workspace. */
export const notFound = (what: string): ApplicationError =>
  new ApplicationError("NOT_FOUND", `This ${what} does not exist, or you cannot see it.`, { reason: "not-found" });
