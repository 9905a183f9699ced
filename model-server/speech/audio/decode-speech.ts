import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, type EndpointError } from "../../errors";
import { openSound, READABLE } from "./open-sound";
import { Resampler } from "./resampler";
import { AudioError, SPEECH_RATE } from "./sound";

/** One channel at `SPEECH_RATE`, in 16 bits: an hour is 115 MB. */
export type Speech = Int16Array;

export const speechSeconds = (speech: Speech) => speech.length / SPEECH_RATE;

/** A whole recording as speech models hear it. Stops where it is longer than the limit. */
export async function decodeSpeech(
  bytes: Uint8Array,
  mostSeconds: number,
  signal: AbortSignal,
): Promise<Result<Speech, EndpointError>> {
  const resampler = new Resampler();
  const pieces: Int16Array[] = [];
  let length = 0;
  try {
    for await (const sound of openSound(bytes)) {
      signal.throwIfAborted();
      const piece = Int16Array.from(resampler.push(sound), (value) =>
        Math.round(Math.min(1, Math.max(-1, value)) * 32_767),
      );
      pieces.push(piece);
      length += piece.length;
      if (length > mostSeconds * SPEECH_RATE) return fail(tooLong(mostSeconds));
    }
  } catch (error) {
    signal.throwIfAborted();
    return fail(unreadable(error instanceof AudioError ? error.message : "it is damaged"));
  }
  if (length === 0) return fail(unreadable("it holds no sound"));
  const speech = new Int16Array(length);
  let at = 0;
  for (const piece of pieces) {
    speech.set(piece, at);
    at += piece.length;
  }
  return ok(speech);
}

const tooLong = (mostSeconds: number): EndpointError =>
  badRequest(
    `The recording is longer than ${Math.round(mostSeconds / 60)} minutes, the limit of this endpoint. ` +
      "Cut it, or start the endpoint with a larger --audio-minutes.",
    "file",
    "audio_too_long",
  );

const unreadable = (why: string): EndpointError =>
  badRequest(`The recording cannot be read: ${why}. Send ${READABLE}.`, "file", "invalid_audio");
