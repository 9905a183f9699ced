/** Why a scorer gave no score. */
export interface ScoreError {
  /** A run error's code. */
  readonly code: string;
  /** English sentence. */
  readonly message: string;
}
