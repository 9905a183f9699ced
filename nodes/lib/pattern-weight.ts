/** A repeat such as `{3}`, `{1,200}` or `{5,}`, where it stands. */
const repeat = /\{(\d{1,6})(?:,(\d{0,6}))?\}/y;
/** An escape with what belongs to it, and a class of characters. */
const atom = /\\(?:[pPxu]\{[^}]{0,40}\}|[\s\S])|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]/y;

/** The signs of a pattern once its repeats are written out: those within each other multiply, those behind each other add up. */
export const patternWeight = (pattern: string): number => {
  const groups = [0];
  let last = 0;
  const add = (weight: number) => {
    groups[groups.length - 1] = (groups.at(-1) ?? 0) + weight;
  };
  for (let at = 0; at < pattern.length; ) {
    repeat.lastIndex = at;
    atom.lastIndex = at;
    const times = repeat.exec(pattern);
    if (times !== null) {
      const count = Math.max(1, Number(times[1]), Number(times[2] || 1));
      add(last * (count - 1));
      last *= count;
      at = repeat.lastIndex;
      continue;
    }
    const found = atom.exec(pattern);
    const sign = pattern[at];
    at = found === null ? at + 1 : atom.lastIndex;
    if (found === null && sign === "(") groups.push(0);
    else if (found === null && sign === ")" && groups.length > 1) {
      last = Math.max(1, groups.pop() ?? 1);
      add(last);
    } else {
      last = 1;
      add(1);
    }
  }
  return groups.reduce((sum, weight) => sum + weight, 0);
};
