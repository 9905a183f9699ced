/** A call as it comes: its beginning once, then its arguments in pieces. */
export type CallPiece =
  | { readonly index: number; readonly name: string }
  | { readonly index: number; readonly argumentText: string };

export interface ToolCall {
  readonly name: string;
  /** JSON. */
  readonly argumentText: string;
}

/** What stands before the arguments. The grammar puts no more than one space between two signs. */
const heading = /\{ ?"name" ?: ?"([A-Za-z0-9_-]{1,64})" ?, ?"arguments" ?: ?$/;
/** Longest heading that is looked for. */
const LONGEST_HEADING = 128;
/** What a call begins with, also where a model leaves out the tags that it was told or writes a fence around it. */
const begins = new Set(["<", "{", "`"]);

/**
 * Tells calls from text in an answer that a tool grammar holds: one that begins like a call is calls to its end, and every other is
 * text to its end.
 */
export class ToolCallReader {
  readonly #calls: { name: string; argumentText: string }[] = [];
  readonly #onText: (text: string) => void;
  readonly #onCall: (piece: CallPiece) => void;
  #isText: boolean | undefined;
  #text = "";
  /** Between two calls: what was read since the last. */
  #between = "";
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inArguments = false;

  constructor(onText: (text: string) => void, onCall: (piece: CallPiece) => void) {
    this.#onText = onText;
    this.#onCall = onCall;
  }

  get text(): string {
    return this.#text;
  }

  get calls(): readonly ToolCall[] {
    return this.#calls;
  }

  push(chunk: string): void {
    if (chunk === "") return;
    this.#isText ??= !begins.has(chunk[0] ?? "");
    if (this.#isText) {
      this.#text += chunk;
      this.#onText(chunk);
      return;
    }
    let given = "";
    const tell = () => {
      const call = this.#calls.at(-1);
      if (!call || given === "") return;
      call.argumentText += given;
      this.#onCall({ index: this.#calls.length - 1, argumentText: given });
      given = "";
    };
    for (const character of chunk) {
      if (!this.#inArguments && !this.#begin(character)) continue;
      given += character;
      this.#follow(character);
      if (!this.#inArguments) tell();
    }
    tell();
  }

  /** Whether the arguments of a call begin with this character. */
  #begin(character: string): boolean {
    const name = character === "{" ? heading.exec(this.#between)?.[1] : undefined;
    if (name === undefined) {
      this.#between = (this.#between + character).slice(-LONGEST_HEADING);
      return false;
    }
    this.#between = "";
    this.#inArguments = true;
    this.#calls.push({ name, argumentText: "" });
    this.#onCall({ index: this.#calls.length - 1, name });
    return true;
  }

  #follow(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString) {
      if (character === "\\") this.#escaped = true;
      else if (character === '"') this.#inString = false;
    } else if (character === '"') this.#inString = true;
    else if (character === "{" || character === "[") this.#depth++;
    else if (character === "}" || character === "]") {
      this.#depth--;
      this.#inArguments = this.#depth > 0;
    }
  }
}
