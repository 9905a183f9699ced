import path from "node:path";
import { findModel } from "@/model-server/manifest/manifest.mjs";
import { modelFolder, modelsFolder } from "@/scripts/models/cache.mjs";
import { ChatModels } from "./chat/chat-models";
import { startLlama } from "./chat/llama";
import { EmbeddingModels } from "./embed/embedding-models";
import { ModelFamily } from "./family/model-family";
import { Fetches } from "./fetches";
import { ModelUses } from "./model-uses";
import type { ModerationSettings } from "./moderate/process";
import type { EndpointOptions } from "./options";
import { BoundedQueue } from "./queue";
import { type ChatEntry, chatEntries } from "./registry";
import type { SpeechSettings } from "./speech/process";
import type { VisionSettings } from "./vision/process";

/** What the routes work with. */
export interface Services {
  readonly options: EndpointOptions;
  readonly startedAt: number;
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly queues: Readonly<Record<"chat" | "embeddings" | "moderation" | "speech" | "vision", BoundedQueue>>;
  readonly uses: ModelUses;
  readonly chats: ChatModels;
  readonly embeddings: EmbeddingModels;
  /** Models with a process of their own, because their work would hold up the server. */
  readonly families: Readonly<Record<"moderation" | "speech" | "vision", ModelFamily>>;
  readonly chatEntries: () => readonly ChatEntry[];
  readonly fetches: Fetches;
}

/** Requests that may wait for a model with a process of its own. */
const FAMILY_WAITING = 64;

export function createServices(options: EndpointOptions, log: (line: string) => void, now: () => number): Services {
  const { cacheRoot, gpu, threads, contextSize, chatSlots, loadedModels, ggufs, audioSeconds } = options;
  const uses = new ModelUses(now);
  const queue = (running: number, waiting: number) => new BoundedQueue({ running, waiting }, now);
  const family = (id: string, folder: string, settings: object) =>
    new ModelFamily({ id, cacheRoot, file: path.join(import.meta.dirname, folder, "process.ts"), settings, uses, log });
  const folderOf = (id: string) => {
    const entry = findModel(id);
    if (!entry) throw new Error(`the manifest has no ${id}`);
    return modelFolder(cacheRoot, entry);
  };
  const moderation: ModerationSettings = { folder: folderOf("local-moderation"), threads };
  const vision: VisionSettings = { folder: folderOf("local-vision"), threads };
  const speech: SpeechSettings = {
    modelsFolder: modelsFolder(cacheRoot),
    name: path.relative(modelsFolder(cacheRoot), folderOf("local-whisper")),
    threads,
    mostSeconds: audioSeconds,
  };
  return {
    options,
    startedAt: now(),
    now,
    log,
    queues: {
      chat: queue(chatSlots, options.chatWaiting),
      embeddings: queue(1, options.embeddingWaiting),
      moderation: queue(1, FAMILY_WAITING),
      speech: queue(1, FAMILY_WAITING),
      vision: queue(1, FAMILY_WAITING),
    },
    uses,
    chats: new ChatModels({
      start: () => startLlama({ cacheRoot, gpu, log }),
      threads,
      contextSize,
      slots: chatSlots,
      keep: loadedModels,
      uses,
      log,
    }),
    embeddings: new EmbeddingModels({ cacheRoot, threads, uses, log }),
    families: {
      moderation: family("local-moderation", "moderate", moderation),
      speech: family("local-whisper", "speech", speech),
      vision: family("local-vision", "vision", vision),
    },
    chatEntries: () => chatEntries({ cacheRoot, ggufs }),
    fetches: new Fetches(cacheRoot),
  };
}

/** Lets go of every model that nobody has used for long; one in use stays. */
export async function dropIdleModels({ options, chats, embeddings, families }: Services): Promise<void> {
  await chats.dropIdle(options.idleMs);
  await embeddings.dropIdle(options.idleMs);
  for (const family of Object.values(families)) await family.dropIdle(options.idleMs);
}
