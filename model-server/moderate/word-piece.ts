/** As BERT does; a longer run of letters is no word. */
const LONGEST_WORD = 100;

/** Chinese characters are words of their own. */
const ideograph = /\p{Script=Han}/u;
/** BERT counts every ASCII sign that is neither letter nor digit as punctuation, and what Unicode calls so. */
const punctuation = /[!-/:-@[-`{-~\p{P}]/u;
const ignored = /[\p{Cc}\p{Cf}\uFFFD]/u;
const accent = /\p{Mn}/gu;

export interface WordPieceOptions {
  /** Small letters without accents, for a vocabulary that has no others. */
  readonly lowercase: boolean;
}

/** Cuts texts into the tokens of a BERT model, by its vocabulary: one token a line, the line's number is the token. */
export class WordPiece {
  readonly #vocabulary = new Map<string, number>();
  readonly #lowercase: boolean;
  readonly #unknown: number;
  /** Tokens that stand around every text. */
  readonly start: number;
  readonly end: number;

  constructor(vocabulary: string, { lowercase }: WordPieceOptions) {
    for (const [index, line] of vocabulary.split(/\r?\n/).entries()) if (line) this.#vocabulary.set(line, index);
    this.#lowercase = lowercase;
    const known = (token: string) => {
      const index = this.#vocabulary.get(token);
      if (index === undefined) throw new Error(`the vocabulary has no ${token}`);
      return index;
    };
    [this.#unknown, this.start, this.end] = [known("[UNK]"), known("[CLS]"), known("[SEP]")];
  }

  /** Without the tokens around the text. */
  encode(text: string): number[] {
    return this.#words(text).flatMap((word) => this.#pieces(word));
  }

  #words(text: string): string[] {
    const words: string[] = [];
    let word = "";
    const finish = () => {
      if (word) words.push(word);
      word = "";
    };
    const plain = this.#lowercase ? text.toLowerCase().normalize("NFD").replace(accent, "") : text;
    for (const character of plain) {
      if (/\s/u.test(character)) finish();
      else if (ignored.test(character)) continue;
      else if (ideograph.test(character) || punctuation.test(character)) {
        finish();
        words.push(character);
      } else word += character;
    }
    finish();
    return words;
  }

  /** The longest token that fits, again and again. */
  #pieces(word: string): number[] {
    if (word.length > LONGEST_WORD) return [this.#unknown];
    const pieces: number[] = [];
    for (let start = 0; start < word.length; ) {
      const found = this.#longest(word, start);
      if (!found) return [this.#unknown];
      pieces.push(found.token);
      start = found.end;
    }
    return pieces;
  }

  #longest(word: string, start: number): { token: number; end: number } | undefined {
    for (let end = word.length; end > start; end--) {
      const piece = word.slice(start, end);
      const token = this.#vocabulary.get(start > 0 ? `##${piece}` : piece);
      if (token !== undefined) return { token, end };
    }
    return undefined;
  }
}
