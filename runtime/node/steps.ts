/**
 * Work that can be left between its steps: at each `yield` others may have their turn. A step takes a few milliseconds at most, so what goes
 * over rows or pieces of a text yields at each of them.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** All of it at once: for what is small, and for threads that nobody waits for. */
export const atOnce = <Result>(steps: Steps<Result>): Result => {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
};

export interface Turns {
  /** Milliseconds. They decide when others have their turn, never what comes out. */
  readonly now: () => number;
  /** Comes back when everybody else has had a turn. */
  readonly others: () => Promise<void>;
}

/** Work is left after so many milliseconds. */
const turnMs = 10;
/** A timer, and not a promise alone: requests, timers and files have their turn before it. */
const realTurns: Turns = {
  now: () => performance.now(),
  others: () => new Promise((resolve) => setTimeout(resolve, 0)),
};

/** Does the work while the app goes on answering. Rejects with what the work throws, or with the reason of the signal. */
export const inTurns = async <Result>(
  steps: Steps<Result>,
  { signal, turns = realTurns }: { readonly signal?: AbortSignal; readonly turns?: Turns } = {},
): Promise<Result> => {
  let until = turns.now() + turnMs;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (turns.now() < until) continue;
    await turns.others();
    signal?.throwIfAborted();
    until = turns.now() + turnMs;
  }
};
