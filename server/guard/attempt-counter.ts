interface AttemptLimits {
  readonly most: number;
  readonly windowMs: number;
  readonly now?: () => number;
}

/** Beyond this many names the counts start anew, so that invented names cannot fill the memory. */
const mostNames = 10_000;

/** Counts attempts by name within a fixed window, in this process. `take` is false once the window's attempts are used up. */
export const attemptCounter = ({ most, windowMs, now = Date.now }: AttemptLimits) => {
  const windows = new Map<string, { start: number; count: number }>();
  return {
    take: (name: string): boolean => {
      const known = windows.get(name);
      if (known === undefined || now() - known.start >= windowMs) {
        if (windows.size >= mostNames) windows.clear();
        windows.set(name, { start: now(), count: 1 });
        return true;
      }
      known.count += 1;
      return known.count <= most;
    },
  };
};
