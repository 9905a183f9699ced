import { setOwn } from "../record";

export type JsonNote =
  | "trailing comma"
  | "comment"
  | "other quotes"
  | "bare name"
  | "Python word"
  | "not a number"
  | "line break in a text"
  | "full-width sign"
  | "unusual number"
  | "long integer";

export interface LenientValue {
  readonly value: unknown;
  readonly start: number;
  /** Behind the last character. */
  readonly end: number;
  /** What had to be read leniently. */
  readonly notes: ReadonlySet<JsonNote>;
  /** Paths of numbers that were kept as text, because a number would have lost digits. */
  readonly longNumbers: readonly string[];
}

export interface LenientFailure {
  /** `end`: all was well, but the text ended within the value. `syntax`: it is no JSON. `deep`: it is nested too deeply. */
  readonly reason: "end" | "syntax" | "deep";
  /** Where it could not go on. */
  readonly at: number;
  /** Whole lists and objects found within, outermost only. */
  readonly within: readonly LenientValue[];
}

/** No `Error`: a text of many braces would spend its time on stacks that nobody reads. */
class Stop {
  constructor(
    readonly reason: LenientFailure["reason"],
    readonly at: number,
  ) {}
}

/** Opening quote -> those that may close it. */
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "“": '”“"',
  "”": '”"',
  "„": '“”"',
  "‘": "’‘'",
  "’": "’'",
};
const plainEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const literals: Readonly<Record<string, readonly [unknown, JsonNote | null]>> = {
  true: [true, null],
  false: [false, null],
  null: [null, null],
  True: [true, "Python word"],
  False: [false, "Python word"],
  None: [null, "Python word"],
  TRUE: [true, "Python word"],
  FALSE: [false, "Python word"],
  NULL: [null, "Python word"],
  NaN: [null, "not a number"],
  Infinity: [null, "not a number"],
  undefined: [null, "not a number"],
};
const blank = /[\s\u200b\ufeff]*/uy;
const number = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const word = /[+-]?[\p{L}_$][\p{L}\p{M}\p{N}_$-]*/uy;
const figureKey = /\d{1,20}/y;
const ordinaryNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const mostLongNumbers = 20;

/**
 * Reads JSON as models write it: with trailing commas, comments, quotes of other kinds, bare names, Python's words and line breaks in texts. It says where
 * a value ends, so that JSON is found in the middle of a text; it never closes what is open, and never makes a text out of bare words. Integers that a number
 * cannot hold are kept as text.
 */
export class LenientJson {
  /** Characters looked at, over all values read. */
  work = 0;
  #at = 0;
  #notes = new Set<JsonNote>();
  #longNumbers: string[] = [];
  #path: (string | number)[] = [];
  #within: LenientValue[] = [];

  constructor(
    private readonly text: string,
    private readonly deepest: number,
  ) {}

