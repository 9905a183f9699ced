import type { z } from "zod";

export interface FieldIssue {
  readonly path: readonly string[];
  readonly issue: z.core.$ZodIssue;
}

/** What is wrong with a config, by path. Empty where it is valid. */
export const configIssues = (schema: z.ZodObject, config: unknown): readonly FieldIssue[] => {
  const parsed = schema.safeParse(config);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => ({ path: issue.path.map(String), issue }));
};

/** The issues below a field, with paths that begin there. */
export const issuesBelow = (issues: readonly FieldIssue[], ...path: readonly string[]): readonly FieldIssue[] =>
  issues
    .filter((each) => path.every((part, index) => each.path[index] === part))
    .map(({ path: whole, issue }) => ({ path: whole.slice(path.length), issue }));
