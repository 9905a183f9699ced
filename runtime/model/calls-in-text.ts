import { isRecord } from "@/runtime/node/record";
import { LenientJson } from "@/runtime/node/reply/lenient-json";

/** How models mark calls in their text, where no parser of the server takes them out: Hermes and Qwen, Mistral. */
const marks = ["<tool_call>", "[TOOL_CALLS]"] as const;

export interface CallInText {
  readonly name: string;
  readonly arguments: string;
}

/** Lets an answer's text pass until a call begins in it, and keeps the rest. */
export class CallsInText {
  #open = "";
  #held: string | null = null;

  /** Characters that are kept. */
  get held(): number {
    return this.#held?.length ?? 0;
  }

  /** Gives what is text for certain. */
  push(piece: string): string {
    if (this.#held !== null) {
      this.#held += piece;
      return "";
    }
    const text = this.#open + piece;
    const at = Math.min(...marks.map((mark) => text.indexOf(mark)).map((found) => (found < 0 ? text.length : found)));
    if (at < text.length) {
      this.#open = "";
      this.#held = text.slice(at);
      return text.slice(0, at);
    }
    const keep = Math.max(...marks.map((mark) => beginningAtEnd(text, mark)));
    this.#open = text.slice(text.length - keep);
    return text.slice(0, text.length - keep);
  }

  /** All text so far was something else. */
  void(): void {
    this.#open = "";
    this.#held = null;
  }

  /** What was kept: calls, or text where none could be read. */
  end(): { readonly text: string; readonly calls: readonly CallInText[] } {
    const [held, open] = [this.#held, this.#open];
    this.void();
    if (held === null) return { text: open, calls: [] };
    const calls = held.startsWith("[") ? mistralCalls(held) : taggedCalls(held);
    return calls.length === 0 ? { text: held, calls } : { text: "", calls };
  }
}

/** How much of the end of a text may be the beginning of a mark. */
const beginningAtEnd = (text: string, mark: string): number => {
  for (let length = Math.min(mark.length - 1, text.length); length > 0; length -= 1)
    if (text.endsWith(mark.slice(0, length))) return length;
  return 0;
};

const callOf = (value: unknown): CallInText[] => {
  if (!isRecord(value) || typeof value.name !== "string" || value.name === "") return [];
  const given = value.arguments ?? value.parameters ?? {};
  return [{ name: value.name, arguments: typeof given === "string" ? given : JSON.stringify(given) }];
};

const mostCalls = 128;

const taggedCalls = (text: string): readonly CallInText[] =>
  text
    .split("<tool_call>")
    .slice(1, mostCalls)
    .flatMap((part) => {
      const [inner = ""] = part.split("</tool_call>");
      const body = inner.trimStart();
      if (body.startsWith("<function=")) return functionTag(body);
      const start = body.indexOf("{");
      if (start < 0) return [];
      const read = new LenientJson(`${body} `, 64).read(start);
      return read.ok ? callOf(read.value.value) : [];
    });

/** `<function=name><parameter=key>value</parameter>…</function>`, as Qwen's coders write. A value is JSON where it reads as such. */
const functionTag = (body: string): CallInText[] => {
  const nameEnd = body.indexOf(">");
  if (nameEnd < 0) return [];
  const name = body.slice("<function=".length, nameEnd).trim();
  const given = body
    .slice(nameEnd + 1)
    .split("<parameter=")
    .slice(1)
    .flatMap((part): [string, unknown][] => {
      const keyEnd = part.indexOf(">");
      if (keyEnd < 0) return [];
      const [value = ""] = part.slice(keyEnd + 1).split("</parameter>");
      return [[part.slice(0, keyEnd).trim(), readValue(value.replace(/^\n/, "").replace(/\n$/, ""))]];
    });
  return name === "" ? [] : [{ name, arguments: JSON.stringify(Object.fromEntries(given)) }];
};

const readValue = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** `[TOOL_CALLS][{"name": …, "arguments": …}, …]`, or `[TOOL_CALLS]name{…}` once a call. */
const mistralCalls = (text: string): readonly CallInText[] =>
  text
    .split("[TOOL_CALLS]")
    .slice(1, mostCalls)
    .flatMap((part) => {
      const body = part.trimStart();
      const isList = body.startsWith("[");
      const start = isList ? 0 : body.indexOf("{");
      if (start < 0) return [];
      const read = new LenientJson(`${body} `, 64).read(start);
      if (!read.ok) return [];
      const { value } = read.value;
      if (isList) return Array.isArray(value) ? value.slice(0, mostCalls).flatMap(callOf) : [];
      const name = body.slice(0, start).replace("[ARGS]", "").trim();
      return name === "" ? callOf(value) : [{ name, arguments: JSON.stringify(value) }];
    });
