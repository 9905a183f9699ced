import { z } from "zod";
import type { FileReference } from "@/runtime/node/file-reference";
import { pageInput } from "@/server/platform/guard/page-of";

/** The id of a stored file, as a client sends it back. */
export const fileId = z
  .string()
  .max(80)
  .regex(/^[\w-]+$/, "This is not an id.");

export const byIdInput = z.strictObject({ id: fileId });
export const listInput = pageInput;

export interface FileListItem extends FileReference {
  readonly createdAt: Date;
  /** null is kept until somebody removes it. */
  readonly expiresAt: Date | null;
}

export interface FileUsage {
  readonly count: number;
  /** Bytes. */
  readonly size: number;
  readonly quota: number;
}
