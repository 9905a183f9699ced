import { type Content, readContent, type SentFile } from "./content";
import { parameterRefusal } from "./openai-refusal";

/** What a request says, whichever of the two APIs it came by. */
export interface Conversation {
  /** Of the last message of the user. */
  readonly question: string;
  readonly files: readonly SentFile[];
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

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An assistant that only called tools has no content; what it called is then its content, so that it is not lost. */
const calledTools = (message: Readonly<Record<string, unknown>>): string => {
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  return calls.length === 0 ? "" : JSON.stringify(calls);
};

const readMessage = (message: unknown, at: string): Message => {
  if (!isObject(message)) throw parameterRefusal(at, "A message is an object with a role and a content.");
  const { role = "user" } = message;
  if (!roles.has(role)) throw parameterRefusal(`${at}.role`, `"${String(role).slice(0, 40)}" is no role.`);
  const content = readContent(message.content, `${at}.content`);
  const text = content.text === "" && role === "assistant" ? calledTools(message) : content.text;
  return { role: role as string, content: { ...content, text } };
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
  return {
    question: asked.content.text,
    files: read.slice(0, last + 1).flatMap(({ content }) => content.files),
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
