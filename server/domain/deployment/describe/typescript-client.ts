import { type InputField, isFileKind } from "@/runtime/node/define-node";
import type { PortKind } from "@/runtime/node/port";
import { typeNameOf } from "./openapi-document";
import type { DescribedPorts } from "./port-schema";

const inputType = (field: InputField): string => {
  if (isFileKind(field.kind)) return "{ readonly fileId: string }";
  switch (field.kind) {
    case "text":
      return "string";
    case "number":
      return "number";
    case "choice":
      return (field.options ?? []).map((option) => JSON.stringify(option)).join(" | ") || "never";
    default:
      return "unknown";
  }
};

const outputTypes: Readonly<Record<PortKind, string>> = {
  text: "string",
  number: "number",
  boolean: "boolean",
  json: "unknown",
  any: "unknown",
  messages: "readonly unknown[]",
  documents: "readonly unknown[]",
  image: "StoredFile",
  audio: "StoredFile",
  file: "StoredFile",
};

const comment = (text: string | undefined): string =>
  text === undefined || text.trim() === ""
    ? ""
    : `  /** ${text.replace(/\s+/g, " ").replaceAll("*/", "* /").trim()} */\n`;

/**
 * A client of one pipeline in TypeScript, typed by its inputs and outputs: one file without dependencies, for any program that has `fetch`.
 */
export const typescriptClient = (
  { slug, name, inputFields, outputs, version, keepsConversations }: DescribedPorts,
  baseUrl: string,
): string => {
  const type = typeNameOf(slug);
  const inputs = inputFields
    .map((field) => {
      const isLeft = !field.required || field.default !== undefined;
      return `${comment(field.help)}  readonly ${JSON.stringify(field.name)}${isLeft ? "?" : ""}: ${inputType(field)};\n`;
    })
    .join("");
  const answers = outputs
    .map((output) => `  readonly ${JSON.stringify(output.name)}?: ${outputTypes[output.kind]};\n`)
    .join("");
  const turn = keepsConversations
    ? `  /** To be sent with the next call, which then remembers this one. */\n  readonly conversation_id?: string;\n  readonly turn?: number;\n`
    : "";
  const talkOptions = keepsConversations
    ? `  /** Goes on with a conversation; left out: begins one, whose id the answer tells. */\n  readonly conversationId?: string;\n  /** Your id of the person behind the call. */\n  readonly user?: string;\n`
    : "";
  const body = (more: string): string =>
    `{ inputs${more}${keepsConversations ? ", conversation_id: options.conversationId, user: options.user" : ""} }`;
  const start = `  /** Runs it in the background: resolves as soon as the run is accepted. */
  start(inputs: ${type}Inputs, options: CallOptions = {}): Promise<${type}Accepted> {
    return this.#json("", ${body(", background: true")}, options);
  }

`;
  return `// A client of the pipeline ${JSON.stringify(name).replace(/[\u2028\u2029]/g, " ")}, made from version ${version} of it. Make it anew when its inputs or outputs change.

export interface ${type}Inputs {
${inputs}}

/** An output whose branch was not taken is left out. */
export interface ${type}Outputs {
${answers}}

export interface StoredFile {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
}

export interface ${type}Answer {
  readonly runId: string;
  /** empty: no branch reached an output. */
  readonly status: "success" | "empty";
  readonly outputs: ${type}Outputs;
  readonly finishReason: "stop" | "length" | "content_filter" | "empty" | "unknown";
  readonly usage: { readonly inputTokens: number | null; readonly outputTokens: number | null };
  readonly costUsd: number | null;
  readonly durationMs: number;
${turn}}

/** A run that was accepted, or that waits for a person. */
export interface ${type}Accepted {
  readonly runId: string;
  readonly status: "queued" | "paused";
  readonly statusUrl: string;
${turn}}

export interface ${type}Run extends Partial<Omit<${type}Answer, "runId" | "status">> {
  readonly runId: string;
  readonly status: "queued" | "running" | "paused" | "success" | "empty" | "failure" | "aborted";
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** An event of a stream, as the API's documentation lists them; \`id\` is what a broken stream goes on after. */
export interface ${type}Event {
  readonly id: string | null;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A refusal or a failure, by the code of the API. */
export class ${type}Error extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

export interface ${type}Options {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly fetch?: typeof fetch;
}

interface CallOptions {
  /** The same key with the same inputs is the same run, for 24 hours. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
${talkOptions}}

export class ${type}Client {
  readonly #options: ${type}Options;

  constructor(options: ${type}Options) {
    this.#options = options;
  }

  /** Runs it and gives the whole answer; where a person is asked, where to ask for it later. */
  run(inputs: ${type}Inputs, options: CallOptions = {}): Promise<${type}Answer | ${type}Accepted> {
    return this.#json("", ${body("")}, options);
  }

${start}  /** How a run stands, and what it answered. */
  read(runId: string, options: CallOptions = {}): Promise<${type}Run> {
    return this.#json(\`/\${encodeURIComponent(runId)}\`, undefined, options);
  }

  /** Ends a run, and says how it stands then: its id and status alone, where the key may not read runs. */
  cancel(runId: string, options: CallOptions = {}): Promise<${type}Run> {
    return this.#json(\`/\${encodeURIComponent(runId)}/cancel\`, {}, options);
  }

  /** Runs again what failed in a run that has ended, as a new run, and gives its answer. */
  retry(runId: string, options: CallOptions = {}): Promise<${type}Answer | ${type}Accepted> {
    return this.#json(\`/\${encodeURIComponent(runId)}/retry\`, {}, options);
  }

  /** Runs it and gives its events as they come. */
  async *stream(inputs: ${type}Inputs, options: CallOptions = {}): AsyncGenerator<${type}Event> {
    const response = await this.#send("", ${body(", stream: true")}, options);
    let rest = "";
    const decoder = new TextDecoder();
    const reader = response.body!.getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const blocks = (rest + decoder.decode(value, { stream: true })).split("\\n\\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          const field = (name: string) =>
            block.split("\\n").find((line) => line.startsWith(\`\${name}: \`))?.slice(name.length + 2) ?? null;
          const data = field("data");
          if (data !== null) yield { id: field("id"), type: field("event") ?? "message", data: JSON.parse(data) };
        }
      }
    } finally {
      await reader.cancel().catch(() => {});
    }
  }

  async #json<T>(path: string, body: object | undefined, options: CallOptions): Promise<T> {
    return (await this.#send(path, body, options)).json() as Promise<T>;
  }

  async #send(path: string, body: object | undefined, { idempotencyKey, signal }: CallOptions): Promise<Response> {
    const { apiKey, baseUrl = ${JSON.stringify(baseUrl)}, fetch: send = fetch } = this.#options;
    const response = await send(\`\${baseUrl}/api/v1/pipelines/${slug}/runs\${path}\`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: \`Bearer \${apiKey}\`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    });
    if (response.ok) return response;
    const { error } = (await response.json().catch(() => ({ error: {} }))) as { error: Record<string, unknown> };
    throw new ${type}Error(response.status, String(error.code ?? "unknown"), String(error.message ?? response.status), error);
  }
}
`;
};
