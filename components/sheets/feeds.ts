import type { Feeds, SheetPreview } from "./types";

type Inputs = SheetPreview["inputs"];

/** The first proposal: a column by its name, else what stands in the run panel, else nothing. */
export const guessedFeeds = (
  { inputs, mapping }: Pick<SheetPreview, "inputs" | "mapping">,
  panel: Readonly<Record<string, unknown>>,
): Feeds =>
  Object.fromEntries(
    inputs.map(({ name, required, takesCells }) => {
      const place = mapping[name];
      if (place !== undefined) return [name, place];
      // What is optional is left out unless somebody asks for it: the panel may hold what was typed for one run alone.
      return [name, Object.hasOwn(panel, name) && (required || !takesCells) ? "panel" : "nothing"];
    }),
  );

/** Names of the inputs that must be fed and are not. */
export const unfedOf = (inputs: Inputs, feeds: Feeds, panel: Readonly<Record<string, unknown>>): readonly string[] =>
  inputs.flatMap(({ name, required, hasDefault }) => {
    const feed = feeds[name] ?? "nothing";
    const isFed = typeof feed === "number" || (feed === "panel" && Object.hasOwn(panel, name));
    return isFed || !required || hasDefault ? [] : [name];
  });

/** As the server takes them. */
export const asStarted = (feeds: Feeds, panel: Readonly<Record<string, unknown>>) => {
  const entries = Object.entries(feeds);
  return {
    mapping: Object.fromEntries(entries.flatMap(([name, feed]) => (typeof feed === "number" ? [[name, feed]] : []))),
    fixed: Object.fromEntries(
      entries.flatMap(([name, feed]) => (feed === "panel" && Object.hasOwn(panel, name) ? [[name, panel[name]]] : [])),
    ),
  } as { mapping: Record<string, number>; fixed: Record<string, unknown> };
};
