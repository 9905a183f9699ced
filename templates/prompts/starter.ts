import type { Localized } from "@/runtime/node/localized";

/** A prompt that one begins with, in one language. */
export interface StarterText {
  readonly name: string;
  readonly system: string;
  readonly user: string;
  readonly examples?: readonly { readonly user: string; readonly assistant: string }[];
  /** What each variable is, by name. */
  readonly variables?: Readonly<Record<string, string>>;
  /** A few cases to try it on: a value for each variable, and what is expected where one answer is right. */
  readonly tests: readonly { readonly inputs: Readonly<Record<string, string>>; readonly expected?: string }[];
}

export interface Starter {
  readonly key: string;
  readonly kind: "chat" | "text" | "rubric";
  readonly taskType: string;
  /** What it is for, in a line. */
  readonly summary: Localized;
  readonly settings?: { readonly temperature?: number; readonly maxTokens?: number };
  readonly text: { readonly en: StarterText; readonly zh: StarterText };
}
