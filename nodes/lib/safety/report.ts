import { z } from "zod";
import { rounded } from "../similarity";
import { type Finding, type FindingPart, finding, findingParts } from "./finding";

/** A report is stored with the run, so what it lists is bounded; what is masked and blocked is not. */
export const mostFindings = 500;

const reason = z.object({ part: z.enum(findingParts), kind: z.string(), score: z.number(), count: z.int() });

export const report = z.object({
  blocked: z.boolean(),
  /** Why, worst first; empty where nothing blocked. */
  reasons: z.array(reason),
  /** How many findings there are of each part. */
  counts: z.record(z.enum(findingParts), z.int()),
  /** The highest score of each part that was looked at. */
  scores: z.partialRecord(z.enum(findingParts), z.number()),
  items: z.array(finding),
  /** Findings beyond those listed. */
  omitted: z.int(),
});
export type Report = z.output<typeof report>;

export const makeReport = (
  findings: readonly Finding[],
  scores: Readonly<Partial<Record<FindingPart, number>>>,
  blocking: readonly Finding[],
): Report => {
  const reasons = new Map<string, z.output<typeof reason>>();
  for (const { part, kind, score } of blocking) {
    const key = `${part} ${kind}`;
    const known = reasons.get(key) ?? { part, kind, score: 0, count: 0 };
    reasons.set(key, { ...known, score: rounded(Math.max(score, known.score)), count: known.count + 1 });
  }
  const sorted = [...findings].sort((left, right) => left.start - right.start || left.end - right.end);
  return {
    blocked: blocking.length > 0,
    reasons: [...reasons.values()].sort((left, right) => right.score - left.score),
    counts: countsOf(findings),
    scores: Object.fromEntries(Object.entries(scores).map(([part, score]) => [part, rounded(score)])),
    items: sorted.slice(0, mostFindings).map((item) => ({ ...item, score: rounded(item.score) })),
    omitted: Math.max(0, findings.length - mostFindings),
  };
};

const countsOf = (findings: readonly Finding[]): Record<FindingPart, number> => {
  const counts = { word: 0, personal: 0, toxicity: 0, injection: 0 };
  for (const { part } of findings) counts[part] += 1;
  return counts;
};

const partNames: Readonly<Record<FindingPart, string>> = {
  word: "sensitive word",
  personal: "personal data",
  toxicity: "toxicity",
  injection: "prompt injection",
};

/** One English line, without any of the words that were found. */
export const describeReasons = ({ reasons }: Report): string =>
  `Blocked: ${reasons
    .map(({ part, kind, score, count }) =>
      part === "word" || part === "personal"
        ? `${partNames[part]} (${kind}, ${count} ×)`
        : `${partNames[part]} ${score} (${kind})`,
    )
    .join("; ")}.`;
