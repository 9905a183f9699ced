import type { ChatPart, ChatRequest, JsonSchema } from "@/runtime/node/context";
import type { Message } from "@/runtime/node/port";
import { isRecord } from "@/runtime/node/record";
import { readJson } from "@/runtime/node/reply/read-json";
import { outcomeOf } from "@/runtime/node/reply/reply-outcome";
import type { ChatTool } from "@/runtime/node/tool";

/**
 * Tools for a model whose server knows none: the model is told of them in words and held to JSON of one form, by grammar where the server has one:
 * `{"tool": name, "arguments": {…}}` for a call, `{"answer": …}` for the end.
 */
export const inPrompt = (request: ChatRequest): ChatRequest => {
  const { tools = [], toolChoice = "auto", responseSchema, messages, ...rest } = request;
  const told = messages.map(plainMessage);
  if (tools.length === 0 || toolChoice === "none")
    return { ...rest, messages: joinedResults(told), ...(responseSchema === undefined ? {} : { responseSchema }) };
  return {
    ...rest,
    messages: withInstruction(joinedResults(told), instruction(tools, toolChoice === "required", responseSchema)),
    responseSchema: replySchema(tools, toolChoice === "required", responseSchema),
  };
};

/** Whether a model may call tools in its reply to a request. */
export const offersTools = ({ tools = [], toolChoice = "auto" }: ChatRequest): boolean =>
  tools.length > 0 && toolChoice !== "none";

const replySchema = (tools: readonly ChatTool[], mustCall: boolean, answer: JsonSchema | undefined): JsonSchema => ({
  anyOf: [
    ...tools.map(({ name, parameters }) => ({
      type: "object",
      properties: { tool: { const: name }, arguments: parameters },
      required: ["tool", "arguments"],
      additionalProperties: false,
    })),
    ...(mustCall
      ? []
      : [
          {
            type: "object",
            properties: { answer: answer ?? { type: "string" } },
            required: ["answer"],
            additionalProperties: false,
          },
        ]),
  ],
});

const instruction = (tools: readonly ChatTool[], mustCall: boolean, answer: JsonSchema | undefined): string =>
  [
    "You can use these tools. Each takes arguments of the JSON Schema behind its name:",
    ...tools.map(
      ({ name, description, parameters }) =>
        `- ${name}: ${description || "no description"} ${JSON.stringify(parameters)}`,
    ),
    'To use a tool, reply with {"tool": "its name", "arguments": {…}} and nothing else; its result comes in the next message.',
    mustCall
      ? "Use one of them now."
      : `When you need no tool, or know enough, reply with {"answer": ${answer === undefined ? '"your answer"' : `a value of this JSON Schema: ${JSON.stringify(answer)}`}} and nothing else.`,
  ].join("\n");

const withInstruction = (messages: readonly Message[], text: string): Message[] => {
  const [first, ...rest] = messages;
  return first?.role === "system"
    ? [{ ...first, content: `${first.content}\n\n${text}` }, ...rest]
    : [{ role: "system", content: text }, ...messages];
};

/** Calls and results as words of the two who speak. */
const plainMessage = ({ role, content, images, toolCalls = [] }: Message): Message => {
  const shown = images === undefined ? {} : { images };
  if (role === "tool") return { role: "user", content: `The tool gave:\n${content}`, ...shown };
  if (role !== "assistant" || toolCalls.length === 0) return { role, content, ...shown };
  const calls = toolCalls.map((call) => `{"tool": ${JSON.stringify(call.name)}, "arguments": ${call.arguments}}`);
  return { role, content: [...(content === "" ? [] : [content]), ...calls].join("\n") };
};

