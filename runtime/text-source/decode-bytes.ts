import iconv from "iconv-lite";
import type { Encoding } from "./encodings";

/** Names that the library has for what others call otherwise. */
const libraryNames: Readonly<Partial<Record<Encoding, string>>> = {
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
  "x-mac-ce": "maccenteuro",
  "x-mac-cyrillic": "maccyrillic",
  big5: "big5-hkscs",
  "euc-kr": "cp949",
  ibm437: "cp437",
  ibm775: "cp775",
  ibm850: "cp850",
  ibm852: "cp852",
  ibm857: "cp857",
  ibm862: "cp862",
  ibm866: "cp866",
};

/**
 * Text out of bytes, without its byte order mark; what cannot be decoded becomes U+FFFD. Not by the platform's `TextDecoder`, whose Windows-1252
 * gives control signs for 0x80 to 0x9F in some releases of Node; only for ISO-2022-JP, which the library lacks.
 */
export function decodeBytes(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "iso-2022-jp") return new TextDecoder(encoding).decode(bytes);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return iconv.decode(buffer, libraryNames[encoding] ?? encoding);
}
