import { z } from "zod";
import type { InputField } from "@/runtime/node/define-node";

const name = z.string().min(1).max(128).nullable();

/** Which inputs of a pipeline take what of a chat, and which output is the reply. null: none. */
export const chatMapping = z.strictObject({
  /** The text of the last message of the user. */
  question: name,
  /** The texts of system and developer messages. */
  instructions: name,
  /** The messages before the last one of the user: a list of role and content for JSON, a transcript for text. */
  history: name,
  /** What the caller calls its end user. */
  user: name,
  /** The output that is the reply. */
  answer: name,
});
export type ChatMapping = z.output<typeof chatMapping>;

/** Of inputs by these names the first that there is takes each part; of outputs, the first is the reply. */
export const chatNames = {
  question: ["question", "message", "query", "prompt", "input", "text", "q"],
  instructions: ["instructions", "system"],
  history: ["history", "messages", "conversation"],
  user: ["user"],
  answer: ["answer", "reply", "response", "output", "text", "result"],
} as const satisfies Record<keyof ChatMapping, readonly string[]>;

interface Ports {
  readonly inputFields: readonly InputField[];
  readonly outputs: readonly { readonly name: string }[];
}

/** Goes by the names of inputs and outputs; where no name says so, the first text input takes the question and the first output is the reply. */
export const guessChatMapping = ({ inputFields, outputs }: Ports): ChatMapping => {
  const takesText = inputFields.filter(({ kind }) => kind === "text" || kind === "choice");
  const named = (part: Exclude<keyof ChatMapping, "answer">, fields: readonly InputField[]): string | null =>
    chatNames[part].find((each) => fields.some((field) => field.name === each)) ?? null;
  const instructions = named("instructions", takesText);
  const user = named("user", takesText);
  const history = named(
    "history",
    inputFields.filter(({ kind }) => kind === "text" || kind === "json"),
  );
  const taken = new Set([instructions, user, history]);
  const free = takesText.filter((field) => !taken.has(field.name));
  const question = named("question", free) ?? (free.find(({ required }) => required) ?? free[0])?.name ?? null;
  const answer =
    chatNames.answer.find((each) => outputs.some((output) => output.name === each)) ?? outputs[0]?.name ?? null;
  return { question, instructions, history, user, answer };
};

/** What was chosen, as far as it still fits; what names an input or output that is gone is guessed. */
export const chatMappingOf = (chosen: unknown, ports: Ports): ChatMapping => {
  const guess = guessChatMapping(ports);
  const read = chatMapping.safeParse(chosen);
  if (!read.success) return guess;
  const inputs = new Set(ports.inputFields.map((field) => field.name));
  const outputs = new Set(ports.outputs.map((output) => output.name));
  const fits = (part: keyof ChatMapping): string | null => {
    const given = read.data[part];
    return given === null || (part === "answer" ? outputs : inputs).has(given) ? given : guess[part];
  };
  return {
    question: fits("question"),
    instructions: fits("instructions"),
    history: fits("history"),
    user: fits("user"),
    answer: fits("answer"),
  };
};
