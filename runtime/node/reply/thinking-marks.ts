/** How one family of models fences its thinking off. Letters are compared without case. */
export interface ThinkingMark {
  readonly open: string;
  readonly close: string;
}

/** DeepSeek, Qwen and most others; Claude's and prompt writers' habit; EXAONE and Gemini; Seed-OSS; Sky-T1; Kimi; Magistral; Command A; Gemma. */
export const thinkingMarks: readonly ThinkingMark[] = [
  { open: "<think>", close: "</think>" },
  { open: "<thinking>", close: "</thinking>" },
  { open: "<thought>", close: "</thought>" },
  { open: "<reasoning>", close: "</reasoning>" },
  { open: "<seed:think>", close: "</seed:think>" },
  { open: "<|begin_of_thought|>", close: "<|end_of_thought|>" },
  { open: "◁think▷", close: "◁/think▷" },
  { open: "[think]", close: "[/think]" },
  { open: "<|start_thinking|>", close: "<|end_thinking|>" },
  { open: "<|channel>thought", close: "<channel|>" },
];

/** What some models put around the answer that follows their thinking. */
export const answerMarks: readonly ThinkingMark[] = [
  { open: "<answer>", close: "</answer>" },
  { open: "<response>", close: "</response>" },
  { open: "<|begin_of_solution|>", close: "<|end_of_solution|>" },
  { open: "<|start_response|>", close: "<|end_response|>" },
];

/** The format of gpt-oss where the server does not take it apart; its last channel is the answer. */
export const harmony = {
  begins: ["<|channel|>", "<|start|>"],
  message: "<|message|>",
  ends: ["<|end|>", "<|return|>", "<|call|>"],
} as const;

/** The same format after a server dropped its special tokens: the names of the channels stick to the words. */
export const bareHarmony: ThinkingMark = { open: "analysis", close: "assistantfinal" };

/** Whether `mark` stands at `at`, without case. */
export const standsAt = (text: string, at: number, mark: string): boolean =>
  text.length >= at + mark.length && text.slice(at, at + mark.length).toLowerCase() === mark;

/** Whether the rest of the text from `at` may become `mark` once more of it has come. */
export const mayBecome = (text: string, at: number, mark: string): boolean => {
  const rest = text.slice(at, at + mark.length).toLowerCase();
  return rest.length < mark.length && mark.startsWith(rest);
};

/** Several marks that are looked for at once. */
export interface MarkSearch {
  readonly marks: readonly string[];
  readonly pattern: RegExp;
  readonly longest: number;
}

export const searchFor = (marks: readonly string[]): MarkSearch => ({
  marks,
  pattern: new RegExp(marks.map((mark) => mark.replace(/[[\]|/<>]/g, "\\$&")).join("|"), "i"),
  longest: Math.max(...marks.map(({ length }) => length)),
});

/** The first mark in the text (`mark` in lower case), or how much of the text no mark can begin in, whatever follows it. */
export const findMark = (
  text: string,
  { marks, pattern, longest }: MarkSearch,
  isEnd: boolean,
): { readonly at: number; readonly mark: string | null } => {
  const found = pattern.exec(text);
  if (found !== null) return { at: found.index, mark: found[0].toLowerCase() };
  if (isEnd) return { at: text.length, mark: null };
  for (let at = Math.max(0, text.length - longest + 1); at < text.length; at += 1) {
    if (marks.some((mark) => mayBecome(text, at, mark))) return { at, mark: null };
  }
  return { at: text.length, mark: null };
};
