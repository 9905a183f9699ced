import type { PortKind } from "./port";

/** Kinds that a `text` input takes besides text: they are written out the way a person would. */
const writable: ReadonlySet<PortKind> = new Set(["number", "boolean", "json"]);

/** Whether a wire from an output of kind `from` may end in an input of kind `to`. */
export const canConnect = (from: PortKind, to: PortKind): boolean =>
  from === to || from === "any" || to === "any" || (to === "text" && writable.has(from));

/** Carries a value across a wire that `canConnect` allowed. Anything that is not turned into text passes as it is. */
export const convert = (value: unknown, to: PortKind): unknown => {
  if (to !== "text" || typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value === undefined ? value : JSON.stringify(value, null, 2);
};
