import { randomUUID } from "node:crypto";
import { cacheLimits } from "@/runtime/capability/cache/limits";

interface Flight {
  readonly key: string;
  readonly ended: Promise<boolean>;
  readonly end: (kept: boolean) => void;
  waiting: number;
}

/**
 * Questions that runs of this process are answering at the moment, so that of many that ask the same at once one runs its steps. Whoever waits is let go as soon
 * as the answer is kept, as it is known that it will not be, or after a minute.
 */
export class Flights {
  readonly #open = new Map<string, Flight>();
  readonly #byId = new Map<string, Flight>();

  /** Takes the question, under an id by which it is let go; null where somebody has it. */
  begin(key: string): string | null {
    if (this.#open.has(key)) return null;
    let end: (kept: boolean) => void = () => {};
    const ended = new Promise<boolean>((resolve) => {
      end = resolve;
    });
    const flight = { key, ended, end, waiting: 0 };
    const id = randomUUID();
    this.#open.set(key, flight);
    this.#byId.set(id, flight);
    return id;
  }

  /** Whoever waits goes on. An id that is not known, or ended before, ends nothing. */
  end(id: string, kept: boolean): void {
    const flight = this.#byId.get(id);
    if (flight === undefined) return;
    this.#byId.delete(id);
    this.#open.delete(flight.key);
    flight.end(kept);
  }

  /** Waits for whoever has the question. `kept`: its answer is there; `free`: nobody has it; `alone`: the answer is not to be waited for. */
  async wait(key: string, signal: AbortSignal): Promise<"kept" | "free" | "alone"> {
    const flight = this.#open.get(key);
    if (flight === undefined) return "free";
    if (signal.aborted) return "alone";
    if (flight.waiting >= cacheLimits.waiting) return "alone";
    flight.waiting += 1;
    let cancel = () => {};
    const over = new Promise<boolean>((resolve) => {
      const timer = setTimeout(resolve, cacheLimits.waitMs, false);
      const leave = () => resolve(false);
      signal.addEventListener("abort", leave, { once: true });
      cancel = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", leave);
      };
    });
    const kept = await Promise.race([flight.ended, over]);
    cancel();
    flight.waiting -= 1;
    return kept ? "kept" : "alone";
  }
}