/** Results that follow each other are one message: many templates take no two of one role in a row. */
const joinedResults = (messages: readonly Message[]): readonly Message[] => {
  const joined: Message[] = [];
  for (const message of messages) {
    const last = joined.at(-1);
    if (last?.role === "user" && message.role === "user" && message.images === undefined && last.images === undefined)
      joined[joined.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` };
    else joined.push(message);
  }
  return joined;
};

/** What a reply in the form of `inPrompt` says. One in another form is an answer in words. */
export const readPromptedReply = (
  text: string,
  tools: readonly ChatTool[],
): { readonly answer: string } | { readonly name: string; readonly arguments: string } => {
  const read = readJson(text, {
    problemOf: (value) =>
      isRecord(value) && (typeof value.tool === "string" || "answer" in value)
        ? null
        : "it is neither a call nor an answer",
  });
  if (!read.ok || !isRecord(read.value.value)) return { answer: text };
  const { tool, answer, arguments: given = {} } = read.value.value;
  if (typeof tool === "string" && (!("answer" in read.value.value) || tools.some(({ name }) => name === tool)))
    return { name: tool, arguments: typeof given === "string" ? given : JSON.stringify(given) };
  return { answer: typeof answer === "string" ? answer : JSON.stringify(answer) };
};

const answerHead = /^\s{0,100}\{\s{0,100}"answer"\s{0,100}:\s{0,100}"/;

/** The words of `{"answer": "…` as they grow, so that they can be shown before the reply is whole. */
class AnswerWords {
  #all = "";
  #isAnswer: boolean | null = null;
  #from = 0;
  #ended = false;
  /** What was given so far. */
  given = "";

  push(piece: string): string {
    this.#all += piece;
    if (this.#ended || this.#isAnswer === false) return "";
    if (this.#isAnswer === null) {
      const head = answerHead.exec(this.#all);
      if (head === null) {
        if (this.#all.length > 600) this.#isAnswer = false;
        return "";
      }
      this.#isAnswer = true;
      this.#from = head[0].length;
    }
    let end = this.#from;
    while (end < this.#all.length && this.#all[end] !== '"') {
      if (this.#all[end] !== "\\") end += 1;
      else {
        const length = this.#all[end + 1] === "u" ? 6 : 2;
        if (end + length > this.#all.length) break;
        end += length;
      }
    }
    if (this.#all[end] === '"') this.#ended = true;
    const words = decode(this.#all.slice(this.#from, end));
    this.#from = end;
    this.given += words;
    return words;
  }

  get all(): string {
    return this.#all;
  }
}

const decode = (inner: string): string => {
  try {
    return JSON.parse(`"${inner.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`) as string;
  } catch {
    return "";
  }
};

/** The parts of a reply in the form of `inPrompt` as those of a reply whose server knows tools. */
export class PromptedReply {
  #words = new AnswerWords();

  constructor(
    private readonly tools: readonly ChatTool[],
    private readonly nextCall: number,
  ) {}

  *pass(parts: Iterable<ChatPart>): Generator<ChatPart> {
    for (const part of parts) {
      switch (part.type) {
        case "text-delta": {
          const delta = this.#words.push(part.delta);
          if (delta !== "") yield { type: "text-delta", delta };
          break;
        }
        case "retract":
          if (part.what === "text") this.#words = new AnswerWords();
          yield part;
          break;
        case "finish":
          yield* this.#end(part);
          break;
        default:
          yield part;
      }
    }
  }

  *#end(finish: Extract<ChatPart, { readonly type: "finish" }>): Generator<ChatPart> {
    const { all, given } = this.#words;
    const said = readPromptedReply(all, this.tools);
    if ("name" in said && given === "") {
      yield { type: "tool-call", call: { id: `call${String(this.nextCall).padStart(5, "0")}`, ...said } };
      const reason = finish.reason === "stop" || finish.reason === "unsaid" ? "tool-calls" : finish.reason;
      yield { ...finish, reason, outcome: outcomeOf(reason, "", 1) };
      return;
    }
    const answer = "answer" in said ? said.answer : given;
    const rest = answer.startsWith(given) ? answer.slice(given.length) : "";
    if (rest !== "") yield { type: "text-delta", delta: rest };
    yield { ...finish, outcome: outcomeOf(finish.reason, answer) };
  }
}
