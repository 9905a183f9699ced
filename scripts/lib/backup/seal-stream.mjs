import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";

/** How a sealed file begins; what follows: 16 bytes of salt, then pieces of 4 bytes length, 16 bytes tag and ciphertext (AES-256-GCM). */
export const sealedMagic = Buffer.from("pipewright sealed backup 1\n");
const saltBytes = 16;
const tagBytes = 16;
const pieceBytes = 1024 * 1024;

const derive = promisify(scrypt);
/** @param {string} passphrase @param {Buffer} salt @returns {Promise<Buffer>} */
const keyOf = async (passphrase, salt) =>
  /** @type {Buffer} */ (
    await /** @type {any} */ (derive)(passphrase.normalize("NFKC"), salt, 32, {
      N: 2 ** 16,
      r: 8,
      p: 1,
      maxmem: 256 * 1024 * 1024,
    })
  );

/** Each piece has its number, and the last one says that it is: none can be left out, moved or cut off. @param {number} number @param {boolean} last */
const nonceOf = (number, last) => {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(last ? 1 : 0, 0);
  nonce.writeUIntBE(number, 6, 6);
  return nonce;
};

/** @param {string} passphrase @returns a transform for `stream.pipeline`: bytes -> sealed bytes */
export const sealWith = (passphrase) =>
  /** @param {AsyncIterable<Buffer>} source */
  async function* (source) {
    const salt = randomBytes(saltBytes);
    const key = await keyOf(passphrase, salt);
    yield Buffer.concat([sealedMagic, salt]);
    let number = 0;
    /** @param {Buffer} bytes @param {boolean} last */
    const seal = (bytes, last) => {
      const cipher = createCipheriv("aes-256-gcm", key, nonceOf(number++, last));
      const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(sealed.length);
      return Buffer.concat([length, cipher.getAuthTag(), sealed]);
    };
    let rest = Buffer.alloc(0);
    for await (const chunk of source) {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length > pieceBytes) {
        yield seal(rest.subarray(0, pieceBytes), false);
        rest = rest.subarray(pieceBytes);
      }
    }
    yield seal(rest, true);
  };

export class CannotOpen extends Error {}

/** @param {string} passphrase @returns a transform for `stream.pipeline`: sealed bytes, without the magic -> bytes */
export const openWith = (passphrase) =>
  /** @param {AsyncIterable<Buffer>} source */
  async function* (source) {
    let rest = Buffer.alloc(0);
    /** @type {Buffer | undefined} */
    let key;
    let number = 0;
    let ended = false;
    for await (const chunk of source) {
      if (ended) throw new CannotOpen("The file goes on after its end: it is damaged.");
      rest = Buffer.concat([rest, chunk]);
      if (key === undefined) {
        if (rest.length < saltBytes) continue;
        key = await keyOf(passphrase, rest.subarray(0, saltBytes));
        rest = rest.subarray(saltBytes);
      }
      while (rest.length >= 4 + tagBytes) {
        const length = rest.readUInt32BE(0);
        if (length > pieceBytes) throw new CannotOpen("The file is damaged.");
        const end = 4 + tagBytes + length;
        if (rest.length < end) break;
        const opened = open(key, rest.subarray(4, 4 + tagBytes), rest.subarray(4 + tagBytes, end), number++);
        ended = opened.last;
        yield opened.bytes;
        rest = rest.subarray(end);
        if (ended && rest.length > 0) throw new CannotOpen("The file goes on after its end: it is damaged.");
      }
    }
    if (!ended) throw new CannotOpen("The file ends too early: it was cut off.");
  };

/** @param {Buffer} key @param {Buffer} tag @param {Buffer} sealed @param {number} number */
const open = (key, tag, sealed, number) => {
  for (const last of [false, true]) {
    try {
      const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(number, last), { authTagLength: tagBytes });
      decipher.setAuthTag(tag);
      return { bytes: Buffer.concat([decipher.update(sealed), decipher.final()]), last };
    } catch {
      // The other kind, or none.
    }
  }
  throw new CannotOpen(
    number === 0 ? "The passphrase is not the one that this backup was sealed with." : "The file is damaged.",
  );
};
