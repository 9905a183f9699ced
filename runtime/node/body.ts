import type { InputField } from "./define-node";
import type { Ports } from "./port";

/** What a body asks for and gives: the container around it makes its own ports of it. */
export interface BodyInterface {
  /** What its input nodes ask for. */
  readonly fields: readonly InputField[];
  /** The same as ports, by name. */
  readonly inputs: Ports;
  /** What its output nodes take, by name; the kind is that of what is wired in. All optional: a branch may not reach them. */
  readonly outputs: Ports;
}

/** What decides what a body gives, beside what comes into it. */
export interface BodyContent {
  /** SHA-256, hex: the same where the steps do the same. */
  readonly hash: string;
  /** A step in it reads what was said before. */
  readonly readsConversation: boolean;
  /** A step in it gives what is of use only in its run, as a mask does. */
  readonly boundToRun: boolean;
}

export const noBody: BodyInterface = { fields: [], inputs: {}, outputs: {} };

/** Items of one list, or rounds of one loop. */
export const frameLimits = {
  /** Items of one list. */
  items: 10_000,
  /** Rounds of one loop. */
  rounds: 1_000,
  /** Frames of one run, in all containers together. */
  ofRun: 100_000,
  /** Items under way at once. */
  concurrency: 64,
} as const;
