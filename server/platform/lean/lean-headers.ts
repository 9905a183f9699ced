import type { IncomingMessage } from "node:http";

/** The headers of a request, read where they lie: filling a Headers with all of them costs more than looking a few up. */
export class LeanHeaders {
  #all: Headers | null = null;

  constructor(private readonly incoming: IncomingMessage) {}

  /** `name` in lower case. Several of one name are joined as a Headers joins them. */
  get(name: string): string | null {
    const { rawHeaders } = this.incoming;
    let found: string | null = null;
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const each = rawHeaders[index] as string;
      if (each.length !== name.length || each.toLowerCase() !== name) continue;
      const value = rawHeaders[index + 1] as string;
      found = found === null ? value : `${found}, ${value}`;
    }
    return found;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  /** As a Headers, for whoever needs one. */
  get all(): Headers {
    if (this.#all === null) {
      this.#all = new Headers();
      const { rawHeaders } = this.incoming;
      for (let index = 0; index < rawHeaders.length; index += 2) {
        this.#all.append(rawHeaders[index] as string, rawHeaders[index + 1] as string);
      }
    }
    return this.#all;
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.all.entries();
  }
}

/** Headers that are read in full, whichever kind they are of. */
export const allHeaders = (headers: Headers): Headers => {
  const lean = headers as unknown as LeanHeaders | Headers;
  return lean instanceof LeanHeaders ? lean.all : lean;
};
