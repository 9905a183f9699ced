import { isRecord } from "@/runtime/node/record";
import { type Content, readContent, type SentFile } from "./content";
import { parameterRefusal } from "./openai-refusal";

/** What a request says, whichever of the two APIs it came by. */
export interface Conversation {
  /** Of the last message of the user. */
  readonly question: string;
  /** Those of the user's last turn that has any: clients send all that was said before again, with its files. */
  readonly files: readonly SentFile[];
  /** Where the files of earlier turns stand. */
  readonly earlierFiles: readonly string[];
  readonly instructions: string;
  /** What was said before it, by users, assistants and tools. */
  readonly history: readonly { readonly role: string; readonly content: string }[];
}

export const mostMessages = 2_000;
const roles: ReadonlySet<unknown> = new Set(["system", "developer", "user", "assistant", "tool", "function"]);

interface Message {
  readonly role: string;
  readonly content: Content;
}

/** An assistant that only called tools has no content; what it called is then its content, so that it is not lost. */
const calledTools = (message: Readonly<Record<string, unknown>>): string => {
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  return calls.length === 0 ? "" : JSON.stringify(calls);
};

const readMessage = (message: unknown, at: string): Message => {
  if (!isRecord(message)) throw parameterRefusal(at, "A message is an object with a role and a content.");
  const { role = "user" } = message;
  if (!roles.has(role)) throw parameterRefusal(`${at}.role`, `"${String(role).slice(0, 40)}" is no role.`);
  const content = readContent(message.content, `${at}.content`);
  const text = content.text === "" && role === "assistant" ? calledTools(message) : content.text;
  return { role: role as string, content: { ...content, text } };
};

/** Where the last turn with files begins: behind the answer before it. */
const filesFrom = (said: readonly Message[]): number => {
  const lastWith = said.findLastIndex(({ content }) => content.files.length > 0);
  return lastWith < 0 ? 0 : said.slice(0, lastWith).findLastIndex(({ role }) => role === "assistant") + 1;
};

/** Reads the messages of a request. `at` is what the request calls them. Refuses one without a message of a user. */
export const readConversation = (messages: unknown, at: string): Conversation => {
  if (!Array.isArray(messages) || messages.length === 0) throw parameterRefusal(at, "There has to be a message.");
  if (messages.length > mostMessages) throw parameterRefusal(at, `At most ${mostMessages} messages are taken.`);
  const read = messages.map((message, index) => readMessage(message, `${at}[${index}]`));
  const last = read.findLastIndex(({ role }) => role === "user");
  const asked = read[last];
  if (asked === undefined) throw parameterRefusal(at, "There has to be a message of the user.");
  const isInstruction = ({ role }: Message) => role === "system" || role === "developer";
  const said = read.slice(0, last + 1);
  const from = filesFrom(said);
  const filesOf = (some: readonly Message[]) => some.flatMap(({ content }) => content.files);
  return {
    question: asked.content.text,
    files: filesOf(said.slice(from)),
    earlierFiles: filesOf(said.slice(0, from)).map((file) => file.at),
    instructions: read
      .filter(isInstruction)
      .map(({ content }) => content.text)
      .join("\n\n"),
    history: read
      .filter((message, index) => index !== last && !isInstruction(message))
      .map(({ role, content }) => ({ role, content: content.text })),
  };
};

const speakers: Readonly<Record<string, string>> = { user: "User", assistant: "Assistant" };

/** The messages as a text, for an input that takes one. */
export const transcriptOf = (history: Conversation["history"]): string =>
  history.map(({ role, content }) => `${speakers[role] ?? "Tool"}: ${content}`).join("\n\n");
