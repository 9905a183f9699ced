import type { InputField } from "@/runtime/node/define-node";
import { type SheetMapping, takesCells } from "./row-inputs";

/** Letters and digits alone, whatever their form: `Customer_ID` and `customer id` are one name. */
const bare = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** Words of a name, `customerText` and `customer_text` alike; what is written without blanks is one word. */
const wordsOf = (name: string): string[] =>
  name
    .normalize("NFKC")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;

/** Whether one name says the other and more: all its words are words of the longer; without blanks, it stands in it. */
const holds = (longer: string, shorter: string): boolean => {
  const [some, all] = [wordsOf(shorter), wordsOf(longer)];
  if (some.length === 0) return false;
  if (some.every((word) => all.includes(word))) return true;
  const part = bare(shorter);
  return part.length > 1 && unspaced.test(part) && bare(longer).includes(part);
};

const longestCompared = 200;

export interface GuessedMapping {
  readonly mapping: SheetMapping;
  /** Inputs whose column was taken by a weak sign: its name only holds the input's, or it was the one that was left. */
  readonly unsure: readonly string[];
}

interface Guess {
  readonly place: number;
  readonly isSure: boolean;
}

/**
 * Which column feeds which input: the one of the same name, else one whose name holds the other's, else the only one that is left for the only input.
 */
export const guessMapping = (
  fields: readonly Pick<InputField, "name" | "title" | "kind">[],
  columns: readonly string[],
): GuessedMapping => {
  const names = columns.map((name) => name.slice(0, longestCompared));
  const open = fields.filter(takesCells);
  const guessed = new Map<string, Guess>();
  const taken = new Set<number>();
  const take = (isSure: boolean, fits: (column: string, input: string) => boolean) => {
    for (const { name, title } of open) {
      if (guessed.has(name)) continue;
      const wanted = [name, title].map((each) => each.slice(0, longestCompared)).filter((each) => bare(each) !== "");
      const place = names.findIndex(
        (column, index) => !taken.has(index) && bare(column) !== "" && wanted.some((input) => fits(column, input)),
      );
      if (place < 0) continue;
      guessed.set(name, { place, isSure });
      taken.add(place);
    }
  };
  take(true, (column, input) => bare(column) === bare(input));
  take(false, (column, input) => holds(column, input) || holds(input, column));
  const [only, ...others] = open.filter(({ name }) => !guessed.has(name));
  const left = columns.flatMap((_, place) => (taken.has(place) ? [] : [place]));
  if (only !== undefined && others.length === 0 && left.length === 1)
    guessed.set(only.name, { place: left[0] as number, isSure: false });
  return named(guessed);
};

const named = (guessed: ReadonlyMap<string, Guess>): GuessedMapping => ({
  mapping: Object.fromEntries([...guessed].map(([name, { place }]) => [name, place])),
  unsure: [...guessed].flatMap(([name, { isSure }]) => (isSure ? [] : [name])),
});
