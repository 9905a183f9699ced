import { tokenName, tokensIn } from "./token";

/** A stretch of text to be replaced; stretches are sorted and do not overlap. */
export interface Masking {
  readonly start: number;
  readonly end: number;
  /** Kind of what stands there, e.g. `resident-id`, which becomes `[RESIDENT_ID_1]`; null hides it for good. */
  readonly kind: string | null;
}

export interface Masked {
  readonly text: string;
  /** Token -> what it stands for. */
  readonly originals: Readonly<Record<string, string>>;
  /** What the text held before that reads like a token; none of `originals` is called so. */
  readonly held: readonly string[];
  /** Where a place in the masked text lies in the original one. */
  readonly placeBefore: (place: number) => number;
}

const hidden = "***";

/**
 * Puts a token in the place of each stretch: the same text gets the same token, and no token is one that the text already held, so that
 * `unmask` gives back exactly what was masked. `fingerprints` gives a value the stable name it has; without one, tokens are numbered.
 */
export const mask = (
  text: string,
  maskings: readonly Masking[],
  fingerprints: ReadonlyMap<string, string> = new Map(),
): Masked => {
  const held = heldBy(text, maskings);
  const taken = new Set([...held].map(tokenName));
  const originals: Record<string, string> = {};
  const tokens = new Map<string, string>();
  const counts = new Map<string, number>();
  const tokenFor = (value: string, kind: string): string => {
    const key = `${kind} ${value}`;
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const name = kind.toUpperCase().replaceAll("-", "_");
    const fingerprint = fingerprints.get(value);
    let made = "";
    do {
      const number = (counts.get(fingerprint ?? kind) ?? 0) + 1;
      counts.set(fingerprint ?? kind, number);
      made = `[${name}_${fingerprint === undefined ? number : number === 1 ? fingerprint : `${fingerprint}_${number}`}]`;
    } while (taken.has(tokenName(made)));
    tokens.set(key, made);
    originals[made] = value;
    return made;
  };

  const pieces: string[] = [];
  const marks: { readonly masked: number; readonly original: number }[] = [{ masked: 0, original: 0 }];
  let length = 0;
  let from = 0;
  const put = (piece: string, original: number) => {
    pieces.push(piece);
    length += piece.length;
    marks.push({ masked: length, original });
  };
  for (const { start, end, kind } of maskings) {
    put(text.slice(from, start), start);
    put(kind === null ? hidden : tokenFor(text.slice(start, end), kind), end);
    from = end;
  }
  put(text.slice(from), text.length);
  return { text: pieces.join(""), originals, held: [...held], placeBefore: (place) => placeIn(marks, place) };
};

/** With what reads like a token only once a stretch beside it is gone, as in `6200000000000005EMAIL_1`. */
const heldBy = (text: string, maskings: readonly Masking[]): ReadonlySet<string> => {
  const left = maskings.map(({ start }, index) => text.slice(maskings[index - 1]?.end ?? 0, start));
  const rest = [...left, text.slice(maskings.at(-1)?.end ?? 0)].join("\0");
  return new Set([...tokensIn(text), ...tokensIn(rest)]);
};

const placeIn = (marks: readonly { readonly masked: number; readonly original: number }[], place: number): number => {
  let low = 0;
  let high = marks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((marks[middle]?.masked ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  const before = marks[low] ?? { masked: 0, original: 0 };
  const after = marks[low + 1] ?? before;
  return Math.min(after.original, before.original + (place - before.masked));
};
