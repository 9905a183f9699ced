import { createHash, randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { StagedFile } from "@/server/platform/object-store/object-store";
import { sizeInWords } from "./file-limits";
import { FileRefusal } from "./file-refusal";

export const tooLarge = (name: string, most: number): FileRefusal =>
  new FileRefusal(
    "file-too-large",
    `"${name}" is larger than ${sizeInWords(most)}.`,
    "Send a smaller file: shrink the picture, cut the recording, or split the file.",
  );

/** Makes the folder that files are staged in. */
export const prepareIncoming = async (incoming: string): Promise<void> => {
  await mkdir(incoming, { recursive: true });
};

/**
 * Writes a stream to disk, measures it on the way, and leaves nothing behind where it breaks off or is too long. Listens to the stream from the
 * moment it is called; the folder must be there.
 */
export const stageFile = async (
  incoming: string,
  name: string,
  source: Readable,
  mostBytes: number,
  signal?: AbortSignal,
): Promise<StagedFile> => {
  const place = path.join(incoming, randomUUID());
  const hash = createHash("sha256");
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.byteLength;
      if (size > mostBytes) {
        done(tooLarge(name, mostBytes));
        return;
      }
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(source, measure, createWriteStream(place, { flags: "wx" }), signal === undefined ? {} : { signal });
  } catch (error) {
    await dropStaged(place);
    throw error;
  }
  return { path: place, size, sha256: hash.digest("hex") };
};

export const dropStaged = (place: string): Promise<void> => rm(place, { force: true });
