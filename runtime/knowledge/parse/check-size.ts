import { ParseError } from "./parse-failure";
import { parseLimits } from "./parse-limits";

/** Before anything is read. */
export function checkSize(bytes: number): void {
  if (bytes === 0) throw new ParseError("empty", "The file is empty.");
  if (bytes > parseLimits.bytes) {
    const megabytes = (size: number) => Math.round(size / 1e6);
    throw new ParseError(
      "too-large",
      `The file has ${megabytes(bytes)} MB; at most ${megabytes(parseLimits.bytes)} MB are read. Split it into several files.`,
    );
  }
}
