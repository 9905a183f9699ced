import { detect as detectStatistically } from "chardet";
import type { EncodingGuess } from "./encoding-guess";
import { type Encoding, encodingNamed } from "./encodings";
import { plausibilityOf } from "./plausibility";
import { tellingSample } from "./telling-sample";
import { usualSigns } from "./usual-signs";

export type Decode = (bytes: Uint8Array, encoding: Encoding) => string;

/** In the order in which they are preferred where the text is the same. */
const candidates: readonly (readonly [encoding: Encoding, prior: number])[] = [
  ["windows-1252", 0.05],
  ["gb18030", 0.04],
  ["shift_jis", 0.03],
  ["big5", 0.03],
  ["euc-kr", 0.03],
  ["windows-1251", 0.02],
  ["windows-1250", 0.03],
  ["windows-1254", 0.01],
  ["windows-1253", 0.02],
  ["windows-1255", 0.02],
  ["windows-1256", 0.02],
  ["windows-1257", 0],
  ["windows-874", 0],
  ["euc-jp", 0.02],
  ["koi8-r", 0.02],
  ["koi8-u", 0],
  ["iso-8859-2", 0],
  ["iso-8859-5", -0.02],
  ["iso-8859-7", 0],
  ["iso-8859-15", -0.01],
  ["iso-8859-6", -0.02],
  ["iso-8859-8", -0.02],
  ["macintosh", 0],
  ["ibm850", -0.02],
  ["ibm852", -0.04],
  ["ibm866", -0.02],
  ["x-mac-cyrillic", 0],
  ["utf-16le", -0.05],
  ["utf-16be", -0.05],
];

/** What the bytes of a text that is not UTF-8 most plausibly are. `decode` must give U+FFFD for what an encoding has not. */
export function detectEncoding(bytes: Uint8Array, decode: Decode): EncodingGuess {
  const sample = tellingSample(bytes);
  if (holdsEscapes(sample)) return { encoding: "iso-2022-jp", confidence: 0.95, alternatives: [] };
  const statistical = encodingNamed(detectStatistically(sample) ?? "");
  const texts = new Set<string>();
  const judged: { readonly encoding: Encoding; readonly score: number; readonly evidence: number }[] = [];
  for (const [encoding, prior] of candidates) {
    if (encoding.startsWith("utf-16") && bytes.length % 2 !== 0) continue;
    const text = decode(encoding.startsWith("utf-16") ? bytes.subarray(0, 8_192) : sample, encoding);
    // The same text again is no other answer.
    if (texts.has(text)) continue;
    texts.add(text);
    const { score, evidence } = plausibilityOf(text, usualSigns(encoding, decode));
    judged.push({ encoding, score: score + prior + (encoding === statistical ? 0.03 : 0), evidence });
  }
  judged.sort((left, right) => right.score - left.score);
  const [best, second] = judged;
  if (best === undefined) return { encoding: "windows-1252", confidence: 0, alternatives: [] };
  const margin = best.score - (second?.score ?? -1);
  // One or two signs say little, and a text that looks odd in the best of encodings is read by none of them.
  const evidence = Math.min(1, 0.64 + best.evidence * 0.07);
  const quality = Math.max(0, Math.min(1, 0.4 + best.score));
  const confidence = Math.max(0, Math.min(1, (0.55 + margin * 1.5) * evidence * quality));
  const alternatives = judged
    .slice(1)
    .filter(({ score }) => score > best.score - 0.9 && score > -0.6)
    .slice(0, 4)
    .map(({ encoding }) => encoding);
  return { encoding: best.encoding, confidence: Math.round(confidence * 100) / 100, alternatives };
}

/** ESC $ B and its like switch ISO-2022-JP between signs of one byte and of two. */
function holdsEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at !== -1; at = bytes.indexOf(0x1b, at + 1)) {
    if (bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40)) return true;
  }
  return false;
}
