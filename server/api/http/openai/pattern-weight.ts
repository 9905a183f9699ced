/** What the patterns of a schema in a request may come to: its answer is checked while other callers wait. */
export const patternLimits = { patterns: 20, weight: 20_000 } as const;

/** A repeat such as `{3}`, `{1,200}` or `{5,}`. */
const repeat = /\{(\d{1,6})(?:,(\d{0,6}))?\}/g;

/** The length of a pattern once its repeats are written out, at most: those within each other multiply. */
const weightOf = (pattern: string): number => {
  let weight = pattern.length;
  for (const [, least = "1", most] of pattern.matchAll(repeat)) weight *= Math.max(1, Number(least), Number(most || 1));
  return weight;
};

/** Why the patterns of a schema are too much; null where they are not. Walks the whole value without recursion. */
export const refusePatterns = (schema: unknown): string | null => {
  const patterns: string[] = [];
  const open: unknown[] = [schema];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      if (name === "pattern" && typeof member === "string") patterns.push(member);
      if (name === "patternProperties" && typeof member === "object" && member !== null)
        patterns.push(...Object.keys(member));
      open.push(member);
    }
  }
  if (patterns.length > patternLimits.patterns) return `It has more than ${patternLimits.patterns} patterns.`;
  const weight = patterns.reduce((sum, pattern) => sum + weightOf(pattern), 0);
  return weight > patternLimits.weight
    ? `With their repeats written out its patterns have ${weight > 1e9 ? "far " : ""}more than ${patternLimits.weight} characters.`
    : null;
};
