import { inWords, valueLimits } from "@/runtime/node/value-limits";
import { valueCharacters } from "@/runtime/node/value-size";
import type { RunErrorData } from "@/runtime/run/errors";
import type { Values } from "./frame";

export interface ValueBounds {
  /** Characters of one value at one port. */
  readonly characters: number;
  /** Characters of all that the steps of a run give, together. */
  readonly runCharacters: number;
}

/** Counts what the steps of one run give. Nothing it refuses is recorded or handed on. */
export class RunBudget {
  #taken = 0;

  constructor(private readonly bounds: ValueBounds = valueLimits) {}

  /** Takes what a step gave. Says what is wrong where one value, or the run as a whole, is too large; then nothing is taken. */
  take(values: Values, node?: string): RunErrorData | null {
    const { characters, runCharacters } = this.bounds;
    let sum = 0;
    for (const name in values) {
      const size = valueCharacters(values[name], characters);
      if (size > characters) {
        return tooLarge(`"${name}" is longer than ${inWords(characters)} characters.`, node);
      }
      sum += size;
    }
    if (this.#taken + sum > runCharacters) {
      return tooLarge(`The steps of this run gave more than ${inWords(runCharacters)} characters together.`, node);
    }
    this.#taken += sum;
    return null;
  }

  /** The same for what the run answers, which is recorded once more. */
  takeAnswer(values: Values): RunErrorData | null {
    let sum = 0;
    for (const name in values) sum += valueCharacters(values[name], this.bounds.runCharacters);
    return sum <= this.bounds.runCharacters
      ? null
      : tooLarge(`The answer is longer than ${inWords(this.bounds.runCharacters)} characters.`);
  }
}

const tooLarge = (message: string, node?: string): RunErrorData => ({
  code: "value-too-large",
  message,
  ...(node === undefined ? {} : { node }),
});
