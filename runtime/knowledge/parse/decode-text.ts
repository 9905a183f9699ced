import { detect } from "chardet";

export interface DecodedText {
  readonly text: string;
  /** As the Encoding Standard names it. */
  readonly encoding: string;
  /** Bytes were replaced, because no encoding fits all of them. */
  readonly isLossy: boolean;
}

const sampleSize = 65_536;

/**
 * Decodes a text file by its byte order mark, by `declared` (what an HTML page says), as UTF-8 if it is valid,
 * and else by what its bytes look like. Undefined for what is not text at all.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText | undefined {
  const marked = byteOrderMark(bytes) ?? utf16WithoutMark(bytes);
  if (marked) return decodeAs(marked, bytes);
  if (looksBinary(bytes)) return undefined;
  const utf8 = decodeStrictly("utf-8", bytes);
  if (utf8) return utf8;
  const stated = declared === undefined ? undefined : knownEncoding(declared);
  if (stated && stated !== "utf-8") return decodeAs(stated, bytes);
  // A UTF-8 file with a few damaged bytes is still UTF-8.
  const loose = decodeAs("utf-8", bytes);
  if (loose && isMostlyUtf8(loose.text)) return loose;
  const sample = bytes.subarray(0, sampleSize);
  if (looksLikeGb18030(sample)) return decodeAs("gb18030", bytes);
  return decodeAs(knownEncoding(detect(sample) ?? "") ?? "windows-1252", bytes);
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0x84 && bytes[1] === 0x31 && bytes[2] === 0x95 && bytes[3] === 0x33) return "gb18030";
  return undefined;
}

/** Letters, spaces and line ends of any language have a zero as their higher byte in UTF-16. */
function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const length = Math.min(bytes.length, sampleSize) & ~1;
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const units = length / 2;
  if (odd > units * 0.02 && even === 0) return plausible("utf-16le", bytes);
  if (even > units * 0.02 && odd === 0) return plausible("utf-16be", bytes);
  return undefined;
}

/** Binary data read as UTF-16 is full of code units that nobody has assigned. */
const plausible = (encoding: string, bytes: Uint8Array): string | undefined => {
  const text = decodeStrictly(encoding, bytes.subarray(0, Math.min(bytes.length, sampleSize) & ~1))?.text;
  return text !== undefined && !/[\p{Cn}\p{Co}]/u.test(text) ? encoding : undefined;
};

function looksBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  const length = Math.min(bytes.length, sampleSize);
  for (let index = 0; index < length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === 0) return true;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0c && byte !== 0x0d && byte !== 0x1b) controls++;
  }
  return controls > 1 + length * 0.01;
}

/** Of the signs outside ASCII at least nine in ten could be read. */
function isMostlyUtf8(text: string): boolean {
  const replaced = text.match(/\ufffd/g)?.length ?? 0;
  const foreign = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return foreign > replaced * 9;
}

/** Nearly every Chinese text consists of the 3,755 signs in GB 2312's first level and of its punctuation. */
function looksLikeGb18030(sample: Uint8Array): boolean {
  let common = 0;
  let pairs = 0;
  for (let index = 0; index < sample.length; index++) {
    const lead = sample[index] ?? 0;
    if (lead < 0x80) continue;
    const trail = sample[++index];
    if (trail === undefined) break;
    pairs++;
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3)) common++;
  }
  return pairs > 0 && common / pairs > 0.9;
}

const knownEncoding = (label: string): string | undefined => {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return undefined;
  }
};

function decodeStrictly(encoding: string, bytes: Uint8Array): DecodedText | undefined {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding, isLossy: false };
  } catch {
    return undefined;
  }
}

const decodeAs = (encoding: string, bytes: Uint8Array): DecodedText =>
  decodeStrictly(encoding, bytes) ?? { text: new TextDecoder(encoding).decode(bytes), encoding, isLossy: true };
