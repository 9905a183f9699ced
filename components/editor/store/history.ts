/** Edits with the same key, closer together than this, are one step: a word typed is undone as a word. */
export const groupingPauseMs = 600;
/** Oldest steps beyond this many are forgotten. */
export const historyLimit = 500;

export interface Step<Operation> {
  /** In the order of applying. */
  readonly forward: readonly Operation[];
  /** In the order of undoing. */
  readonly backward: readonly Operation[];
  /** Steps of one gesture share a key; null never joins another step. */
  readonly key: string | null;
  /** Milliseconds, when the last edit of the step was made. */
  readonly at: number;
}

export interface History<Operation> {
  readonly past: readonly Step<Operation>[];
  readonly future: readonly Step<Operation>[];
}

export const emptyHistory: History<never> = { past: [], future: [] };

/** Notes a step that was just applied. What had been undone can no longer be redone. */
export const remember = <Operation>(history: History<Operation>, step: Step<Operation>): History<Operation> => {
  const last = history.past.at(-1);
  const joins = last && step.key !== null && last.key === step.key && step.at - last.at <= groupingPauseMs;
  if (joins && history.future.length === 0) {
    const joined: Step<Operation> = {
      forward: [...last.forward, ...step.forward],
      backward: [...step.backward, ...last.backward],
      key: step.key,
      at: step.at,
    };
    return { past: [...history.past.slice(0, -1), joined], future: [] };
  }
  return { past: [...history.past, step].slice(-historyLimit), future: [] };
};

export interface Moved<Operation> {
  readonly history: History<Operation>;
  readonly operations: readonly Operation[];
}

/** What to apply to go one step back; null at the beginning. */
export const stepBack = <Operation>(history: History<Operation>): Moved<Operation> | null => {
  const step = history.past.at(-1);
  if (!step) return null;
  return {
    history: { past: history.past.slice(0, -1), future: [closed(step), ...history.future] },
    operations: step.backward,
  };
};

/** What to apply to go one step forward again; null where nothing was undone. */
export const stepForward = <Operation>(history: History<Operation>): Moved<Operation> | null => {
  const step = history.future[0];
  if (!step) return null;
  return {
    history: { past: [...history.past, closed(step)], future: history.future.slice(1) },
    operations: step.forward,
  };
};

/** A step that was undone or redone takes no further edits in. */
const closed = <Operation>(step: Step<Operation>): Step<Operation> => ({ ...step, key: null });
