import { type ASTNode, Environment } from "@marcbachmann/cel-js";
import { fail, ok, type Result } from "@/runtime/graph/result";

export const conditionLength = 1_000;

const environment = new Environment({ unlistedVariablesAreDyn: false, limits: { maxAstNodes: 200, maxDepth: 20 } })
  .registerVariable("state", "map")
  .registerVariable("round", "dyn");

type Compiled = ReturnType<typeof environment.parse>;
const mostKept = 100;
const compiled = new Map<string, Compiled>();

const parse = (expression: string): Compiled => {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const parsed = environment.parse(expression);
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(expression, parsed);
  return parsed;
};

const firstLine = (error: unknown): string =>
  (String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "").slice(0, 300);

/** They go over a list; one inside another would take its length to a power. */
const overLists = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** Why an expression may take for ever; null where it cannot. */
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
  const goesOver = overLists.has(name);
  if (goesOver && insideList) return `${name} may not stand inside another one that goes over a list.`;
  return endless(args, insideList || goesOver);
};

/** What is wrong with a condition, as an English sentence; null where nothing is. An empty one never holds. */
export const conditionProblem = (expression: string): string | null => {
  if (expression === "") return null;
  try {
    const parsed = parse(expression);
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
    const value: unknown = parse(expression)({ state, round });
    return typeof value === "boolean" ? ok(value) : fail(`It gave ${JSON.stringify(value) ?? "nothing"}.`);
  } catch (error) {
    return fail(firstLine(error));
  }
};
