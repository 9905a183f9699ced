const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Runs every contender in turns, so that a busy moment of the machine hits all of them. Gives the median milliseconds of each. */
export const measureInTurns = async <Name extends string>(
  contenders: Readonly<Record<Name, () => unknown>>,
  budgetMs: number,
): Promise<Record<Name, number>> => {
  const names = Object.keys(contenders) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const batch = {} as Record<Name, number>;
  for (const name of names) {
    // Warm up, then take so many calls at once that the clock's grain does not show.
    const until = performance.now() + budgetMs / 4;
    let calls = 0;
    let last = 0;
    while (performance.now() < until || calls < 3) {
      const start = performance.now();
      await contenders[name]();
      last = performance.now() - start;
      calls++;
    }
    batch[name] = Math.max(1, Math.min(1000, Math.ceil(2 / Math.max(last, 0.001))));
  }
  const until = performance.now() + budgetMs * names.length;
  while (performance.now() < until || times[names[0] as Name].length < 5) {
    for (const name of names) {
      const start = performance.now();
      for (let call = 0; call < batch[name]; call++) await contenders[name]();
      times[name].push((performance.now() - start) / batch[name]);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
};
