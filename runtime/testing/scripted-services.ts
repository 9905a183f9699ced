import { createHash } from "node:crypto";
import type { z } from "zod";
import type { RunServices, ServiceCall } from "@/runtime/executor/run-services";
import { fail, ok } from "@/runtime/graph/result";
import type {
  ClassifyReply,
  ClassifyRequest,
  KnowledgeReply,
  KnowledgeRequest,
  NodeContext,
  ShrunkImage,
} from "@/runtime/node/context";
import type { NodeExample } from "@/runtime/node/define-node";
import type { FileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Ports } from "@/runtime/node/port";

type Example = NodeExample<z.ZodObject, Ports, Ports>;
export type ServiceScript = Pick<Example, "searches" | "classifications" | "chatModels" | "files" | "vaultClosed">;

interface Held {
  readonly reference: FileReference;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Files, knowledge bases and a registry that follow a script. A call beyond the script is a bug of the test. */
export class ScriptedServices implements RunServices {
  readonly searches: KnowledgeRequest[] = [];
  readonly classifications: ClassifyRequest[] = [];
  /** What steps stored, in order. */
  readonly stored: FileReference[] = [];
  readonly #held = new Map<string, Held>();

  constructor(private readonly script: ServiceScript) {
    for (const [fileId, { mediaType, base64, width = 0, height = 0 }] of Object.entries(script.files ?? {})) {
      const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
      const reference = { fileId, name: fileId, mediaType, size: bytes.byteLength };
      this.#held.set(fileId, { reference, bytes, width, height });
    }
  }

  readonly files = {
    read: async (file: FileReference): Promise<Uint8Array> => this.#find(file).bytes,
    store: async ({ name, mediaType, bytes }: { name: string; mediaType: string; bytes: Uint8Array }) => {
      const fileId = `file_scripted${String(this.stored.length + 1).padStart(12, "0")}`;
      const reference: FileReference = { fileId, name, mediaType, size: bytes.byteLength };
      this.#held.set(fileId, { reference, bytes, width: 0, height: 0 });
      this.stored.push(reference);
      return reference;
    },
    shrinkImage: async (image: FileReference, longestEdge: number): Promise<ShrunkImage> => {
      const { width, height, bytes } = this.#find(image);
      const original = { width, height, size: image.size };
      const scale = Math.min(1, longestEdge / Math.max(width, height));
      if (scale === 1) return { image, width, height, original };
      const fileId = `${image.fileId}_${longestEdge}`;
      const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
      const reference: FileReference = { ...image, fileId, size: Math.round(image.size * scale * scale) };
      this.#held.set(fileId, { reference, bytes, ...size });
      return { image: reference, ...size, original };
    },
  };

  readonly knowledge = {
    search: async (request: KnowledgeRequest, { signal }: ServiceCall): Promise<KnowledgeReply> => {
      signal.throwIfAborted();
      return take(this.script.searches, this.searches.push(request), "search");
    },
  };

  readonly registry = {
    classify: async (request: ClassifyRequest, { signal }: ServiceCall): Promise<ClassifyReply> => {
      signal.throwIfAborted();
      return take(this.script.classifications, this.classifications.push(request), "classification");
    },
    chatModel: async (reference: string): Promise<string> => {
      const model = this.script.chatModels?.[reference];
      if (model === undefined)
        throw new NodeFailure("registry-unknown", `There is no registered model "${reference}".`);
      return model;
    },
  };

  /** Seals by writing backwards, so that examples can show a cipher. Opens unless the script says who may not. */
  readonly vault: NodeContext["vault"] = {
    seal: async (text) => `sealed:${[...text].reverse().join("")}`,
    open: async (sealed) => {
      if (this.script.vaultClosed)
        return fail({ reason: "not-permitted", message: "The reader may not see personal data." });
      const [, text] = /^sealed:(.*)$/s.exec(sealed) ?? [];
      if (text === undefined) return fail({ reason: "unreadable", message: "It was not sealed in this run." });
      return ok([...text].reverse().join(""));
    },
    fingerprint: async (text) => createHash("sha256").update(text).digest("hex").slice(0, 12),
  };

  #find({ fileId, name }: FileReference): Held {
    const held = this.#held.get(fileId);
    if (held === undefined) throw new NodeFailure("file-missing", `The file "${name}" is gone.`);
    return held;
  }
}

const take = <T>(replies: readonly T[] | undefined, count: number, what: string): T => {
  const reply = replies?.[count - 1];
  if (reply === undefined) throw new Error(`The script has no ${what} ${count}.`);
  return reply;
};
