import type { PromptContent, PromptKind } from "../prompt-content";
import { clarityRules } from "./clarity";
import { constraintRules } from "./constraints";
import { exampleRules } from "./examples";
import { type Finding, type Looked, type QualityPart, qualityWeights, type Rule } from "./finding";
import { relevanceRules } from "./relevance";
import { structureRules } from "./structure";

export interface PromptQuality {
  /** 0 to 100: the points of the parts together. */
  readonly score: number;
  readonly parts: readonly { readonly part: QualityPart; readonly points: number; readonly weight: number }[];
  /** What takes most points first; of many alike the first few, with the number of all. */
  readonly findings: readonly Finding[];
  /** Findings that are not listed. */
  readonly more: number;
}

const rules: readonly Rule[] = [
  ...clarityRules,
  ...structureRules,
  ...relevanceRules,
  ...exampleRules,
  ...constraintRules,
];
/** Of one kind, and of all. */
const most = { alike: 3, all: 20 } as const;

/**
 * How well a prompt is written, by rules alone, in English and Chinese: clarity 30, structure 25, relevance 20, examples 15, constraints 10. Each finding says where, and its code says what to do. A
 * part loses at most what it is worth. It reads words, not meaning: what it does not find may still be wrong, and only an experiment says whether answers get better.
 */
export const checkQuality = (kind: PromptKind, content: PromptContent): PromptQuality => {
  const texts: Looked["texts"] = (["system", "user"] as const)
    .map((field) => ({ field, text: content[field] }))
    .filter(({ text }) => text.trim() !== "");
  const found = rules.flatMap((rule) => rule({ kind, content, texts }));
  const parts = (Object.keys(qualityWeights) as QualityPart[]).map((part) => {
    const lost = found.reduce((sum, finding) => (finding.part === part ? sum + finding.points : sum), 0);
    const weight = qualityWeights[part];
    return { part, weight, points: Math.max(0, weight - lost) };
  });
  const alike = new Map<string, number>();
  const listed = found.filter(({ code }) => {
    const count = (alike.get(code) ?? 0) + 1;
    alike.set(code, count);
    return count <= most.alike;
  });
  const findings = listed.sort((a, b) => b.points - a.points).slice(0, most.all);
  const score = parts.reduce((sum, { points }) => sum + points, 0);
  return { score, parts, findings, more: found.length - findings.length };
};
