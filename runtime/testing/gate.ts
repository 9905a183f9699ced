/** A wait that a test ends by hand. */
export class Gate {
  #open: () => void = () => {};
  #reached: () => void = () => {};
  readonly #passed = new Promise<void>((resolve) => {
    this.#open = resolve;
  });
  /** Resolves once somebody waits here. */
  readonly reached = new Promise<void>((resolve) => {
    this.#reached = resolve;
  });

  wait(): Promise<void> {
    this.#reached();
    return this.#passed;
  }

  open(): void {
    this.#open();
  }
}
