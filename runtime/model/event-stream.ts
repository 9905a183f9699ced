import { parseJson } from "./parse-json";

const lineEnds = /\r\n|\n|\r/;
const done = "[DONE]";

/**
 * Takes the JSON values out of server-sent events that come in pieces. The `data` lines of one event are one value, or, from servers
 * that leave out the blank line between events, one value each.
 * (WHATWG HTML, 9.2.6, Interpreting an event stream)
 */
export class EventStreamReader {
  /** Whether the end was announced; nothing is read after it. */
  isDone = false;
  readonly #decoder = new TextDecoder();
  /** Pieces of a line that has not ended, joined once it has: joining them as they come would copy a long line again and again. */
  #begun: string[] = [];
  #data: string[] = [];
  /** The last piece ended in CR; LF at the start of the next belongs to it. */
  #endsInReturn = false;

  constructor(private readonly unreadable: () => Error) {}

  /** The values that this piece completes. Throws what `unreadable` gives where one is not JSON. */
  push(piece: Uint8Array): readonly unknown[] {
    return this.#read(this.#decoder.decode(piece, { stream: true }));
  }

  /** The values that are left where the last event was not closed. */
  end(): readonly unknown[] {
    return this.#read(`${this.#decoder.decode()}\n\n`);
  }

  #read(piece: string): readonly unknown[] {
    const text = this.#endsInReturn && piece.startsWith("\n") ? piece.slice(1) : piece;
    if (text === "" || this.isDone) return [];
    this.#endsInReturn = text.endsWith("\r");
    const [first = "", ...lines] = text.split(lineEnds);
    this.#begun.push(first);
    const values: unknown[] = [];
    for (const line of lines) {
      this.#line(this.#begun.length === 1 ? (this.#begun[0] as string) : this.#begun.join(""), values);
      if (this.isDone) return values;
      this.#begun = [line];
    }
    return values;
  }

  #line(line: string, values: unknown[]): void {
    if (line === "") this.#close(values);
    else if (line.startsWith("data:")) {
      const data = line.slice(line[5] === " " ? 6 : 5);
      if (data.trim() === done) {
        this.#close(values);
        this.isDone = true;
      } else this.#data.push(data);
    }
  }

  #close(values: unknown[]): void {
    if (this.#data.length === 0) return;
    const lines = this.#data;
    this.#data = [];
    const whole = parseJson(lines.length === 1 ? (lines[0] as string) : lines.join("\n"));
    const read = whole === undefined ? lines.filter((line) => line.trim() !== "").map(parseJson) : [whole];
    if (read.includes(undefined)) throw this.unreadable();
    values.push(...read);
  }
}
