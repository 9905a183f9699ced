import type { TranscribeReply, TranscribeRequest } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import { isRecord } from "@/runtime/node/record";
import { type FailureContext, protocolFailure } from "./endpoint-failure";
import { languageCode } from "./language-code";

/** Models that refused `verbose_json` (gpt-4o-transcribe and others): text is all they give. */
export type PlainTranscribers = Set<string>;

export const maxAudioBytes = 100 * 1024 * 1024;
const mostSegments = 20_000;

/** POST /audio/transcriptions as multipart form data. */
export const transcribeFile = async (
  request: TranscribeRequest,
  bytes: Uint8Array<ArrayBuffer>,
  plain: PlainTranscribers,
  context: FailureContext,
  send: (form: FormData) => Promise<unknown>,
): Promise<TranscribeReply> => {
  if (!plain.has(request.model)) {
    try {
      return readTranscript(await send(formOf(request, bytes, "verbose_json")), context);
    } catch (error) {
      const refused = error instanceof NodeFailure && error.code === "model-rejected";
      if (!refused || !/response_format|verbose_json|timestamp/i.test(error.message)) throw error;
      plain.add(request.model);
    }
  }
  return readTranscript(await send(formOf(request, bytes, "json")), context);
};

const formOf = (
  { model, audio, language, prompt }: TranscribeRequest,
  bytes: Uint8Array<ArrayBuffer>,
  format: "verbose_json" | "json",
): FormData => {
  const form = new FormData();
  form.append("model", model);
  form.append("response_format", format);
  if (format === "verbose_json") form.append("timestamp_granularities[]", "segment");
  if (language !== undefined) form.append("language", language);
  if (prompt !== undefined && prompt !== "") form.append("prompt", prompt);
  form.append("file", new Blob([bytes], { type: audio.mediaType }), fileName(audio));
  return form;
};

const extensions: Readonly<Record<string, string>> = {
  "audio/mpeg": "mp3",
  "audio/mp4": "m4a",
  "audio/x-m4a": "m4a",
  "audio/aac": "aac",
  "audio/wav": "wav",
  "audio/x-wav": "wav",
  "audio/wave": "wav",
  "audio/vnd.wave": "wav",
  "audio/webm": "webm",
  "audio/ogg": "ogg",
  "audio/opus": "opus",
  "audio/flac": "flac",
  "audio/x-flac": "flac",
};

/** Servers go by the ending of the name, so it is made to say what the bytes are. */
const fileName = ({ mediaType }: FileReference): string =>
  `audio.${extensions[mediaType.split(";")[0]?.trim() ?? ""] ?? "bin"}`;

const seconds = (value: unknown): number | null => {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) && number >= 0 ? number : null;
};

/** The verbose form and the plain one; what is missing or unreadable beside the text is left out. */
const readTranscript = (answer: unknown, context: FailureContext): TranscribeReply => {
  if (!isRecord(answer) || typeof answer.text !== "string") throw protocolFailure("sent no transcript", context);
  const list = Array.isArray(answer.segments) ? answer.segments.slice(0, mostSegments) : [];
  const segments = list.flatMap((item) => {
    if (!isRecord(item) || typeof item.text !== "string") return [];
    const [start, end] = [seconds(item.start), seconds(item.end)];
    return start === null || end === null || end < start ? [] : [{ start, end, text: item.text.trim() }];
  });
  const usage = isRecord(answer.usage) ? answer.usage : {};
  return {
    text: answer.text.trim(),
    language: languageCode(answer.language),
    durationSeconds: seconds(answer.duration) ?? seconds(usage.seconds) ?? segments.at(-1)?.end ?? null,
    segments,
    costMicroUsd: null,
  };
};
