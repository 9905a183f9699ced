import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { isTooCostly, overLists, walksOf } from "./condition-cost";

export const conditionLength = 1_000;

const environment = new Environment({ unlistedVariablesAreDyn: false, limits: { maxAstNodes: 200, maxDepth: 20 } })
  .registerVariable("state", "map")
  .registerVariable("round", "dyn");

interface Compiled {
  readonly test: ReturnType<typeof environment.parse>;
  readonly walks: ReturnType<typeof walksOf>;
}
const mostKept = 100;
const compiled = new Map<string, Compiled>();

const parse = (expression: string): Compiled => {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const test = environment.parse(expression);
  const parsed = { test, walks: walksOf(test.ast) };
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(expression, parsed);
  return parsed;
};

const firstLine = (error: unknown): string =>
  (String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "").slice(0, 300);

/** Why an expression may take for ever; null where it cannot. What goes over a list inside what does would take its length to a power. */
const endless = (node: unknown, insideList: boolean): string | null => {
  if (Array.isArray(node)) {
    for (const each of node) {
      const found = endless(each, insideList);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof node !== "object" || node === null || !("op" in node)) return null;
  const { op, args } = node as ASTNode;
  const name = (op === "call" || op === "rcall") && Array.isArray(args) ? String(args[0]) : "";
  if (name === "matches") return "matches is not allowed here: use contains, startsWith or ==.";
  if (name === "bind") return "bind is not allowed here: write out what it stands for.";
  const goesOver = overLists.has(name);
  if (goesOver && insideList) return `${name} may not stand inside another one that goes over a list.`;
  return endless(args, insideList || goesOver);
};

/** What is wrong with a condition, as an English sentence; null where nothing is. An empty one never holds. */
export const conditionProblem = (expression: string): string | null => {
  if (expression === "") return null;
  try {
    const { test: parsed } = parse(expression);
    const { valid, type = "dyn", error } = parsed.check();
    if (!valid) return firstLine(error);
    if (type !== "bool" && type !== "dyn") return `It gives ${type}, and should give true or false.`;
    return endless(parsed.ast, false);
  } catch (error) {
    return firstLine(error);
  }
};

/** Whether a condition holds after so many rounds. Numbers of the state are compared as they are, whole or not. */
export const conditionHolds = (
  expression: string,
  state: Readonly<Record<string, unknown>>,
  round: number,
): Result<boolean, string> => {
  if (expression === "") return ok(false);
  try {
    const { test, walks } = parse(expression);
    if (isTooCostly(walks, state)) return fail("It holds too many items of a list against too much of the state.");
    const value: unknown = test({ state, round });
    return typeof value === "boolean" ? ok(value) : fail(`It gave ${JSON.stringify(value) ?? "nothing"}.`);
  } catch (error) {
    return fail(firstLine(error));
  }
};
