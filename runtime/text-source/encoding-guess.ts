import type { Encoding } from "./encodings";

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** 0 to 1. Below `sureEnough` a person should be asked. */
  readonly confidence: number;
  /** What else it may be, likeliest first; each gives another text. */
  readonly alternatives: readonly Encoding[];
}

/** From here on what was found is taken without a question. */
export const sureEnough = 0.64;
