import type { FormValues } from "@/components/run/run-inputs";
import { canonicalJson } from "@/runtime/graph/hash";
import type { CompareCase } from "./compare-store";

export interface FoundCase {
  readonly values: FormValues;
  readonly expected: string;
}

/**
 * What found cases add to those there are: none comes twice; one that is there, and of which nobody had said what is expected, learns it.
 */
export const newCases = (
  there: readonly CompareCase[],
  found: readonly FoundCase[],
): {
  readonly fresh: readonly FoundCase[];
  readonly learnt: readonly { readonly id: string; readonly expected: string }[];
} => {
  const known = new Map(there.map((each) => [canonicalJson(each.values), each]));
  const seen = new Set<string>();
  const fresh: FoundCase[] = [];
  const learnt: { id: string; expected: string }[] = [];
  for (const each of found) {
    const key = canonicalJson(each.values);
    if (seen.has(key)) continue;
    seen.add(key);
    const own = known.get(key);
    if (own === undefined) fresh.push(each);
    else if (own.expected.trim() === "" && each.expected.trim() !== "")
      learnt.push({ id: own.id, expected: each.expected });
  }
  return { fresh, learnt };
};
