import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { fromIssue } from "../chat/request";
import { badRequest, type EndpointError, queueFull } from "../errors";
import { notOfThisUse } from "../model-list";
import { readForm } from "../read-form";
import { sendError, sendJson } from "../reply";
import type { Services } from "../services";
import type { TranscribeInput } from "../speech/process";
import type { Transcript } from "../speech/transcribe";

export const MAX_AUDIO_BYTES = 100 << 20;

const formFields = z.object({
  model: z.string({ error: "is missing" }).min(1).max(256),
  language: z
    .string()
    .regex(/^[a-z]{2,3}$/, 'must be a code such as "en" or "zh"')
    .optional(),
  prompt: z.string().max(4_000).optional(),
  response_format: z.enum(["json", "text", "verbose_json"]).default("json"),
});
type Fields = z.infer<typeof formFields>;

let folder: string | undefined;

/** One folder a process, which it takes along when it ends, even in the middle of a recording. */
function recordingsFolder(): string {
  if (folder) return folder;
  const made = mkdtempSync(path.join(os.tmpdir(), "pipewright-audio-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  folder = made;
  return made;
}

/** The recording is kept while it is worked on and no longer. */
export async function transcriptions(
  request: IncomingMessage,
  response: ServerResponse,
  services: Services,
  signal: AbortSignal,
) {
  const file = path.join(recordingsFolder(), randomUUID());
  try {
    const fields = await receive(request, file);
    if (!fields.ok) return sendError(response, fields.error);
    await answer(fields.value, file, response, services, signal);
  } finally {
    await rm(file, { force: true });
  }
}

async function receive(request: IncomingMessage, file: string): Promise<Result<Fields, EndpointError>> {
  const form = await readForm(request, { fileField: "file", saveTo: file, mostFileBytes: MAX_AUDIO_BYTES });
  if (!form.ok) return form;
  const parsed = formFields.safeParse(Object.fromEntries(form.value.fields));
  if (!parsed.success) return fail(fromIssue(parsed.error.issues[0]));
  if (!form.value.hasFile || (await stat(file)).size === 0)
    return fail(badRequest("The form has no recording in its field file.", "file"));
  return ok(parsed.data);
}

async function answer(
  { model, language, prompt, response_format }: Fields,
  file: string,
  response: ServerResponse,
  services: Services,
  signal: AbortSignal,
) {
  const { speech } = services.families;
  if (model !== speech.id) return sendError(response, notOfThisUse(model, "transcription", services));
  const input: TranscribeInput = { file, language, prompt: prompt || undefined };
  const turn = await services.queues.speech.run(() => speech.call<Transcript>("transcribe", input, signal), signal);
  if (!turn.ok) {
    if (turn.error.reason === "full") sendError(response, queueFull(turn.error.waiting, turn.error.retryAfterSeconds));
    return;
  }
  if (!turn.value.ok) return sendError(response, turn.value.error);
  const transcript = turn.value.value;
  switch (response_format) {
    case "text":
      response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
      response.end(`${transcript.text}\n`);
      return;
    case "json":
      return sendJson(response, 200, { text: transcript.text });
    case "verbose_json":
      return sendJson(response, 200, verbose(transcript));
    default:
      return response_format satisfies never;
  }
}

const verbose = ({ text, language, seconds, segments }: Transcript) => ({
  task: "transcribe",
  language,
  duration: seconds,
  text,
  segments: segments.map((segment, id) => ({ id, seek: 0, ...segment })),
  usage: { type: "duration", seconds: Math.ceil(seconds) },
});
