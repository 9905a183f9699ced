import type { RunErrorCode } from "@/runtime/run/errors";

/** How a node says that it cannot go on. The executor turns it into the node's error; any other throw is a bug and becomes `internal`. */
export class NodeFailure extends Error {
  override readonly name = "NodeFailure";
  constructor(
    readonly code: RunErrorCode,
    /** English sentence: what happened and why. Never holds a secret. */
    message: string,
    readonly options: {
      /** English sentence: what to do. */
      readonly hint?: string;
      /** Earliest useful retry, in milliseconds, where the other side said so. */
      readonly retryAfterMs?: number;
      /** It passes by itself, as a busy server does or one that loads its model: who has time waits and asks again. */
      readonly passing?: boolean;
      /** No server answered at all, so it says nothing of one model: refused or unresolved connections. */
      readonly unreached?: boolean;
      /** How often the step should be tried in all, whatever its own settings say; left out where those hold. */
      readonly tries?: number;
      /** All that the other side said, for code that learns from it. Never shown: it may hold a secret. */
      readonly said?: string;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
  }
}

/** By shape, not by class: a bundler may load this module twice. */
export const isNodeFailure = (thrown: unknown): thrown is NodeFailure =>
  thrown instanceof Error && thrown.name === "NodeFailure" && "code" in thrown && "options" in thrown;
