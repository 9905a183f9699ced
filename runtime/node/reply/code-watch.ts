const quotePairs: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "`": "`",
  "“": "”",
  "‘": "’",
  "「": "」",
  "『": "』",
  "«": "»",
};

/** Whether what stands between these two characters stands between quotes. */
export const isWrapped = (before: string, after: string): boolean => before !== "" && quotePairs[before] === after;
export const opensQuote = (character: string): boolean => quotePairs[character] !== undefined;

/** Follows a text as it goes by, to tell whether something that stands in it is only spoken of: in Markdown's code, in a text of JSON, or between quotes. */
export class CodeWatch {
  #fence = false;
  #inline = false;
  #backticks = 0;
  /** Whether the text is JSON from its beginning on; null before its first character. */
  #isJson: boolean | null = null;
  #inText = false;
  #escaped = false;
  /** The last character that went by. */
  last = "";

  pass(text: string): void {
    if (text === "") return;
    if (this.#backticks > 0 || this.#inline || text.includes("`")) {
      for (const character of text) {
        if (character === "`") this.#backticks += 1;
        else {
          this.#endRun();
          if (character === "\n") this.#inline = false;
        }
      }
    }
    if (this.#isJson !== false) this.#passJson(text);
    this.last = text.at(-1) ?? "";
  }

  #passJson(text: string): void {
    for (const character of text) {
      this.#isJson ??= character.trim() === "" ? null : character === "{" || character === "[";
      if (this.#isJson === false) return;
      if (this.#escaped) this.#escaped = false;
      else if (this.#inText && character === "\\") this.#escaped = true;
      else if (character === '"') this.#inText = !this.#inText;
    }
  }

  /** `next`: the character after what may be spoken of. */
  isQuoting(next: string): boolean {
    const fence = this.#fence !== this.#backticks >= 3;
    const inline = this.#inline !== (this.#backticks === 1 || this.#backticks === 2);
    return fence || inline || this.#inText || isWrapped(this.last, next);
  }

  #endRun(): void {
    if (this.#backticks >= 3) this.#fence = !this.#fence;
    else if (this.#backticks > 0 && !this.#fence) this.#inline = !this.#inline;
    this.#backticks = 0;
  }
}
