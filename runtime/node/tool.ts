import { z } from "zod";
import type { JsonSchema } from "./context";
import type { Localized } from "./localized";

/** What a tool does to the world. `read` may be repeated; `write` changes something; `irreversible` cannot be taken back. */
export const toolClasses = ["read", "write", "irreversible"] as const;
export type ToolClass = (typeof toolClasses)[number];

/** What a model is told of one tool. */
export interface ChatTool {
  /** As `toolName` allows. */
  readonly name: string;
  readonly description: string;
  /** JSON schema of an object: its arguments. */
  readonly parameters: JsonSchema;
}

/** `auto`: the model decides; `none`: it must not call; `required`: it must call one. */
export type ToolChoice = "auto" | "none" | "required";

export const toolLimits = {
  /** Tools offered to a model at once. */
  tools: 64,
  description: 4_000,
  /** Characters of the schema of one tool's arguments. */
  schema: 32_000,
  /** Calls in one turn; those beyond are answered as refused. */
  callsInTurn: 32,
  /** Characters of the arguments of one call. */
  arguments: 400_000,
} as const;

/** What every protocol takes as the name of a tool. */
export const toolNamePattern = /^[A-Za-z0-9_-]{1,64}$/;

/** One call that a model asks for. */
export const toolCall = z.object({
  /** Unique within a conversation. */
  id: z.string().min(1).max(200),
  name: z.string().min(1).max(200),
  /** As the model wrote them: JSON of an object, as a rule. */
  arguments: z.string().max(toolLimits.arguments),
});
export type ToolCall = z.output<typeof toolCall>;

/** Words of the classes, for forms and traces. */
export const toolClassNames: Readonly<Record<ToolClass, Localized>> = {
  read: { en: "Read", zh: "只读" },
  write: { en: "Write", zh: "写入" },
  irreversible: { en: "Irreversible", zh: "不可撤销" },
};
