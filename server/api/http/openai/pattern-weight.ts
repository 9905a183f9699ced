import { patternWeight } from "@/nodes/lib/pattern-weight";

/** What the patterns of a schema in a request may come to: its answer is checked while other callers wait. */
export const patternLimits = { patterns: 20, weight: 5_000 } as const;

/** Members of a schema that hold values, not schemas. */
const values = new Set(["enum", "const", "default", "examples"]);

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
      if (!values.has(name)) open.push(member);
    }
  }
  if (patterns.length > patternLimits.patterns) return `It has more than ${patternLimits.patterns} patterns.`;
  const weight = patterns.reduce((sum, pattern) => sum + patternWeight(pattern), 0);
  return weight > patternLimits.weight
    ? `With their repeats written out its patterns have ${weight > 1e9 ? "far " : ""}more than ${patternLimits.weight} characters.`
    : null;
};
