import { type TextSource, textStream } from "./text-source";

/** The same as a Response, without its cost: making one, and its headers, twice takes longer than checking a key. Names of headers are lower case. */
export class Answer {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly body: string | TextSource | null,
  ) {}
}

const jsonHeaders = { "content-type": "application/json" } as const;

export const jsonAnswer = (value: unknown, status = 200, headers?: Readonly<Record<string, string>>): Answer =>
  new Answer(status, headers === undefined ? jsonHeaders : { ...jsonHeaders, ...headers }, JSON.stringify(value));

/** For the framework, which takes nothing else. */
export const toResponse = ({ status, headers, body }: Answer): Response =>
  new Response(typeof body === "string" || body === null ? body : textStream(body), { status, headers });
