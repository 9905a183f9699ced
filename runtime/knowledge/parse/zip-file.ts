import type { Readable } from "node:stream";
import { type Entry, fromBuffer, type ZipFile as OpenZip } from "yauzl";
import { ParseError } from "./parse-failure";
import { type ParseLimits, parseLimits } from "./parse-limits";

/** The parts of a .docx or .xlsx file, unpacked as a stream and counted, so that no small file becomes a large one. */
export interface ZipFile {
  readonly has: (part: string) => boolean;
  readonly names: readonly string[];
  /** Its bytes, piece by piece. Throws `ParseError` "zip-bomb" when they are too many. */
  readonly read: (part: string) => AsyncGenerator<Uint8Array>;
  readonly close: () => void;
}

export async function openZip(bytes: Uint8Array, limits: ParseLimits = parseLimits): Promise<ZipFile> {
  const zip = await open(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const entries = new Map<string, Entry>();
  if (zip.entryCount > limits.zipEntries) throw bomb(`${zip.entryCount} parts`);
  await new Promise<void>((resolve, reject) => {
    zip.on("entry", (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once("end", () => resolve());
    zip.once("error", (error) => reject(damaged(error)));
    zip.readEntry();
  });
  let together = 0;
  return {
    has: (part) => entries.has(part),
    names: [...entries.keys()],
    async *read(part) {
      const entry = entries.get(part);
      if (!entry) throw new ParseError("broken", `The file is damaged: its part ${part} is missing.`);
      if (entry.isEncrypted()) {
        throw new ParseError(
          "encrypted",
          "The file is protected with a password. Save it without one and add it again.",
        );
      }
      if (entry.uncompressedSize > limits.partBytes) throw bomb(`${megabytes(entry.uncompressedSize)} in one part`);
      let size = 0;
      const stream = await openPart(zip, entry);
      try {
        // What the zip declares may be a lie; only what comes out counts.
        for await (const piece of stream as AsyncIterable<Uint8Array>) {
          size += piece.length;
          together += piece.length;
          if (size > limits.partBytes || together > limits.partsBytes) throw bomb(`more than ${megabytes(size)}`);
          yield piece;
        }
      } catch (error) {
        throw error instanceof ParseError ? error : damaged(error);
      } finally {
        stream.destroy();
      }
    },
    close: () => zip.close(),
  };
}

const open = (buffer: Buffer): Promise<OpenZip> =>
  new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true, autoClose: false }, (error, zip) => {
      if (error || !zip) reject(damaged(error));
      else resolve(zip);
    });
  });

const openPart = (zip: OpenZip, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) reject(damaged(error));
      else resolve(stream);
    });
  });

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

const bomb = (what: string) =>
  new ParseError("zip-bomb", `The file unpacks to ${what}, more than a document may hold. It was not read.`);

/** The zip reader notices a part that grows beyond its declared size, which an honest file never does. */
const damaged = (error: unknown): ParseError =>
  error instanceof Error && /too many bytes in the stream/.test(error.message)
    ? bomb("more than it declares")
    : new ParseError(
        "broken",
        "The file is damaged: it cannot be unpacked. Save it again in its program and add it anew.",
      );
