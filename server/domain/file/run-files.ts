import type { RunServices } from "@/runtime/capability/capabilities";
import type { Database } from "@/server/platform/db/database";
import { interruptedByOutage } from "@/server/platform/readiness/interrupted-by-outage";
import { fileLimits } from "./file-limits";
import { withExtension } from "./file-name";
import { shrinkBytes, unreadableImage } from "./images";
import { readFile } from "./read-file";
import { storeFile } from "./store-file";

const longestEdges = { least: 16, most: 8192 } as const;

/** The files that steps of one workspace's runs may read and make. What they make is kept as long as a run's own files. */
export const runFiles = (database: Database, workspaceId: string): NonNullable<RunServices["files"]> => {
  const read = (fileId: string) => interruptedByOutage(() => readFile(database, workspaceId, fileId));
  const store = (name: string, bytes: Uint8Array) =>
    interruptedByOutage(() => storeFile(database, { workspaceId, name, bytes, days: fileLimits.runFileDays }));
  return {
    read: ({ fileId }) => read(fileId),
    store: ({ name, bytes }) => store(name, bytes),
    shrinkImage: async (image, longestEdge) => {
      const bytes = await read(image.fileId);
      const refusal = unreadableImage(image.name, image.mediaType);
      if (refusal !== null) throw refusal;
      const edge = Math.min(longestEdges.most, Math.max(longestEdges.least, Math.round(longestEdge)));
      const { original, shrunk } = await shrinkBytes(bytes, image.name, edge);
      const before = { ...original, size: bytes.byteLength };
      if (shrunk === null) return { image, ...original, original: before };
      const file = await store(withExtension(image.name, shrunk.extension), shrunk.bytes);
      return { image: file, width: shrunk.width, height: shrunk.height, original: before };
    },
  };
};
