import type { PackedVocabulary } from "./packed-file";

/** Stands for a space in the pieces. */
const SPACE = "\u2581";
/** How much less likely an unknown character is than the least likely piece. */
const UNKNOWN_PENALTY = 10;

/**
 * Cuts texts into the pieces of a unigram model: of all ways to cut a word the most probable one, by Viterbi's algorithm.
 * T. Kudo, "Subword Regularization" (2018), section 3.2.
 */
export class UnigramTokenizer {
  readonly #vocabulary: PackedVocabulary;
  readonly #ids = new Map<string, number>();
  readonly #longest: number;
  readonly #unknownScore: number;

  constructor(vocabulary: PackedVocabulary) {
    this.#vocabulary = vocabulary;
    let longest = 1;
    for (const [id, piece] of vocabulary.pieces.entries()) {
      if (piece === "" || this.#ids.has(piece)) continue;
      this.#ids.set(piece, id);
      longest = Math.max(longest, Array.from(piece).length);
    }
    this.#longest = longest;
    this.#unknownScore = vocabulary.scores.reduce((least, score) => Math.min(least, score), 0) - UNKNOWN_PENALTY;
  }

  /** Numbers of the pieces, without marks of start and end. */
  encode(text: string): number[] {
    const { rewritten } = this.#vocabulary;
    let read = "";
    for (const character of text.toWellFormed()) read += rewritten.get(character) ?? character;
    const words = read.replace(/ {2,}/g, " ").split(" ");
    // A text that begins with a space gives an empty first word, which stands for no piece.
    if (words.length > 1 && words[0] === "") words.shift();
    return words.flatMap((word) => this.#cut(Array.from(SPACE + word)));
  }

  #cut(characters: readonly string[]): number[] {
    const { scores, unknown } = this.#vocabulary;
    const count = characters.length;
    const best = new Float64Array(count + 1).fill(Number.NEGATIVE_INFINITY);
    const from = new Int32Array(count + 1);
    const piece = new Int32Array(count + 1);
    best[0] = 0;
    const offer = (start: number, end: number, id: number, score: number) => {
      const total = (best[start] ?? 0) + score;
      if (total <= (best[end] ?? 0)) return;
      best[end] = total;
      from[end] = start;
      piece[end] = id;
    };
    for (let start = 0; start < count; start++) {
      let text = "";
      for (let end = start + 1; end <= Math.min(count, start + this.#longest); end++) {
        text += characters[end - 1];
        const id = this.#ids.get(text);
        if (id !== undefined && id !== unknown) offer(start, end, id, scores[id] ?? 0);
      }
      offer(start, start + 1, unknown, this.#unknownScore);
    }
    const ids: number[] = [];
    for (let end = count; end > 0; end = from[end] ?? 0) ids.push(piece[end] ?? unknown);
    return ids.reverse();
  }
}
