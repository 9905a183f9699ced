import { estimateTokens } from "@/runtime/knowledge/chunk/estimate-tokens";
import type { Usage } from "@/runtime/node/context";
import type { KeptThinking } from "@/runtime/run/events";

/** Characters kept of what a model thought before one answer: its beginning, and its end. */
export const keptThinkingCharacters = 20_000;

/** What one call of a model has thought and said so far. */
export class ThinkingRecord {
  #thought = "";
  #said = "";

  /** What was said that counts as the answer so far. */
  get said(): string {
    return this.#said;
  }

  think(text: string): void {
    this.#thought += text;
  }

  say(text: string): void {
    this.#said += text;
  }

  /** What was taken for the answer was thinking, or the other way round. Gives what moved to the thinking. */
  retract(what: "text" | "thinking"): string {
    const moved = what === "text" ? this.#said : "";
    this.#thought = what === "text" ? this.#thought + moved : "";
    this.#said = "";
    return moved;
  }

  /** What the record of the call says of it; a call that follows begins anew. */
  take(usage: Usage | null): { readonly thinking?: KeptThinking } {
    const text = this.#thought.trim();
    this.#thought = "";
    this.#said = "";
    const known = usage?.thinkingTokens;
    if (text === "" && known === undefined) return {};
    const tail = Math.floor(keptThinkingCharacters / 3);
    const omitted = text.length - keptThinkingCharacters;
    return {
      thinking: {
        text: omitted > 0 ? `${text.slice(0, keptThinkingCharacters - tail)}\n…\n${text.slice(-tail)}` : text,
        ...(omitted > 0 ? { omitted } : {}),
        tokens: known ?? estimateTokens(text),
        ...(known === undefined ? { estimated: true as const } : {}),
      },
    };
  }
}
