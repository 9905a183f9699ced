import { createHash } from "node:crypto";
import type { InputField } from "@/runtime/node/define-node";
import type { FileReference } from "@/runtime/node/file-reference";
import type { ChatMapping } from "@/server/domain/deployment/chat-mapping";
import { fileLimits } from "@/server/domain/file/file-limits";
import { asRouteRefusal } from "@/server/domain/file/file-refusal";
import { storeFile } from "@/server/domain/file/store-file";
import { withUploadPlace } from "@/server/domain/file/upload-places";
import type { Database } from "@/server/platform/db/database";
import type { RequestFiles } from "../published/request-files";
import type { InlineFile, SentFile } from "./content";
import { type Conversation, transcriptOf } from "./conversation";
import { parameterRefusal } from "./openai-refusal";

interface Asked {
  readonly conversation: Conversation;
  readonly user: string | null;
  /** Values for inputs that no part of a chat is for, by name. */
  readonly more: Readonly<Record<string, unknown>>;
}

export interface ChatInputs {
  /** Files that stand in the request stand here by a hash of their bytes. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Stores the files that stand in the request, and gives the inputs with them; null where there are none. */
  readonly store: (() => Promise<Readonly<Record<string, unknown>>>) | null;
  /** What of the request the pipeline has no input for. */
  readonly unused: readonly string[];
}

/** Puts the parts of a chat into the inputs that the deployment's mapping names. */
export const chatInputs = (
  database: Database,
  holder: { readonly workspaceId: string; readonly key: string },
  fields: readonly InputField[],
  mapping: ChatMapping,
  stored: RequestFiles,
  { conversation, user, more }: Asked,
): ChatInputs => {
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
  const toStore: [name: string, file: InlineFile][] = [];
  for (const [name, file] of placeFiles(fields, conversation.files, inputs)) {
    if ("fileId" in file) inputs.set(name, { fileId: file.fileId });
    else {
      toStore.push([name, file]);
      inputs.set(name, { sha256: createHash("sha256").update(file.base64).digest("hex") });
    }
  }
  const store = () =>
    withUploadPlace(holder, async () => {
      for (const [name, file] of toStore)
        inputs.set(name, await storeInline(database, holder.workspaceId, file, stored));
      return Object.fromEntries(inputs);
    });
  return { inputs: Object.fromEntries(inputs), unused, store: toStore.length === 0 ? null : store };
};

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
    placed.set(field.name, file);
  }
  return placed;
};

const storeInline = async (
  database: Database,
  workspaceId: string,
  { base64, name }: InlineFile,
  stored: RequestFiles,
): Promise<FileReference> => {
  const bytes = Buffer.from(base64, "base64");
  const about = { workspaceId, name, days: fileLimits.runFileDays };
  const file = await storeFile(database, { ...about, bytes }).catch((error: unknown) => {
    throw asRouteRefusal(error);
  });
  stored.add(workspaceId, file.fileId);
  return file;
};
