import { bareText } from "@/runtime/node/reply/bare-text";
import { readJson } from "@/runtime/node/reply/read-json";
import { splitThinking } from "@/runtime/node/reply/thinking-splitter";

export type Choice = "A" | "B" | "same";

export interface ReadChoice {
  readonly better: Choice;
  readonly reason: string;
}

const same = /^(?:same|tie|tied|equal|both|neither|draw|c|no difference|平局|相同|一样|持平|都好|差不多)$/;
/** Characters at the end of a reply that are looked at. */
const longest = 8_000;

/** A word or two that are the choice. */
const exact = (written: string): Choice | null => {
  const word = bareText(written.normalize("NFKC").toLowerCase()).replace(
    /^(?:answer|response|option|assistant|回答|答案|选项)\s*/,
    "",
  );
  if (word === "a") return "A";
  if (word === "b") return "B";
  return same.test(word) ? "same" : null;
};

const only = (choices: readonly (Choice | null)[]): Choice | null => {
  const [first] = choices;
  return first !== undefined && first !== null && choices.every((choice) => choice === first) ? first : null;
};

const said =
  /(?:better|best|winner|verdict|choice|choose|chosen|prefer(?:red)?|final answer|更好的?|胜者|选择|更优)[^\p{L}]{0,6}(?:(?:is|the|one|answer|response|option|回答|答案|是|为)\s{0,3}[:"'*`\s]*){0,3}["'*`[\s]{0,6}(a|b|c|same|tie|equal|平局|相同)(?![\p{L}\p{N}])/giu;
const wins =
  /(?<![\p{L}\p{N}])(?:answer|response|option|回答|答案)?\s{0,3}["'*`[]{0,6}(a|b)["'*`\]]*\s{0,3}(?:is (?:clearly |slightly |much )?better|wins|is preferred|更好|更优|胜出)/giu;
const ties = /(?:equally good|no (?:real |clear )?difference|it(?:'s| is) a tie|两者(?:相同|一样|相当)|不相上下)/i;

const inWords = (answer: string): Choice | null => {
  const whole = exact(answer);
  if (whole !== null) return whole;
  const text = answer.slice(-longest).normalize("NFKC");
  const bracketed = [...text.matchAll(/\[\[\s*(a|b|c|same|tie)\s*\]\]/gi)];
  if (bracketed.length > 0) return exact(bracketed.at(-1)?.[1] ?? "");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const last =
    exact(lines.at(-1) ?? "") ?? exact((lines.at(-1) ?? "").slice((lines.at(-1) ?? "").lastIndexOf(":") + 1));
  if (last !== null) return last;
  const named = [...text.matchAll(said), ...text.matchAll(wins)].map(([, choice]) => exact(choice ?? ""));
  if (named.length > 0) return only(named);
  return ties.test(text) ? "same" : null;
};

const choiceIn = (value: unknown): ReadChoice | null => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  const given = entries.find(([key]) => /^(?:better|choice|winner|verdict|answer|更好)$/i.test(key))?.[1];
  const better = typeof given === "string" ? exact(given) : null;
  const reason = entries.find(([key]) => /reason|explanation|理由|原因/i.test(key))?.[1];
  return better === null ? null : { better, reason: typeof reason === "string" ? reason : "" };
};

/** Which of two answers a judge's reply prefers, its thinking left out. null: it cannot be told. */
export const readChoice = (reply: string): ReadChoice | null => {
  const { answer } = splitThinking(reply);
  const json = readJson(answer, { problemOf: (value) => (choiceIn(value) === null ? "gives no choice" : null) });
  if (json.ok) return choiceIn(json.value.value);
  if (json.error.kind === "cut" || json.error.kind === "too-long") return null;
  const better = inWords(answer);
  return better === null ? null : { better, reason: answer.trim() };
};
