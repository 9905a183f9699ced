/** How a job says that it cannot go on; its code and message are stored and shown. Any other throw is a bug. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";

  constructor(
    /** kebab-case; the interface translates it: `failure` in messages/<locale>/job.json. */
    readonly code: string,
    /** English sentence: what happened, and what to do. */
    message: string,
  ) {
    super(message);
  }
}

/** By shape, not by class: a bundler may load this module twice. */
export const isJobFailure = (thrown: unknown): thrown is JobFailure =>
  thrown instanceof Error && thrown.name === "JobFailure" && "code" in thrown;
