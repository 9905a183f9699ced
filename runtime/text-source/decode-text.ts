import { decodeBytes } from "./decode-bytes";
import { detectEncoding } from "./detect-encoding";
import { type EncodingGuess, sureEnough } from "./encoding-guess";
import { type Encoding, encodingNamed } from "./encodings";

/** A text with how its bytes were taken. */
export interface DecodedText extends EncodingGuess {
  readonly text: string;
  /** Bytes were replaced, because the encoding has no sign for all of them. */
  readonly isLossy: boolean;
  /** Somebody should look: the bytes may as well be of another encoding. */
  readonly isUnsure: boolean;
}

const sampleSize = 65_536;

export interface DecodeOptions {
  /** Chosen by a person: taken as it is. */
  readonly encoding?: Encoding | undefined;
  /** What a page says of itself; counts where the text is not plainly UTF-8. */
  readonly declared?: string | undefined;
}

/**
 * Decodes a text file: as it was chosen; by its byte order mark; as UTF-8 if it is valid; by what it declares; else by what its bytes most plausibly
 * are. Undefined for what is not text at all.
 */
export function decodeText(bytes: Uint8Array, options: DecodeOptions = {}): DecodedText | undefined {
  if (options.encoding !== undefined) return decoded(bytes, certain(options.encoding));
  const marked = byteOrderMark(bytes) ?? utf16WithoutMark(bytes);
  if (marked !== undefined) return decoded(bytes, certain(marked));
  if (looksBinary(bytes)) return undefined;
  const isUtf8 = isValidUtf8(bytes);
  if (isUtf8 && !bytes.subarray(0, sampleSize).includes(0x1b)) return decoded(bytes, certain("utf-8"));
  const declared = options.declared === undefined ? undefined : encodingNamed(options.declared);
  if (declared !== undefined && declared !== "utf-8" && !declared.startsWith("utf-")) {
    return decoded(bytes, { encoding: declared, confidence: 0.9, alternatives: [] });
  }
  // A UTF-8 file with a few damaged bytes is still UTF-8.
  if (!isUtf8 && isMostlyUtf8(decodeBytes(bytes, "utf-8"))) return decoded(bytes, certain("utf-8"));
  const guess = detectEncoding(bytes, decodeBytes);
  return decoded(bytes, isUtf8 && guess.encoding !== "iso-2022-jp" ? certain("utf-8") : guess);
}

const certain = (encoding: Encoding): EncodingGuess => ({ encoding, confidence: 1, alternatives: [] });

function decoded(bytes: Uint8Array, guess: EncodingGuess): DecodedText {
  const text = decodeBytes(bytes, guess.encoding);
  const isUtf8 = guess.encoding === "utf-8";
  // A UTF-8 text may hold the replacement sign itself.
  const isLossy = text.includes("\ufffd") && !(isUtf8 && isValidUtf8(bytes));
  return { ...guess, text, isLossy, isUnsure: guess.confidence < sureEnough };
}

function byteOrderMark(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes[2] === 0 && bytes[3] === 0 ? "utf-32le" : "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 0xfe && bytes[3] === 0xff) return "utf-32be";
  if (bytes[0] === 0x84 && bytes[1] === 0x31 && bytes[2] === 0x95 && bytes[3] === 0x33) return "gb18030";
  return undefined;
}

/** Letters, spaces and line ends of any language have a zero as their higher byte in UTF-16. */
function utf16WithoutMark(bytes: Uint8Array): Encoding | undefined {
  const length = Math.min(bytes.length, sampleSize) & ~1;
  if (length < 4) return undefined;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) even++;
    if (bytes[index + 1] === 0) odd++;
  }
  const units = length / 2;
  // Zeros that strayed into plain letters; other writings in UTF-16, which have as few, have bytes that no letter is.
  if (Math.max(odd, even) < units / 2 && bytes.subarray(0, length).every(isPlainByte)) return undefined;
  if (odd > units * 0.02 && even === 0) return plausible("utf-16le", bytes);
  if (even > units * 0.02 && odd === 0) return plausible("utf-16be", bytes);
  return undefined;
}

const isPlainByte = (byte: number): boolean =>
  byte === 0 || byte === 0x09 || byte === 0x0a || byte === 0x0d || (byte >= 0x20 && byte < 0x80);

/** Binary data read as UTF-16 is full of code units that nobody has assigned. */
const plausible = (encoding: Encoding, bytes: Uint8Array): Encoding | undefined => {
  const text = decodeBytes(bytes.subarray(0, Math.min(bytes.length, sampleSize) & ~1), encoding);
  return text.isWellFormed() && !/[\p{Cn}\p{Co}\ufffd]/u.test(text) ? encoding : undefined;
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

function isValidUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Of the signs outside ASCII at least nine in ten could be read. */
function isMostlyUtf8(text: string): boolean {
  let replaced = 0;
  let foreign = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) replaced++;
    else if (unit > 0x7f) foreign++;
  }
  return foreign > replaced * 9;
}
