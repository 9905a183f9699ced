import type { StoredFile } from "@/generated/prisma/client";
import type { FileReference } from "@/runtime/node/file-reference";

export const fileFields = {
  id: true,
  name: true,
  mediaType: true,
  size: true,
  sha256: true,
  workspaceId: true,
} as const;
export type FileRow = Pick<StoredFile, keyof typeof fileFields>;

export const asReference = ({ id, name, mediaType, size }: Omit<FileRow, "sha256" | "workspaceId">): FileReference => ({
  fileId: id,
  name,
  mediaType,
  size,
});

/** Where the bytes lie. Equal bytes of one workspace lie there once; those of another never meet them. */
export const objectKey = ({ workspaceId, sha256 }: Pick<FileRow, "workspaceId" | "sha256">): string =>
  `${workspaceId}/${sha256.slice(0, 2)}/${sha256}`;
