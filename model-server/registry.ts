import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { models } from "@/model-server/manifest/manifest.mjs";
import type { Localized } from "@/runtime/node/localized";
import { ggufFolder, isPresent, modelFolder } from "@/scripts/models/cache.mjs";
import type { ChatDefaults } from "./chat/chat-model";
import type { ChatModelSource } from "./chat/chat-models";
import { ggufName } from "./options";

export interface ChatEntry {
  readonly id: string;
  readonly title: Localized;
  readonly licence: string | null;
  /** "demo": good for seeing how things work, not for judging a prompt. null: a file of the user's own. */
  readonly grade: "demo" | "good" | null;
  readonly present: boolean;
  readonly optional: boolean;
  readonly source: ChatModelSource;
}

export interface RegistryOptions {
  readonly cacheRoot: string;
  readonly ggufs: readonly { readonly id: string; readonly path: string }[];
}

/** A tiny model repeats itself without a penalty; a model of the user's own is left as its makers meant it. */
const demoDefaults: ChatDefaults = { temperature: 0.7, maxTokens: 256, repetitionPenalty: 1.1 };
const defaults: ChatDefaults = { temperature: 0.7, maxTokens: 1024, repetitionPenalty: 1 };

/**
 * The language models there are at this moment: those of the manifest, those the user named, and every GGUF file in the cache's
 * folder for them. Read anew each time, so that a model fetched while the server runs is served without a restart.
 */
export function chatEntries({ cacheRoot, ggufs }: RegistryOptions): ChatEntry[] {
  const entries = new Map<string, ChatEntry>();
  const own = (id: string, file: string) =>
    entries.set(id, {
      id,
      title: { en: id, zh: id },
      licence: null,
      grade: null,
      present: isFile(file),
      optional: false,
      source: { id, path: file, defaults },
    });
  for (const entry of models) {
    const [file] = entry.files;
    if (entry.task !== "chat" || !file) continue;
    entries.set(entry.id, {
      id: entry.id,
      title: entry.title,
      licence: entry.licence,
      grade: entry.grade,
      present: isPresent(cacheRoot, entry),
      optional: entry.optional,
      source: {
        id: entry.id,
        path: path.join(modelFolder(cacheRoot, entry), file.path),
        defaults: entry.grade === "demo" ? demoDefaults : defaults,
      },
    });
  }
  const folder = ggufFolder(cacheRoot);
  for (const name of filesOf(folder)) if (isWholeModel(name)) own(ggufName(name), path.join(folder, name));
  for (const { id, path: file } of ggufs) own(id, file);
  return [...entries.values()];
}

/** Of a model in several files only the first is named to llama.cpp; it finds the others. */
const isWholeModel = (name: string) =>
  /\.gguf$/i.test(name) && (!/-\d{5}-of-\d{5}\.gguf$/i.test(name) || /-00001-of-\d{5}\.gguf$/i.test(name));

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
