import { deflateSync } from "node:zlib";

/** Text that shrinks more than this by compression says the same over and over: what the model does when it understands nothing. */
const MOST_SHRINKING = 2.4;

export function repeatsItself(text: string): boolean {
  const bytes = Buffer.from(text);
  return bytes.length > 60 && bytes.length / deflateSync(bytes).length > MOST_SHRINKING;
}
