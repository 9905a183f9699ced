/** Something that happens once. Whoever wants a promise pays for one; a callback costs nothing of the kind. */
export class Once<Value = void> {
  #callbacks: ((value: Value) => void)[] = [];
  #said: { readonly value: Value } | null = null;

  get isSaid(): boolean {
    return this.#said !== null;
  }

  /** Later words count for nothing. */
  say(value: Value): void {
    if (this.#said !== null) return;
    this.#said = { value };
    for (const callback of this.#callbacks.splice(0)) callback(value);
  }

  /** Calls back when it happens; at once where it has. */
  hear(callback: (value: Value) => void): void {
    if (this.#said === null) this.#callbacks.push(callback);
    else callback(this.#said.value);
  }

  get promise(): Promise<Value> {
    return new Promise((resolve) => this.hear(resolve));
  }
}
