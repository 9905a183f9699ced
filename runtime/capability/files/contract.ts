import type { FileReference } from "@/runtime/node/file-reference";

export interface ShrunkImage {
  readonly image: FileReference;
  readonly width: number;
  readonly height: number;
  readonly original: { readonly width: number; readonly height: number; readonly size: number };
}

/** Files of the run's workspace. Each throws `NodeFailure` for a file that is gone or not what it should be. */
export interface Files {
  read(file: FileReference): Promise<Uint8Array>;
  store(file: {
    readonly name: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array;
  }): Promise<FileReference>;
  /** The same picture, upright, with its longer edge at most this many pixels; a smaller one is kept as it is. */
  shrinkImage(image: FileReference, longestEdge: number): Promise<ShrunkImage>;
}

/** What examples of steps say of them. */
export interface FilesScript {
  /** What the object store holds, by file id. */
  readonly files?: Readonly<Record<string, ScriptedFile>>;
}

export interface ScriptedFile {
  readonly mediaType: string;
  readonly base64: string;
  /** Of a picture, in pixels, where the example has it shrunk. */
  readonly width?: number;
  readonly height?: number;
}

export const files = { called: "files", bind: (provided: Files): Files => provided };
