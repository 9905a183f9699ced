import { createHash } from "node:crypto";
import { z } from "zod";
import {
  type TrainerArtifact,
  type TrainerBase,
  type TrainerCapabilities,
  type TrainerEvent,
  type TrainerJob,
  type TrainerPreview,
  trainerBase,
  trainerCapabilities,
  trainerEvent,
  trainerJob,
  trainerPreview,
  trainerProtocol,
} from "@/runtime/fine-tuning/trainer/contract";
import type { HttpFetch, HttpResponse } from "@/runtime/model/http-fetch";
import { TrainerFailure } from "./trainer-failure";

export interface TrainerAddress {
  readonly name: string;
  /** Ends in /v1, without a slash behind. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: HttpFetch;
}

export interface NumberedEvent {
  readonly id: number;
  /** null is one that was not understood. */
  readonly event: TrainerEvent | null;
}

export interface TrainerClient {
  readonly name: string;
  capabilities(signal?: AbortSignal): Promise<TrainerCapabilities>;
  bases(signal?: AbortSignal): Promise<readonly TrainerBase[]>;
  preview(asked: object, signal?: AbortSignal): Promise<TrainerPreview>;
  submit(job: object, signal?: AbortSignal): Promise<TrainerJob>;
  job(id: string, signal?: AbortSignal): Promise<TrainerJob>;
  cancel(id: string, signal?: AbortSignal): Promise<void>;
  resume(id: string, signal?: AbortSignal): Promise<void>;
  /** From after `after`; ends when the trainer ends it. */
  events(id: string, after: number, signal: AbortSignal): AsyncIterable<NumberedEvent>;
  /** A file, whose hash was checked. */
  artifact(id: string, artifact: TrainerArtifact, signal?: AbortSignal): Promise<Uint8Array>;
}

const answerMs = 60_000;
/** The first preview waits for the libraries to be read, and each for the words of thousands of rows. */
const previewMs = 300_000;
/** The trainer says something every 15 seconds. */
const silenceMs = 60_000;
const mostAnswerBytes = 64 * 1024 * 1024;
const mostLine = 1024 * 1024;

