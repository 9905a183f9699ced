/** A stretch of decoded sound: one list of samples between -1 and 1 for each channel, all of one length. */
export interface Sound {
  readonly channels: readonly Float32Array[];
  readonly sampleRate: number;
}

/** Gives a recording piece by piece, so that the whole of it never lies in memory at its full rate. */
export type SoundPieces = AsyncGenerator<Sound> | Generator<Sound>;

/** What speech models listen to, a second. */
export const SPEECH_RATE = 16_000;

/** Parts of a file to feed a decoder with. */
export function* parts(bytes: Uint8Array, size = 1 << 16): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** A file that is not what it says, or that has no sound. The message is for the client. */
export class AudioError extends Error {}
