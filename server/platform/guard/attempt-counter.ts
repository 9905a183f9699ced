export interface AttemptLimits {
  readonly most: number;
  readonly windowMs: number;
}

/** Beyond this many names the counts start anew, so that invented names cannot fill the memory. */
const mostNames = 10_000;

/** Counts attempts by name within a fixed window, in this process. */
export const attemptCounter = (now: () => number = Date.now) => {
  const windows = new Map<string, { start: number; count: number }>();
  return {
    /** 0 where the attempt is allowed, else the milliseconds until the next one is. */
    take: (name: string, { most, windowMs }: AttemptLimits): number => {
      const known = windows.get(name);
      if (known === undefined || now() - known.start >= windowMs) {
        if (windows.size >= mostNames) windows.clear();
        windows.set(name, { start: now(), count: 1 });
        return 0;
      }
      known.count += 1;
      return known.count <= most ? 0 : known.start + windowMs - now();
    },
  };
};
