import { z } from "zod";
import { compareLimits } from "./compare-limits";
import type { CompareCase } from "./compare-store";

/** Characters beyond which cases are not kept over a reload. */
const sizeLimit = 400_000;

const kept = z.array(
  z.strictObject({
    id: z.string().min(1).max(64),
    values: z.record(z.string(), z.string()),
    expected: z.string().default(""),
  }),
);

const keyOf = (pipeline: string): string => `pipewright.cases.${pipeline}`;

/** The cases that a pipeline's variants were last compared on in this browser. */
export const readCases = (storage: Pick<Storage, "getItem">, pipeline: string): readonly CompareCase[] => {
  try {
    const parsed = kept.safeParse(JSON.parse(storage.getItem(keyOf(pipeline)) ?? "[]"));
    return parsed.success ? parsed.data.slice(0, compareLimits.cases) : [];
  } catch {
    return [];
  }
};

/** A full or forbidden storage is no harm: they are then not there after a reload. */
export const keepCases = (
  storage: Pick<Storage, "setItem" | "removeItem">,
  pipeline: string,
  cases: readonly CompareCase[],
): void => {
  const text = JSON.stringify(cases);
  try {
    if (text.length > sizeLimit || cases.length === 0) storage.removeItem(keyOf(pipeline));
    else storage.setItem(keyOf(pipeline), text);
  } catch {
    // As above.
  }
};
