import type { PromptContent, PromptKind } from "../prompt-content";

/** What a prompt is looked at for, and how many of 100 points each is worth. */
export const qualityWeights = { clarity: 30, structure: 25, relevance: 20, examples: 15, constraints: 10 } as const;
export type QualityPart = keyof typeof qualityWeights;

export const findingCodes = [
  "too-short",
  "no-task",
  "vague-word",
  "long-sentence",
  "brief-and-long",
  "wall-of-text",
  "bare-value",
  "odd-braces",
  "open-fence",
  "many-asks",
  "unused-variable",
  "no-variable",
  "said-twice",
  "left-over",
  "no-examples",
  "one-example",
  "same-replies",
  "same-examples",
  "braces-in-example",
  "reply-not-json",
  "no-form",
  "no-way-out",
  "no-length",
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Where something was found: a stretch of a text in UTF-16 units, a row of the examples, or a variable by its name. */
export type FindingPlace =
  | { readonly field: "system" | "user"; readonly start: number; readonly end: number }
  | { readonly field: "examples"; readonly index: number }
  | { readonly field: "variables"; readonly name: string }
  /** The prompt as a whole. */
  | { readonly field: null };

export interface Finding {
  readonly code: FindingCode;
  readonly part: QualityPart;
  /** Points that it takes; all findings of a part together take no more than the part is worth. */
  readonly points: number;
  readonly at: FindingPlace;
  /** The words at fault, cut to a line; empty for the prompt as a whole. */
  readonly quote: string;
}

/** What every rule is given. */
export interface Looked {
  readonly kind: PromptKind;
  readonly content: PromptContent;
  /** Instructions and message that are not empty. */
  readonly texts: readonly { readonly field: "system" | "user"; readonly text: string }[];
}

export type Rule = (looked: Looked) => readonly Finding[];

const longestQuote = 80;
export const quoteOf = (text: string): string => {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length <= longestQuote ? line : `${line.slice(0, longestQuote - 1).toWellFormed()}…`;
};

/** A finding on the prompt as a whole. */
export const onWhole = (code: FindingCode, part: QualityPart, points: number): Finding => ({
  code,
  part,
  points,
  at: { field: null },
  quote: "",
});

/** A finding on a stretch of a text. */
export const onText = (
  code: FindingCode,
  part: QualityPart,
  points: number,
  { field, text }: Looked["texts"][number],
  start: number,
  end: number,
): Finding => ({ code, part, points, at: { field, start, end }, quote: quoteOf(text.slice(start, end)) });
