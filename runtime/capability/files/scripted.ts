import type { FileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Files, FilesScript, ShrunkImage } from "./contract";

interface Held {
  readonly reference: FileReference;
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** An object store that holds what a script says. */
export class ScriptedFiles implements Files {
  /** What steps stored, in order. */
  readonly stored: FileReference[] = [];
  readonly #held = new Map<string, Held>();

  constructor(script: FilesScript) {
    for (const [fileId, { mediaType, base64, width = 0, height = 0 }] of Object.entries(script.files ?? {})) {
      const bytes = Uint8Array.from(Buffer.from(base64, "base64"));
      const reference = { fileId, name: fileId, mediaType, size: bytes.byteLength };
      this.#held.set(fileId, { reference, bytes, width, height });
    }
  }

  async read(file: FileReference): Promise<Uint8Array> {
    return this.#find(file).bytes;
  }

  async store({ name, mediaType, bytes }: Parameters<Files["store"]>[0]): Promise<FileReference> {
    const fileId = `file_scripted${String(this.stored.length + 1).padStart(12, "0")}`;
    const reference: FileReference = { fileId, name, mediaType, size: bytes.byteLength };
    this.#held.set(fileId, { reference, bytes, width: 0, height: 0 });
    this.stored.push(reference);
    return reference;
  }

  async shrinkImage(image: FileReference, longestEdge: number): Promise<ShrunkImage> {
    const { width, height, bytes } = this.#find(image);
    const original = { width, height, size: image.size };
    const scale = Math.min(1, longestEdge / Math.max(width, height));
    if (scale === 1) return { image, width, height, original };
    const fileId = `${image.fileId}_${longestEdge}`;
    const size = { width: Math.round(width * scale), height: Math.round(height * scale) };
    const reference: FileReference = { ...image, fileId, size: Math.round(image.size * scale * scale) };
    this.#held.set(fileId, { reference, bytes, ...size });
    return { image: reference, ...size, original };
  }

  #find({ fileId, name }: FileReference): Held {
    const held = this.#held.get(fileId);
    if (held === undefined) throw new NodeFailure("file-missing", `The file "${name}" is gone.`);
    return held;
  }
}
