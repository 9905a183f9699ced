import { createHash } from "node:crypto";

/** Encrypts a PDF's streams as the standard's first revision does (RC4 with 40 bits), which every reader knows. */
export interface PdfEncryption {
  /** The dictionary's content. */
  readonly dictionary: string;
  readonly id: string;
  readonly encrypt: (object: number, data: Buffer) => Buffer;
}

const padding = Buffer.from("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a", "hex");
const permissions = -44;

export function pdfEncryption(userPassword: string): PdfEncryption {
  const id = md5(Buffer.from("fixture"));
  const padded = Buffer.concat([Buffer.from(userPassword, "latin1"), padding]).subarray(0, 32);
  const owner = rc4(md5(Buffer.concat([Buffer.from("owner"), padding]).subarray(0, 32)).subarray(0, 5), padded);
  const flags = Buffer.alloc(4);
  flags.writeInt32LE(permissions);
  const key = md5(Buffer.concat([padded, owner, flags, id])).subarray(0, 5);
  const user = rc4(key, padding);
  return {
    dictionary: `/Filter /Standard /V 1 /R 2 /O <${owner.toString("hex")}> /U <${user.toString("hex")}> /P ${permissions}`,
    id: id.toString("hex"),
    encrypt: (object, data) => {
      const suffix = Buffer.from([object & 255, (object >> 8) & 255, (object >> 16) & 255, 0, 0]);
      return rc4(md5(Buffer.concat([key, suffix])).subarray(0, 10), data);
    },
  };
}

const md5 = (data: Buffer): Buffer => createHash("md5").update(data).digest();

function rc4(key: Buffer, data: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number) => state[index & 255] ?? 0;
  const swap = (a: number, b: number) => {
    const kept = at(a);
    state[a & 255] = at(b);
    state[b & 255] = kept;
  };
  let j = 0;
  for (let i = 0; i < 256; i++) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    swap(i, j);
  }
  const out = Buffer.alloc(data.length);
  let i = 0;
  j = 0;
  for (let index = 0; index < data.length; index++) {
    i = (i + 1) & 255;
    j = (j + at(i)) & 255;
    swap(i, j);
    out[index] = (data[index] ?? 0) ^ at(at(i) + at(j));
  }
  return out;
}
