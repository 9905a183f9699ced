import type { ASTNode } from "@marcbachmann/cel-js";
import { getOwn } from "@/runtime/node/record";
import { valueCharacters } from "@/runtime/node/value-size";

/** Macros that go over a list, and test each item of it. */
export const overLists: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** Characters of the state that the items of a list may be held against, all of them together: about a tenth of a second. */
export const comparedCharacters = 10_000_000;

const isNode = (value: unknown): value is ASTNode => typeof value === "object" && value !== null && "op" in value;

/** Called for a node and all nodes in it. */
const visit = (value: unknown, see: (node: ASTNode) => boolean): void => {
  if (Array.isArray(value)) for (const each of value) visit(each, see);
  else if (isNode(value) && see(value)) visit(value.args, see);
};

/** What of the state is looked at. */
interface Look {
  /** Names that lead to it, as far as they are written out. */
  readonly path: readonly string[];
  /** What is worked out on the way: from there on, anything may be meant. */
  readonly worked: readonly unknown[];
}

/** null where it does not begin at the state. */
const lookOf = (node: unknown): Look | null => {
  if (!isNode(node)) return null;
  const { op, args } = node as { readonly op: string; readonly args: unknown };
  if (op === "id") return args === "state" ? { path: [], worked: [] } : null;
  if ((op !== "." && op !== "[]") || !Array.isArray(args)) return null;
  const [of, step] = args as readonly unknown[];
  const before = lookOf(of);
  if (before === null) return null;
  const name = isNode(step) && (step.op as string) === "value" ? (step.args as unknown) : step;
  if (typeof name !== "string") return { ...before, worked: [...before.worked, step] };
  return before.worked.length > 0 ? before : { ...before, path: [...before.path, name] };
};

const valueAt = (state: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null
        ? getOwn(value as Readonly<Record<string, unknown>>, name)
        : undefined,
    state,
  );

/** A list that is gone over, and what of the state is looked at again for each of its items. */
interface Walk {
  /** null for a list that is made in the condition. */
  readonly list: Look | null;
  readonly again: readonly (readonly string[])[];
}

/** What a condition holds each item of a list against, to be counted before it is tested. */
export const walksOf = (ast: unknown): readonly Walk[] => {
  const walks: Walk[] = [];
  visit(ast, ({ op, args }) => {
    const [name, list, tests] = (op as string) === "rcall" && Array.isArray(args) ? (args as readonly unknown[]) : [];
    if (typeof name !== "string" || !overLists.has(name)) return true;
    const again: (readonly string[])[] = [];
    const see = (node: ASTNode): boolean => {
      const look = lookOf(node);
      if (look === null) return true;
      again.push(look.path);
      visit(look.worked, see);
      return false;
    };
    visit(tests, see);
    if (again.length > 0) walks.push({ list: lookOf(list), again });
    return true;
  });
  return walks;
};

/** Whether testing them over a state would take longer than it may: how long the list is, times the characters of what its items are held against. */
export const isTooCostly = (walks: readonly Walk[], state: Readonly<Record<string, unknown>>): boolean => {
  let sum = 0;
  for (const { list, again } of walks) {
    const items = list === null ? null : valueAt(state, list.path);
    const isThere = Array.isArray(items) && list?.worked.length === 0;
    const length = isThere ? items.length : valueCharacters(items ?? state, comparedCharacters);
    for (const path of again) {
      const value = valueAt(state, path);
      if (value !== undefined) sum += length * valueCharacters(value, comparedCharacters);
      if (sum > comparedCharacters) return true;
    }
  }
  return false;
};
