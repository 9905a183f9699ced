import { createRequire } from "node:module";
import { AudioError, type Sound } from "./sound";

const SECONDS_A_PIECE = 30;

/** AAC, as iPhones and Safari record it: FFmpeg's decoder, compiled to WebAssembly. */
export async function* readM4a(bytes: Uint8Array): AsyncGenerator<Sound> {
  const { getAudioDecoder } = await import("audio-file-decoder");
  const wasm = createRequire(import.meta.url).resolve("audio-file-decoder/decode-audio.wasm");
  const file = bytes.slice().buffer;
  const decoder = await asInBrowser(() => getAudioDecoder(wasm, file)).catch((error: unknown) => {
    throw new AudioError(error instanceof Error ? (error.message.split("\n", 1)[0] ?? "") : String(error));
  });
  try {
    const { sampleRate, duration } = decoder;
    for (let start = 0; start < duration; start += SECONDS_A_PIECE)
      yield { channels: [decoder.decodeAudioData(start, Math.min(SECONDS_A_PIECE, duration - start))], sampleRate };
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
