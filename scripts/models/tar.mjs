import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";

const BLOCK = 512;
const LONGEST_NAME_RECORD = 1 << 20;

/**
 * Reads a gzipped tar and hands the named regular files to `write`, in the archive's order. Names in the archive never become
 * paths on disk: the caller decides where the bytes go.
 *
 * @param {string} archive
 * @param {ReadonlyMap<string, number>} wanted name inside the archive -> the most bytes it may have
 * @param {(chunk: Buffer, name: string) => void | Promise<void>} write
 * @returns {Promise<Set<string>>} the names that were found
 */
export async function readFromTarball(archive, wanted, write) {
  const compressed = createReadStream(archive, { highWaterMark: 1 << 20 });
  const unzip = createGunzip({ chunkSize: 1 << 18 });
  compressed.on("error", (error) => unzip.destroy(error));
  const bytes = new ByteReader(compressed.pipe(unzip));
  /** @type {Set<string>} */
  const found = new Set();
  try {
    /** @type {string | undefined} */
    let longName;
    while (found.size < wanted.size) {
      const header = await bytes.read(BLOCK);
      if (!header || header.every((byte) => byte === 0)) break;
      const { name, size, type } = parseHeader(header);
      const padding = (BLOCK - (size % BLOCK)) % BLOCK;
      if (type === "x" || type === "L") {
        if (size > LONGEST_NAME_RECORD) throw new Error("the archive has a name record that is too long");
        const record = await bytes.readExactly(size);
        longName = type === "L" ? text(record) : (paxPath(record) ?? longName);
        await bytes.skip(padding);
        continue;
      }
      const fullName = longName ?? name;
      longName = undefined;
      const limit = type === "0" || type === "\0" ? wanted.get(fullName) : undefined;
      if (limit === undefined) {
        await bytes.skip(size + padding);
        continue;
      }
      if (size > limit) throw new Error(`${fullName} is larger than expected (${size} bytes, expected ${limit})`);
      for (let left = size; left > 0; ) {
        const chunk = await bytes.readUpTo(left);
        left -= chunk.length;
        await write(chunk, fullName);
      }
      await bytes.skip(padding);
      found.add(fullName);
    }
    return found;
  } finally {
    compressed.destroy();
    unzip.destroy();
  }
}

/** @param {Buffer} header */
function parseHeader(header) {
  const stored = octal(header.subarray(148, 156));
  const copy = Buffer.from(header);
  copy.fill(0x20, 148, 156);
  if (copy.reduce((sum, byte) => sum + byte, 0) !== stored) throw new Error("the archive is damaged (bad tar header)");
  const prefix = header.toString("latin1", 257, 262) === "ustar" ? text(header.subarray(345, 500)) : "";
  const name = text(header.subarray(0, 100));
  return {
    name: prefix ? `${prefix}/${name}` : name,
    size: octal(header.subarray(124, 136)),
    type: String.fromCharCode(header[156] ?? 0),
  };
}

/** @param {Buffer} field */
function octal(field) {
  const digits = text(field).trim();
  if (!/^[0-7]{1,11}$/.test(digits)) throw new Error("the archive is damaged (bad number in a tar header)");
  return Number.parseInt(digits, 8);
}

/** @param {Buffer} field */
function text(field) {
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end === -1 ? field.length : end);
}

/** Records are "<length> <key>=<value>\n", the length counting itself. @param {Buffer} record */
function paxPath(record) {
  let position = 0;
  while (position < record.length) {
    const space = record.indexOf(0x20, position);
    const length = Number.parseInt(record.toString("latin1", position, space), 10);
    if (space === -1 || !Number.isInteger(length) || length <= 0) return undefined;
    const [key, ...value] = record.toString("utf8", space + 1, position + length - 1).split("=");
    if (key === "path") return value.join("=");
    position += length;
  }
  return undefined;
}

class ByteReader {
  #source;
  #buffer = Buffer.alloc(0);
  #ended = false;

  /** @param {AsyncIterable<Buffer>} source */
  constructor(source) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #fill() {
    if (this.#ended) return false;
    const { value, done } = await this.#source.next();
    if (done) this.#ended = true;
    else this.#buffer = this.#buffer.length === 0 ? value : Buffer.concat([this.#buffer, value]);
    return !done;
  }

  /** `size` bytes, or undefined at the end of the stream. @param {number} size */
  async read(size) {
    while (this.#buffer.length < size)
      if (!(await this.#fill())) {
        if (this.#buffer.length === 0) return undefined;
        throw new Error("the archive ends in the middle of a file");
      }
    const part = this.#buffer.subarray(0, size);
    this.#buffer = this.#buffer.subarray(size);
    return part;
  }

  /** @param {number} size */
  async readExactly(size) {
    const part = size === 0 ? Buffer.alloc(0) : await this.read(size);
    if (!part) throw new Error("the archive ends in the middle of a file");
    return part;
  }

  /** At least one byte and at most `size`. @param {number} size */
  async readUpTo(size) {
    if (this.#buffer.length === 0 && !(await this.#fill())) throw new Error("the archive ends in the middle of a file");
    return this.readExactly(Math.min(size, this.#buffer.length));
  }

  /** @param {number} size */
  async skip(size) {
    for (let left = size; left > 0; ) left -= (await this.readUpTo(left)).length;
  }
}
