/** One document cannot be indexed; the others can. Its code and message are stored with it and shown. */
export class DocumentFailure extends Error {
  override readonly name = "DocumentFailure";

  constructor(
    readonly code: string,
    /** English sentence: what happened, and what to do. */
    message: string,
  ) {
    super(message);
  }
}
