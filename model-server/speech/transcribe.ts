import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, type EndpointError } from "../errors";
import { type Speech, speechSeconds } from "./audio/decode-speech";
import { joinSegments, type Segment } from "./segments";
import type { VoiceActivity } from "./voice-activity";
import { speechWindows } from "./voiced-stretches";
import type { Whisper } from "./whisper";

export interface Transcript {
  /** Empty where nobody speaks. */
  readonly text: string;
  /** ISO 639-1; null where nobody speaks and none was named. */
  readonly language: string | null;
  readonly seconds: number;
  readonly segments: readonly Segment[];
}

export interface TranscribeOptions {
  readonly language: string | undefined;
  readonly prompt: string | undefined;
  readonly signal: AbortSignal;
}

/** Only where somebody speaks is listened to: over silence the model would make words up. */
export async function transcribe(
  speech: Speech,
  { language, prompt, signal }: TranscribeOptions,
  models: { readonly voiceActivity: () => Promise<VoiceActivity>; readonly whisper: () => Promise<Whisper> },
): Promise<Result<Transcript, EndpointError>> {
  const seconds = Math.round(speechSeconds(speech) * 100) / 100;
  const windows = speechWindows(await (await models.voiceActivity()).find(speech, signal));
  if (windows.length === 0) return ok({ text: "", language: language ?? null, seconds, segments: [] });
  const whisper = await models.whisper();
  if (language !== undefined && !whisper.languages.includes(language))
    return fail(
      badRequest(
        `The model does not know the language "${language}". Known: ${whisper.languages.join(", ")}.`,
        "language",
      ),
    );
  let spoken = language;
  const segments: Segment[] = [];
  for (const window of windows) {
    signal.throwIfAborted();
    const heard = await whisper.listen(speech, window);
    spoken ??= await whisper.recognizeLanguage(heard);
    segments.push(...(await whisper.write(heard, { language: spoken, prompt, signal })));
  }
  return ok({ text: joinSegments(segments), language: spoken ?? null, seconds, segments });
}
