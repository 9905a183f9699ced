import type { ChatPart } from "@/runtime/node/context";
import type { NodeFailure } from "@/runtime/node/node-failure";

/** A chat answered in one piece. */
export interface Completion {
  /** What a stream would have brought, in its order. The last one is `finish` where nothing failed. */
  readonly parts: readonly ChatPart[];
  /** How it failed behind parts that are not thinking alone; a call that fails before them rejects. */
  readonly failure?: NodeFailure;
}

const ended: IteratorResult<ChatPart> = { value: undefined, done: true };

/** The parts of a completion, which is asked for when the first of them is. Costs a few promises a reply, where generators would cost dozens. */
export class CompletedParts implements AsyncIterableIterator<ChatPart> {
  #asked: Promise<Completion> | null = null;
  #next = 0;
  #left = false;

  constructor(private readonly ask: () => Promise<Completion>) {}

  async next(): Promise<IteratorResult<ChatPart>> {
    if (this.#left) return ended;
    this.#asked ??= this.ask();
    const { parts, failure } = await this.#asked;
    const part = parts[this.#next++];
    if (part !== undefined) return { value: part, done: false };
    this.#left = true;
    if (failure !== undefined) throw failure;
    return ended;
  }

  return(): Promise<IteratorResult<ChatPart>> {
    this.#left = true;
    return Promise.resolve(ended);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
