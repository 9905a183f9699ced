/** Why a trainer gave no answer that can be used. */
export class TrainerFailure extends Error {
  override readonly name = "TrainerFailure";

  constructor(
    /** `away`: nobody answers, which may pass. `refused`: it answered no. `untrue`: what it says cannot be. */
    readonly kind: "away" | "refused" | "untrue",
    /** Of a refusal the trainer's own word; kebab-case. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** By shape, not by class: a bundler may load this module twice. */
export const isTrainerFailure = (thrown: unknown): thrown is TrainerFailure =>
  thrown instanceof Error && thrown.name === "TrainerFailure" && "kind" in thrown;