  /** The value that begins at `from`. */
  read(
    from: number,
  ): { readonly ok: true; readonly value: LenientValue } | { readonly ok: false; readonly error: LenientFailure } {
    this.#at = from;
    this.#notes = new Set();
    this.#longNumbers = [];
    this.#path = [];
    this.#within = [];
    try {
      const value = this.#value(0);
      const { notes, longNumbers } = { notes: this.#notes, longNumbers: this.#longNumbers };
      return { ok: true, value: { value, start: from, end: this.#at, notes, longNumbers } };
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      this.#at = error.at;
      return { ok: false, error: { reason: error.reason, at: error.at, within: this.#within } };
    } finally {
      this.work += Math.max(1, this.#at - from);
    }
  }

  #fail(at = this.#at): never {
    throw new Stop(at >= this.text.length ? "end" : "syntax", at);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined || found === "") return null;
    this.#at += found.length;
    return found;
  }

  #skip(): void {
    for (;;) {
      this.#match(blank);
      const here = this.text[this.#at];
      const next = this.text[this.#at + 1];
      if (here !== "#" && !(here === "/" && (next === "/" || next === "*"))) return;
      const isBlock = next === "*" && here === "/";
      const end = this.text.indexOf(isBlock ? "*/" : "\n", this.#at + 1);
      if (end < 0) this.#fail(this.text.length);
      this.#notes.add("comment");
      this.#at = end + (isBlock ? 2 : 1);
    }
  }

  /** Whether one of two signs stands here: the plain one, or its full-width twin. */
  #takes(plain: string, wide: string): boolean {
    const here = this.text[this.#at];
    if (here !== plain && here !== wide) return false;
    if (here === wide) this.#notes.add("full-width sign");
    this.#at += 1;
    return true;
  }

  #value(depth: number): unknown {
    this.#skip();
    const here = this.text[this.#at];
    if (here === undefined) this.#fail();
    if (here === "{" || here === "[") {
      if (depth >= this.deepest) throw new Stop("deep", this.#at);
      const start = this.#at;
      const value = here === "{" ? this.#object(depth) : this.#list(depth);
      while ((this.#within.at(-1)?.start ?? -1) > start) this.#within.pop();
      this.#within.push({ value, start, end: this.#at, notes: this.#notes, longNumbers: this.#longNumbers });
      return value;
    }
    if (quotes[here] !== undefined) return this.#string(here);
    if (/[\d.+-]/.test(here)) {
      const figures = this.#match(number);
      if (figures !== null) return this.#number(figures);
    }
    return this.#literal();
  }

  #object(depth: number): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    this.#at += 1;
    for (let isFirst = true; ; isFirst = false) {
      this.#skip();
      if (this.text[this.#at] === "}") {
        if (!isFirst) this.#notes.add("trailing comma");
        this.#at += 1;
        return value;
      }
      const key = this.#key();
      this.#skip();
      if (!this.#takes(":", "：")) this.#fail();
      this.#path.push(key);
      setOwn(value, key, this.#value(depth + 1));
      this.#path.pop();
      this.#skip();
      if (this.#takes(",", "，")) continue;
      if (this.text[this.#at] !== "}") this.#fail();
      this.#at += 1;
      return value;
    }
  }

  #list(depth: number): unknown[] {
    const value: unknown[] = [];
    this.#at += 1;
    for (;;) {
      this.#skip();
      if (this.text[this.#at] === "]") {
        if (value.length > 0) this.#notes.add("trailing comma");
        this.#at += 1;
        return value;
      }
      this.#path.push(value.length);
      value.push(this.#value(depth + 1));
      this.#path.pop();
      this.#skip();
      if (this.#takes(",", "，")) continue;
      if (this.text[this.#at] !== "]") this.#fail();
      this.#at += 1;
      return value;
    }
  }

  #key(): string {
    const here = this.text[this.#at];
    if (here === undefined) this.#fail();
    if (quotes[here] !== undefined) return this.#string(here);
    const name = /\d/.test(here) ? this.#match(figureKey) : /[\p{L}_$]/u.test(here) ? this.#match(word) : null;
    if (name === null) this.#fail();
    this.#notes.add("bare name");
    return name;
  }

  #string(quote: string): string {
    const start = this.#at;
    const closers = quotes[quote] ?? quote;
    if (quote !== '"') this.#notes.add("other quotes");
    const parts: string[] = [];
    let from = start + 1;
    for (let at = from; ; at += 1) {
      const here = this.text[at];
      if (here === undefined) throw new Stop("end", this.text.length);
      if (here === "\\") {
        parts.push(this.text.slice(from, at));
        const [written, length] = this.#escape(at);
        parts.push(written);
        at += length - 1;
        from = at + 1;
      } else if (closers.includes(here) && (quote === '"' || this.#endsText(at + 1))) {
        parts.push(this.text.slice(from, at));
        this.#at = at + 1;
        return parts.join("");
      } else if (here < " ") this.#notes.add("line break in a text");
    }
  }

  /** An apostrophe within a text is followed by more of it; a closing quote by a sign of JSON. */
  #endsText(at: number): boolean {
    blank.lastIndex = at;
    const next = at + (blank.exec(this.text)?.[0].length ?? 0);
    this.work += next - at;
    return (
      next >= this.text.length || ",:}]，：".includes(this.text[next] as string) || this.text.startsWith("//", next)
    );
  }

  /** What an escape stands for, and its length. One that JSON does not know is kept as it is written, as in `\alpha` or `C:\new`. */
  #escape(at: number): readonly [string, number] {
    const next = this.text[at + 1];
    if (next === undefined) throw new Stop("end", this.text.length);
    if (next === "u") {
      const digits = this.text.slice(at + 2, at + 6);
      return /^[\da-f]{4}$/i.test(digits) ? [String.fromCharCode(Number.parseInt(digits, 16)), 6] : ["\\u", 2];
    }
    const plain = Object.hasOwn(plainEscapes, next) ? plainEscapes[next] : undefined;
    return plain === undefined ? [`\\${next}`, 2] : [plain, 2];
  }

  #number(figures: string): unknown {
    const next = this.text[this.#at];
    if (next === undefined) throw new Stop("end", this.#at);
    if (!/[\s,\]}，/#]/.test(next)) this.#fail();
    if (!ordinaryNumber.test(figures)) this.#notes.add("unusual number");
    const value = Number(figures);
    const isInteger = /^[+-]?\d+$/.test(figures);
    const losesDigits = isInteger ? !Number.isSafeInteger(value) || /^[+-]?0\d/.test(figures) : !Number.isFinite(value);
    if (!losesDigits) return value;
    this.#notes.add("long integer");
    if (this.#longNumbers.length < mostLongNumbers) this.#longNumbers.push(this.#path.join("."));
    return figures.replace(/^\+/, "");
  }

  #literal(): unknown {
    const start = this.#at;
    const written = this.#match(word);
    if (written === null) this.#fail();
    const literal = literals[written.replace(/^[+-]/, "")];
    if (literal === undefined || !Object.hasOwn(literals, written.replace(/^[+-]/, ""))) {
      // Half a word at the end of the text may have been going to be one.
      const isHalf = this.#at >= this.text.length && Object.keys(literals).some((name) => name.startsWith(written));
      throw new Stop(isHalf ? "end" : "syntax", isHalf ? this.text.length : start);
    }
    const [value, note] = literal;
    if (note !== null) this.#notes.add(note);
    return value;
  }
}
