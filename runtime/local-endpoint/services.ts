import { ChatModels } from "./chat/chat-models";
import { startLlama } from "./chat/llama";
import { EmbeddingModels } from "./embed/embedding-models";
import type { EndpointOptions } from "./options";
import { BoundedQueue } from "./queue";
import { type ChatEntry, chatEntries } from "./registry";

/** What the routes work with. */
export interface Services {
  readonly options: EndpointOptions;
  readonly startedAt: number;
  readonly now: () => number;
  readonly log: (line: string) => void;
  readonly chatQueue: BoundedQueue;
  readonly embeddingQueue: BoundedQueue;
  readonly chats: ChatModels;
  readonly embeddings: EmbeddingModels;
  readonly chatEntries: () => readonly ChatEntry[];
}

export function createServices(options: EndpointOptions, log: (line: string) => void, now: () => number): Services {
  const { cacheRoot, gpu, threads, contextSize, chatSlots, loadedModels, ggufs } = options;
  return {
    options,
    startedAt: now(),
    now,
    log,
    chatQueue: new BoundedQueue({ running: chatSlots, waiting: options.chatWaiting }, now),
    embeddingQueue: new BoundedQueue({ running: 1, waiting: options.embeddingWaiting }, now),
    chats: new ChatModels({
      start: () => startLlama({ cacheRoot, gpu, log }),
      threads,
      contextSize,
      slots: chatSlots,
      keep: loadedModels,
      log,
    }),
    embeddings: new EmbeddingModels({ cacheRoot, threads, log }),
    chatEntries: () => chatEntries({ cacheRoot, ggufs }),
  };
}
