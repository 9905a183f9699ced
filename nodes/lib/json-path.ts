import { fail, ok, type Result } from "@/runtime/graph/result";

/** A member's name, an index (negative counts from the end), or every element of a list. */
export type PathStep = string | number | typeof everyElement;
export const everyElement = Symbol("every element");

export const pathLimits = { length: 500, steps: 32, matches: 10_000 } as const;

/** One step at a time: `.name` or a leading `name`, `[0]`, `[-1]`, `[*]`, `["any key"]`. */
const step = /(?:\.|^)([\p{L}_$][\p{L}\p{M}\p{N}_$-]*)|\[(-?\d{1,9})\]|(\[\*\])|\["((?:[^"\\]|\\["\\])*)"\]/uy;

/**
 * A subset of JSONPath (RFC 9535): member names, indices and the wildcard over lists. The leading `$` may be left out; an
 * empty path is the value itself.
 */
export const parsePath = (path: string): Result<readonly PathStep[], string> => {
  const text = path.trim();
  if (text.length > pathLimits.length) return fail(`The path is longer than ${pathLimits.length} characters.`);
  const steps: PathStep[] = [];
  let position = text.startsWith("$") && !/^\$[\p{L}\p{M}\p{N}_$-]/u.test(text) ? 1 : 0;
  while (position < text.length) {
    step.lastIndex = position;
    const found = step.exec(text);
    if (!found) {
      return fail(
        `The path does not read on from "${text.slice(position, position + 20)}". Write it like items[0].name.`,
      );
    }
    const [, name, index, every, key] = found;
    if (name !== undefined) steps.push(name);
    else if (index !== undefined) steps.push(Number(index));
    else if (every !== undefined) steps.push(everyElement);
    else steps.push((key ?? "").replace(/\\(["\\])/g, "$1"));
    position = step.lastIndex;
  }
  return steps.length > pathLimits.steps ? fail(`The path has more than ${pathLimits.steps} steps.`) : ok(steps);
};

/** Writes steps back as a path. */
export const formatPath = (steps: readonly PathStep[]): string =>
  steps.reduce<string>((path, next) => {
    if (next === everyElement) return `${path}[*]`;
    if (typeof next === "number") return `${path}[${next}]`;
    const name = String(next);
    // A leading `$` of its own would be read as the whole value.
    const plain = /^[\p{L}_$][\p{L}\p{M}\p{N}_$-]*$/u.test(name) && !(path === "" && name === "$");
    if (!plain) return `${path}[${JSON.stringify(name)}]`;
    return path === "" ? name : `${path}.${name}`;
  }, "");

/** Only own members are found, so `__proto__` and `constructor` mean nothing unless the value holds them. The error names the step that found nothing. */
export const pick = (value: unknown, steps: readonly PathStep[]): Result<unknown, string> => {
  let current = value;
  for (const [position, next] of steps.entries()) {
    const here = position === 0 ? "the value" : `"${formatPath(steps.slice(0, position))}"`;
    if (next === everyElement) {
      if (!Array.isArray(current)) return fail(`${here} is not a list.`);
      if (current.length > pathLimits.matches) return fail(`${here} has more than ${pathLimits.matches} elements.`);
      const rest = steps.slice(position + 1);
      const found: unknown[] = [];
      for (const element of current) {
        const picked = pick(element, rest);
        if (picked.ok) found.push(picked.value);
      }
      return ok(rest.includes(everyElement) ? found.flat().slice(0, pathLimits.matches) : found);
    }
    if (typeof next === "number") {
      if (!Array.isArray(current)) return fail(`${here} is not a list.`);
      const index = next < 0 ? current.length + next : next;
      if (index < 0 || index >= current.length)
        return fail(`${here} has ${current.length} elements, none at [${next}].`);
      current = current[index];
      continue;
    }
    if (typeof current !== "object" || current === null || Array.isArray(current))
      return fail(`${here} has no fields.`);
    if (!Object.hasOwn(current, next)) return fail(`${here} has no field "${String(next)}".`);
    current = (current as Record<string, unknown>)[next];
  }
  return ok(current);
};
