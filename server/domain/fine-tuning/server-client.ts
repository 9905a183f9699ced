import { z } from "zod";
import type { HttpResponse } from "@/runtime/model/http-fetch";
import type { TrainerAddress } from "./trainer-client";

export type ServerAnswer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: string };
export type ServerLoad =
  | { readonly ok: true /** Loaded before it was asked. */; readonly before: boolean }
  | { readonly ok: false; readonly before?: undefined; readonly problem: string };

/** A server that loads adapters while it runs: vLLM, or the trainer. */
export interface ServerClient {
  load(name: string, path: string, about: { readonly rank: number }): Promise<ServerLoad>;
  unload(name: string): Promise<void>;
  ask(name: string, question: string): Promise<ServerAnswer>;
}

const loadMs = 180_000;
const askMs = 180_000;
const mostBytes = 4 * 1024 * 1024;

const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1) });
const models = z.object({ data: z.array(z.object({ id: z.string(), root: z.string().nullish() })) });

export const createServerClient = ({ baseUrl, headers, fetch }: TrainerAddress): ServerClient => {
  const call = async (
    method: string,
    path: string,
    body: object | null,
    ms: number,
  ): Promise<{ status: number; text: string }> => {
    const response: HttpResponse = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { ...headers, ...(body !== null && { "content-type": "application/json" }) },
      ...(body !== null && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ms),
    });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body) {
      size += part.byteLength;
      if (size > mostBytes) break;
      parts.push(part);
    }
    return { status: response.status, text: Buffer.concat(parts).toString("utf8") };
  };
  const failed = (error: unknown) => `It cannot be reached: ${error instanceof Error ? error.message : String(error)}`;
  /** The folder that the server has loaded under a name; null where it tells none, or has no such model. */
  const rootOf = async (name: string): Promise<string | null> => {
    const { text } = await call("GET", "/models", null, 15_000);
    return models.safeParse(parse(text)).data?.data.find(({ id }) => id === name)?.root ?? null;
  };
  return {
    load: async (name, path, { rank }) => {
      try {
        const before = await rootOf(name);
        if (before !== null && before === path) return { ok: true, before: true };
        const { status, text } = await call("POST", "/load_lora_adapter", { lora_name: name, lora_path: path }, loadMs);
        if (status === 200) return { ok: true, before: before !== null };
        return { ok: false, problem: explain(status, said(text), rank) };
      } catch (error) {
        return { ok: false, problem: failed(error) };
      }
    },
    unload: async (name) => {
      // A server that is away has unloaded it by that.
      await call("POST", "/unload_lora_adapter", { lora_name: name }, 30_000).catch(() => null);
    },
    ask: async (name, question) => {
      try {
        const body = { model: name, messages: [{ role: "user", content: question }], max_tokens: 64, temperature: 0 };
        const { status, text } = await call("POST", "/chat/completions", body, askMs);
        if (status !== 200)
          return { ok: false, problem: `It loaded the adapter but does not answer with it (${status}): ${said(text)}` };
        const told = completion.safeParse(parse(text)).data?.choices[0]?.message.content.trim();
        if (told === undefined)
          return { ok: false, problem: "It loaded the adapter, but its answer is none of a chat." };
        return told === ""
          ? { ok: false, problem: "It loaded the adapter, and answers with nothing." }
          : { ok: true, text: told.slice(0, 2_000) };
      } catch (error) {
        return { ok: false, problem: failed(error) };
      }
    },
  };
};

/** What a refusal says, whatever its shape: vLLM has had three. */
const said = (text: string): string => {
  const told = z
    .union([
      z.object({ error: z.object({ message: z.string() }) }),
      z.object({ message: z.string() }),
      z.object({ detail: z.string() }),
    ])
    .safeParse(parse(text)).data;
  const message =
    told === undefined ? text : "error" in told ? told.error.message : "message" in told ? told.message : told.detail;
  return message.slice(0, 500);
};

/** Which option of the server is missing, where its refusal tells. */
const explain = (status: number, text: string, rank: number): string => {
  if (/max_lora_rank|lora rank/i.test(text))
    return `${text} Start vLLM with --max-lora-rank ${rank > 64 ? rank : [8, 16, 32, 64].find((most) => most >= rank)}; it takes 16 where nothing is said.`;
  if (/already been loaded|name-taken/i.test(text))
    return `${text} Choose another name, or take the other one off first.`;
  if (status === 404 && /not found/i.test(text) && !/adapter|lora/i.test(text))
    return "It does not load adapters while it runs. Start vLLM with --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=True.";
  if (/no adapter found|does not exist|cannot be found|No such file/i.test(text))
    return `${text} The folder has to be one that this server sees: copy or share it, and name it as the server sees it.`;
  return `It refuses (${status}): ${text}`;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
