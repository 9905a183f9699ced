import { createRequire } from "node:module";
import { AudioError, type Sound } from "./sound";

const SECONDS_A_PIECE = 30;

/** AAC without a container, a stretch at a time: such a file does not say how long it is, and cannot be entered in the middle. */
export async function* readAdts(bytes: Uint8Array): AsyncGenerator<Sound> {
  for (const part of adtsParts(bytes)) yield* decodedBy(part, () => [[0, ALL]]);
}

/** What the decoder takes for as long as the file is. */
const ALL = -1;

const HEADER = 7;
const SAMPLES_A_FRAME = 1024;
const rates = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350];

/** Whole frames (ISO/IEC 13818-7, 6.2), about `SECONDS_A_PIECE` at a time; what lies between frames is passed over. */
function* adtsParts(bytes: Uint8Array): Generator<Uint8Array> {
  let [start, at, frames] = [0, 0, 0];
  while (at + HEADER <= bytes.length) {
    const [sync = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0] = bytes.subarray(at, at + HEADER);
    const length = ((fourth & 3) << 11) | (fifth << 3) | (sixth >> 5);
    if (sync !== 0xff || (second & 0xf6) !== 0xf0 || length < HEADER) {
      if (at === start) start += 1;
      at += 1;
      continue;
    }
    at += length;
    frames += 1;
    const rate = rates[(third >> 2) & 15] ?? 48_000;
    if (frames * SAMPLES_A_FRAME < SECONDS_A_PIECE * rate) continue;
    yield bytes.subarray(start, Math.min(at, bytes.length));
    [start, frames] = [at, 0];
  }
  if (frames > 0) yield bytes.subarray(start, bytes.length);
}

/** AAC, as iPhones and Safari record it: FFmpeg's decoder, compiled to WebAssembly. */
export const readM4a = (bytes: Uint8Array): AsyncGenerator<Sound> =>
  decodedBy(bytes, ({ duration }) =>
    // The decoder gives a number below zero where a file does not say how long it is.
    duration > 0
      ? Array.from({ length: Math.ceil(duration / SECONDS_A_PIECE) }, (_, piece) => {
          const start = piece * SECONDS_A_PIECE;
          return [start, Math.min(SECONDS_A_PIECE, duration - start)] as const;
        })
      : [[0, ALL]],
  );

type Stretch = readonly [start: number, seconds: number];

async function* decodedBy(
  bytes: Uint8Array,
  stretchesOf: (file: { readonly duration: number }) => readonly Stretch[],
): AsyncGenerator<Sound> {
  const { getAudioDecoder } = await import("audio-file-decoder");
  const wasm = createRequire(import.meta.url).resolve("audio-file-decoder/decode-audio.wasm");
  // A copy of just these bytes: `slice` of a Buffer is a view of all that the Buffer is a part of.
  const file = new Uint8Array(bytes).buffer;
  const decoder = await asInBrowser(() => getAudioDecoder(wasm, file)).catch((error: unknown) => {
    throw new AudioError(error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error));
  });
  try {
    for (const [start, seconds] of stretchesOf(decoder))
      yield { channels: [decoder.decodeAudioData(start, seconds)], sampleRate: decoder.sampleRate };
  } finally {
    decoder.dispose();
  }
}

/** The library was made for browsers and reads its own WebAssembly by what it takes for Node's names; in a module they do not exist. */
async function asInBrowser<T>(work: () => Promise<T>): Promise<T> {
  const names = globalThis as Record<string, unknown>;
  const before = { fetch: names.fetch, require: names.require, __dirname: names.__dirname };
  Object.assign(names, { fetch: undefined, require: createRequire(import.meta.url), __dirname: import.meta.dirname });
  try {
    return await work();
  } finally {
    Object.assign(names, before);
  }
}
