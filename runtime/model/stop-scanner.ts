/** Ends a reply before the first of some texts, for a server that cannot. Text that may become one of them is held back until that is known. */
export class StopScanner {
  #held = "";
  stopped = false;

  constructor(private readonly stops: readonly string[]) {}

  push(text: string): string {
    if (this.stopped) return "";
    const whole = this.#held + text;
    const found = this.stops.map((stop) => whole.indexOf(stop)).filter((at) => at >= 0);
    if (found.length > 0) {
      this.stopped = true;
      this.#held = "";
      return whole.slice(0, Math.min(...found));
    }
    const held = Math.max(0, ...this.stops.map((stop) => heldBy(whole, stop)));
    this.#held = held === 0 ? "" : whole.slice(-held);
    return held === 0 ? whole : whole.slice(0, -held);
  }

  end(): string {
    const rest = this.#held;
    this.#held = "";
    return rest;
  }
}

/** How many characters at the end of the text may be the beginning of the stop. */
const heldBy = (text: string, stop: string): number => {
  for (let length = Math.min(stop.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(stop.slice(0, length))) return length;
  }
  return 0;
};
