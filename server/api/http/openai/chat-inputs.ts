import type { InputField } from "@/runtime/node/define-node";
import type { ChatMapping } from "@/server/domain/deployment/chat-mapping";
import { fileLimits } from "@/server/domain/file/file-limits";
import { asRouteRefusal } from "@/server/domain/file/file-refusal";
import { storeFile } from "@/server/domain/file/store-file";
import { withUploadPlace } from "@/server/domain/file/upload-places";
import type { Database } from "@/server/platform/db/database";
import type { SentFile } from "./content";
import { type Conversation, transcriptOf } from "./conversation";
import { parameterRefusal } from "./openai-refusal";

interface Asked {
  readonly conversation: Conversation;
  readonly user: string | null;
  /** Values for inputs that no part of a chat is for, by name. */
  readonly more: Readonly<Record<string, unknown>>;
}

export interface ChatInputs {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What of the request the pipeline has no input for. */
  readonly unused: readonly string[];
}

/** Puts the parts of a chat into the inputs that the deployment's mapping names. */
export const chatInputs = async (
  database: Database,
  holder: { readonly workspaceId: string; readonly key: string },
  fields: readonly InputField[],
  mapping: ChatMapping,
  { conversation, user, more }: Asked,
): Promise<ChatInputs> => {
  const inputs = new Map<string, unknown>();
  const unused: string[] = [];
  const put = (part: string, name: string | null, value: unknown, isGiven: boolean) => {
    if (name !== null && isGiven) inputs.set(name, value);
    else if (isGiven) unused.push(part);
  };
  const { question, instructions, history } = conversation;
  const isJson = fields.find(({ name }) => name === mapping.history)?.kind === "json";
  put("question", mapping.question, question, question !== "" || mapping.question !== null);
  put("instructions", mapping.instructions, instructions, instructions !== "");
  put("history", mapping.history, isJson ? history : transcriptOf(history), history.length > 0);
  put("user", mapping.user, user, user !== null && user !== "");
  for (const [name, value] of Object.entries(more)) inputs.set(name, value);
  for (const [name, file] of placeFiles(fields, conversation.files, inputs)) inputs.set(name, file);
  if (conversation.files.some((file) => "base64" in file)) {
    await withUploadPlace(holder, async () => {
      for (const [name, value] of inputs) {
        if (isSentFile(value)) inputs.set(name, await stored(database, holder.workspaceId, value));
      }
    });
  } else for (const [name, value] of inputs) if (isSentFile(value)) inputs.set(name, { fileId: fileIdOf(value) });
  return { inputs: Object.fromEntries(inputs), unused };
};

const sent = new WeakSet<object>();
const isSentFile = (value: unknown): value is SentFile =>
  typeof value === "object" && value !== null && sent.has(value);
const fileIdOf = (file: SentFile): string => ("fileId" in file ? file.fileId : "");

/** Each file goes to the first input that takes its kind and has none yet; images and audio also to one for any file. */
const placeFiles = (
  fields: readonly InputField[],
  files: readonly SentFile[],
  given: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, SentFile> => {
  const placed = new Map<string, SentFile>();
  for (const file of files) {
    const isFree = ({ name }: InputField) => !placed.has(name) && !given.has(name);
    const field =
      fields.find((each) => each.kind === file.kind && isFree(each)) ??
      fields.find((each) => each.kind === "file" && isFree(each));
    if (field === undefined) {
      const count = fields.filter(({ kind }) => kind === file.kind || kind === "file").length;
      throw parameterRefusal(
        file.at,
        count === 0 ? `This pipeline takes no ${file.kind}.` : `This pipeline takes ${count} of these at most.`,
      );
    }
    sent.add(file);
    placed.set(field.name, file);
  }
  return placed;
};

const stored = async (database: Database, workspaceId: string, file: SentFile): Promise<unknown> => {
  if ("fileId" in file) return { fileId: file.fileId };
  const bytes = Buffer.from(file.base64, "base64");
  return storeFile(database, { workspaceId, name: file.name, bytes, days: fileLimits.runFileDays }).catch(
    (error: unknown) => {
      throw asRouteRefusal(error);
    },
  );
};
