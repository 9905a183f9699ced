import { NodeFailure } from "@/runtime/node/node-failure";
import { inWords, valueLimits } from "@/runtime/node/value-limits";

/** Counts the pieces of a text before they are put together, so that one that is too long is never made. */
export class TextRoom {
  #left: number = valueLimits.characters;

  /** `what` begins the sentence that says what is too long. */
  constructor(private readonly what: string) {}

  /** Gives the piece back where there is room for it; a `NodeFailure` where there is none. */
  take(piece: string): string {
    this.takeLength(piece.length);
    return piece;
  }

  takeLength(characters: number): void {
    this.#left -= characters;
    if (this.#left >= 0) return;
    throw new NodeFailure(
      "value-too-large",
      `${this.what} would be longer than ${inWords(valueLimits.characters)} characters.`,
    );
  }
}