/** Speaks to one trainer. Every call throws `TrainerFailure`, or what aborted its signal. */
export const createTrainerClient = ({ name, baseUrl, headers, fetch }: TrainerAddress): TrainerClient => {
  const away = (why: string) =>
    new TrainerFailure("away", "trainer-away", `The trainer "${name}" does not answer: ${why}`);
  const untrue = (why: string) =>
    new TrainerFailure("untrue", "trainer-untrue", `What the trainer "${name}" says cannot be: ${why}`);

  const open = async (
    method: string,
    path: string,
    signal: AbortSignal,
    body?: object,
    more: Readonly<Record<string, string>> = {},
  ): Promise<HttpResponse> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const type: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    try {
      return await fetch(`${baseUrl}${path}`, {
        method,
        headers: { ...headers, ...type, ...more },
        ...content,
        signal,
      });
    } catch (error) {
      throw away(error instanceof Error ? error.message : String(error));
    }
  };

  const whole = async (response: HttpResponse, most: number): Promise<Buffer> => {
    const parts: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const part of response.body) {
        size += part.byteLength;
        if (size > most) break;
        parts.push(part);
      }
    } catch (error) {
      throw away(error instanceof Error ? error.message : String(error));
    }
    if (size > most) throw untrue(`an answer of more than ${most} bytes`);
    return Buffer.concat(parts);
  };

  const refuse = async (response: HttpResponse): Promise<never> => {
    const text = (await whole(response, mostLine)).toString("utf8");
    const said = refusal.safeParse(parse(text));
    if (response.status >= 500 && !said.success) throw away(`it answers ${response.status}`);
    const { code, message } = said.data?.error ?? { code: "refused", message: `it answers ${response.status}` };
    const hint = response.status === 404 && !said.success ? " Is this the address of a trainer?" : "";
    throw new TrainerFailure("refused", code, `The trainer "${name}" refuses: ${message}${hint}`);
  };

  const ask = async <T>(
    schema: z.ZodType<T>,
    method: string,
    path: string,
    body?: object,
    signal?: AbortSignal,
    longestMs = answerMs,
  ): Promise<T> => {
    const limit = AbortSignal.timeout(longestMs);
    const response = await open(method, path, signal === undefined ? limit : AbortSignal.any([signal, limit]), body);
    if (response.status < 200 || response.status > 299) return refuse(response);
    const told = schema.safeParse(parse((await whole(response, mostAnswerBytes)).toString("utf8")));
    if (!told.success) throw untrue(`${path.slice(1)} ${z.prettifyError(told.error).slice(0, 300)}`);
    return told.data;
  };

  const followed = async function* (id: string, after: number, signal: AbortSignal): AsyncIterable<NumberedEvent> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), silenceMs);
    try {
      const both = AbortSignal.any([signal, silence.signal]);
      const more = { "last-event-id": String(after), accept: "text/event-stream" };
      const response = await open("GET", `/training-jobs/${id}/events`, both, undefined, more);
      if (response.status !== 200) await refuse(response);
      let number = after;
      const decoder = new TextDecoder();
      let rest = "";
      for await (const part of response.body) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), silenceMs);
        const lines = (rest + decoder.decode(part, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        if (rest.length > mostLine) throw untrue("an event without an end");
        for (const line of lines) {
          if (line.startsWith("id: ")) number = Number(line.slice(4));
          if (!line.startsWith("data: ")) continue;
          if (!Number.isSafeInteger(number) || number < 0) throw untrue("an event whose number is none");
          yield { id: number, event: trainerEvent.safeParse(parse(line.slice(6))).data ?? null };
        }
      }
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof TrainerFailure) throw error;
      throw away(silence.signal.aborted ? "it fell silent" : error instanceof Error ? error.message : String(error));
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    name,
    capabilities: async (signal) => {
      const told = await ask(trainerCapabilities, "GET", "/capabilities", undefined, signal);
      if (told.protocol === trainerProtocol) return told;
      throw new TrainerFailure(
        "refused",
        "trainer-too-old",
        `The trainer "${name}" speaks another protocol (${told.protocol ?? "none"}, wanted ${trainerProtocol}). Start it from the same version as the app.`,
      );
    },
    bases: async (signal) =>
      (await ask(z.object({ bases: z.array(trainerBase).max(1_000) }), "GET", "/bases", undefined, signal)).bases,
    preview: (asked, signal) => ask(trainerPreview, "POST", "/preview", asked, signal, previewMs),
    submit: (job, signal) => ask(trainerJob, "POST", "/training-jobs", job, signal),
    job: (id, signal) => ask(trainerJob, "GET", `/training-jobs/${id}`, undefined, signal),
    cancel: async (id, signal) =>
      void (await ask(trainerJob, "POST", `/training-jobs/${id}/cancel`, undefined, signal)),
    resume: async (id, signal) =>
      void (await ask(trainerJob, "POST", `/training-jobs/${id}/resume`, undefined, signal)),
    events: followed,
    artifact: async (id, { hash, bytes, name: file }, signal) => {
      const limit = AbortSignal.timeout(10 * answerMs);
      const both = signal === undefined ? limit : AbortSignal.any([signal, limit]);
      const response = await open("GET", `/training-jobs/${id}/artifacts/${hash}`, both);
      if (response.status !== 200) return refuse(response);
      const content = await whole(response, bytes);
      if (createHash("sha256").update(content).digest("hex") !== hash)
        throw untrue(`${file} has another hash than it was told`);
      return content;
    },
  };
};

const refusal = z.object({ error: z.object({ code: z.string().max(200), message: z.string().max(20_000) }) });

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
