import { z } from "zod";
import type { HttpFetch } from "@/runtime/model/http-fetch";
import { type Localized, locales } from "@/runtime/node/localized";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { readEmbeddedAddress } from "./embedded-endpoint";
import { processState } from "./process-state";

const timeoutMs = 3_000;
const mostBytes = 256 * 1024;

export interface EmbeddedModelStatus {
  readonly name: string;
  readonly title: Localized;
  readonly state: "missing" | "unloaded" | "loading" | "loaded" | "failed";
  /** About what it takes while it is loaded; 0 where it works with other models of the list. */
  readonly memoryBytes: number;
  /** SPDX, or a licence's own name; null for a file of the user's. */
  readonly licence: string | null;
  /** Fetches it where it is missing. */
  readonly command: string | null;
  readonly fetching: FetchState | null;
  /** Why the last try to fetch it did not succeed. */
  readonly failure: string | null;
}

/** How far a fetch is, in bytes. */
export interface FetchState {
  readonly bytesDone: number;
  readonly bytesTotal: number;
}

/** A model that is not here and can be. */
export interface ModelOffer extends Pick<EmbeddedModelStatus, "name" | "title" | "licence" | "fetching" | "failure"> {
  readonly command: string;
  readonly bytes: number;
}

export interface EmbeddedStatus {
  /** Of all its processes, weights included. */
  readonly memoryBytes: number;
  /** After so long without a request a model leaves the memory; null: never. */
  readonly idleMinutes: number | null;
  readonly models: readonly EmbeddedModelStatus[];
  readonly offers: readonly ModelOffer[];
}

const text = z.string().min(1).max(300);
const title = z.object(Object.fromEntries(locales.map((locale) => [locale, text]))) as unknown as z.ZodType<Localized>;

const fetched = {
  licence: text.nullable().default(null),
  fetching: z
    .object({ bytesDone: z.number().min(0), bytesTotal: z.number().min(0) })
    .nullable()
    .default(null),
  failure: z.string().nullable().default(null),
};

const answer = z.object({
  memory: z.object({ residentBytes: z.number().min(0) }),
  idleMinutes: z.number().min(0).nullable().default(null),
  models: z
    .array(
      z.object({
        id: text,
        title,
        state: z.enum(["missing", "unloaded", "loading", "loaded", "failed"]),
        memoryBytes: z.number().min(0).default(0),
        command: text.optional(),
        ...fetched,
      }),
    )
    .max(200),
  offers: z
    .array(z.object({ id: text, title, command: text, bytes: z.number().min(0), ...fetched }))
    .max(200)
    .default([]),
});

/** What the embedded endpoint says of itself; null while it does not run or does not answer. */
export const readEmbeddedStatus = async (
  address: { readonly baseUrl: string; readonly apiKey: string | null },
  fetch: HttpFetch,
  signal: AbortSignal,
): Promise<EmbeddedStatus | null> => {
  try {
    const response = await fetch(`${address.baseUrl.replace(/\/v1$/, "")}/health`, {
      method: "GET",
      headers: {
        accept: "application/json",
        ...(address.apiKey === null ? {} : { authorization: `Bearer ${address.apiKey}` }),
      },
      signal,
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.byteLength;
      if (size > mostBytes) return null;
      chunks.push(chunk);
    }
    const parsed = answer.safeParse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    if (response.status !== 200 || !parsed.success) return null;
    const { memory, idleMinutes, models, offers } = parsed.data;
    return {
      memoryBytes: memory.residentBytes,
      idleMinutes,
      models: models
        // The parts of `local-embed`, each for one language, hold its weights.
        .filter(({ id, memoryBytes, state }) => !/^local-embed-/.test(id) || memoryBytes > 0 || state === "missing")
        .map(({ id, command = null, ...model }) => ({ name: id, command, ...model })),
      offers: offers.map(({ id, ...offer }) => ({ name: id, ...offer })),
    };
  } catch {
    return null;
  }
};

/** Which of the shipped models are in memory, and what they take. */
export const embeddedStatus = viewerProcedure.query(async ({ signal }): Promise<EmbeddedStatus | null> => {
  const address = readEmbeddedAddress();
  if (address === null) return null;
  const limit = AbortSignal.timeout(timeoutMs);
  return readEmbeddedStatus(address, processState().trustedFetch, signal ? AbortSignal.any([signal, limit]) : limit);
});
