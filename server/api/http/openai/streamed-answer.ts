/**
 * The text of an answer on its way to a client that cannot take anything back. Where a step starts again, what was said stands: the new text is held against it, and only
 * what goes beyond it is said.
 */
export class StreamedAnswer {
  #said = "";
  /** Where the text that comes now is in it. */
  #at = 0;

  /** What is to be said of a further piece; null where it is another text than was said before. */
  add(piece: string): string | null {
    const known = this.#said.slice(this.#at, this.#at + piece.length);
    if (!piece.startsWith(known)) return null;
    const rest = piece.slice(known.length);
    this.#said += rest;
    this.#at += piece.length;
    return rest;
  }

  /** The text comes from its beginning once more. */
  again(): void {
    this.#at = 0;
  }

  /** What is still to be said of the whole; null where it is another text. */
  end(whole: string): string | null {
    return whole.startsWith(this.#said) ? whole.slice(this.#said.length) : null;
  }
}
