/** The first report while an experiment runs comes after so long; then each waits ten times as long as the one before took, so that it costs little. */
const firstMs = 2_000;

/** Makes reports while an experiment runs, one at a time, not too often. */
export class ReportPace {
  #due = performance.now() + firstMs;
  #making: Promise<unknown> | null = null;

  constructor(private readonly make: () => Promise<unknown>) {}

  /** Begins one where it is time. `before` stores what it should show. */
  tick(before: () => Promise<void>): void {
    if (this.#making !== null || performance.now() < this.#due) return;
    const begun = performance.now();
    this.#making = before()
      .then(() => this.make())
      // What is wrong with storing or reporting shows when the experiment ends; a report in between may be missing.
      .catch(() => undefined)
      .finally(() => {
        this.#due = performance.now() + Math.max(firstMs, 10 * (performance.now() - begun));
        this.#making = null;
      });
  }

  async settled(): Promise<void> {
    await this.#making;
  }
}
