import { lower, raise, settleRaised } from "./raised-marks";

/** Where a finished line goes. */
export interface InlineSink {
  readonly write: (text: string) => void;
  readonly isAtLineStart: boolean;
}

const nobody: ReadonlySet<string> = new Set();

/**
 * The line of a page that is being read: runs of white space are one space, and none stands at its beginning. It is kept until it ends,
 * since what follows a raised sign tells what that means.
 */
export class HtmlInline {
  #parts: string[] = [];
  #space = false;
  #mark = "";
  /** Of the open raised or lowered text: what was before, and which it is. */
  #script: { readonly kind: "sup" | "sub"; text: string } | undefined;

  /** Stands before the next text, and does not part from it by the elements between. */
  begin(mark: string): void {
    this.#mark = mark;
    this.#space = false;
  }

  /** Only the mark of a list's item is on the line yet. */
  get hasOnlyMark(): boolean {
    return this.#mark !== "" && this.#parts.length === 0;
  }

  space(): void {
    this.#space = true;
  }

  openScript(kind: "sup" | "sub"): void {
    this.#script ??= { kind, text: "" };
  }

  closeScript(kind: string): void {
    const script = this.#script;
    if (script?.kind !== kind) return;
    this.#script = undefined;
    const text = script.text.replace(/\s+/g, " ").trim();
    if (text === "") return;
    const before = this.#parts.pop() ?? "";
    this.#parts.push(kind === "sup" ? raise(before, text, false) : lower(before, text));
  }

  /** `asItIs` keeps line ends and runs of blanks. */
  add(text: string, sink: InlineSink, asItIs: boolean): void {
    if (this.#script) {
      this.#script.text += text;
      return;
    }
    if (asItIs) {
      this.#push(text);
      this.#space = false;
      return;
    }
    for (const part of text.split(/([ \t\n\r\f]+)/)) {
      if (part === "") continue;
      if (/^[ \t\n\r\f]/.test(part)) this.#space = true;
      else {
        const isStart = this.#parts.length === 0 && (this.#mark !== "" || sink.isAtLineStart);
        this.#push(this.#space && !isStart ? ` ${part}` : part);
        this.#space = false;
      }
    }
  }

  /** Writes what the line holds. An item without text has no mark. */
  flush(sink: InlineSink): void {
    if (this.#parts.length === 0) return;
    const line = settleRaised(this.#parts.join(""), nobody);
    this.#parts = [];
    this.#mark = "";
    sink.write(line);
  }

  /** What begins next is a new line. */
  endLine(): void {
    this.#space = false;
    this.#mark = "";
  }

  #push(text: string): void {
    if (this.#parts.length === 0 && this.#mark !== "") this.#parts.push(this.#mark);
    this.#parts.push(text);
  }
}
