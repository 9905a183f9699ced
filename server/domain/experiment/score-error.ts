/** Why a scorer gave no score. */
export interface ScoreError {
  /** A run error's code. */
  readonly code: string;
  /** English sentence. */
  readonly message: string;
  /** The model that scores was busy or away: it is asked again when the experiment goes on. */
  readonly passing?: boolean;
}
