import type { Readable } from "node:stream";

/** A file on this machine's disk whose bytes were measured while it was written. */
export interface StagedFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string;
}

export interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

/**
 * Where bytes lie. Keys are parts of `[A-Za-z0-9_-]`, joined by `/`, 512 characters at most; the store throws on others. An object is there whole
 * or not at all. Every implementation runs conformance.ts.
 */
export interface ObjectStore {
  /** Takes the bytes; of a staged file the store may take the file itself. Writing a key again replaces the object. */
  put(key: string, content: Uint8Array | StagedFile): Promise<void>;
  /** null where there is no such object. A range lies within the object. */
  get(key: string, range?: ByteRange): Promise<Readable | null>;
  stat(key: string): Promise<{ readonly size: number } | null>;
  /** Does nothing where there is no such object. */
  delete(key: string): Promise<void>;
  /** Every object whose key begins with the prefix, in no order. */
  list(prefix: string): AsyncIterable<StoredObject>;
}

const keyShape = /^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/;

/** Keys are made here, never by a caller; one that could name another place is a bug. */
export const checkKey = (key: string): string => {
  if (key.length > 512 || !keyShape.test(key)) throw new Error("This is not the key of an object.");
  return key;
};
