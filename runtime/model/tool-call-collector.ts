import { isRecord } from "@/runtime/node/record";
import { type ToolCall, toolLimits } from "@/runtime/node/tool";

interface Open {
  id: string;
  name: string;
  arguments: string;
  /** What the server numbers it; null where it does not. */
  readonly index: number | null;
}

/** One piece of one call, as a chunk holds it. */
export interface ToolCallFragment {
  readonly index: number | null;
  /** Empty where the server did not say. */
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Arguments are a text of JSON; some servers send the object itself. */
const argumentsOf = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

const fragmentOf = (value: unknown): ToolCallFragment[] => {
  if (!isRecord(value)) return [];
  const said = isRecord(value.function) ? value.function : value;
  const index = typeof value.index === "number" && Number.isInteger(value.index) ? value.index : null;
  const fragment = {
    index,
    id: textOf(value.id),
    name: textOf(said.name),
    arguments: argumentsOf(said.arguments ?? said.parameters),
  };
  return fragment.id === "" && fragment.name === "" && fragment.arguments === "" ? [] : [fragment];
};

/** The pieces of calls in a message or delta: `tool_calls`, or `function_call` of servers that know one call at a time. */
export const readToolCalls = (message: Record<string, unknown>): readonly ToolCallFragment[] => {
  const { tool_calls: calls, function_call: single } = message;
  if (Array.isArray(calls) && calls.length > 0) return calls.slice(0, 1_000).flatMap(fragmentOf);
  return isRecord(single) ? fragmentOf({ index: 0, function: single }) : [];
};

const isWhole = (text: string): boolean => {
  const trimmed = text.trim();
  if (!trimmed.startsWith("{") || !trimmed.endsWith("}")) return false;
  try {
    JSON.parse(trimmed);
    return true;
  } catch {
    return false;
  }
};

/**
 * Puts the pieces of calls together. Servers differ in how they tell one call from the next: an id that is already known always names its call,
 * whatever number stands beside it; an id that is new begins a call, even under a number that is taken (Ollama numbers all 0); a piece
 * without id goes to the call of its number, or to the one that was last; a name that comes again when arguments are whole begins a call.
 */
export class ToolCallCollector {
  readonly #calls: Open[] = [];
  #last: Open | null = null;
  /** Characters of arguments so far. */
  characters = 0;

  /** `before`: calls of the conversation so far, so that an id made here is no other's. */
  constructor(private readonly before = 0) {}

  get size(): number {
    return this.#calls.length;
  }

  push(fragment: ToolCallFragment): void {
    const call = this.#callOf(fragment);
    if (call === null) return;
    this.#last = call;
    if (fragment.id !== "" && call.id === "") call.id = fragment.id;
    if (fragment.name !== "") call.name = joinName(call.name, fragment.name);
    // The whole once more in the last piece, as some parsers send it.
    if (fragment.arguments !== "" && !(fragment.arguments === call.arguments && isWhole(call.arguments))) {
      // A first piece that says {} stands for nothing yet where the real ones follow it.
      if (call.arguments.trim() === "{}" && fragment.arguments.trim().startsWith("{")) call.arguments = "";
      call.arguments += fragment.arguments;
      this.characters += fragment.arguments.length;
    }
  }

  /** The calls that have a name, in order, each with an id that is its own. */
  end(): readonly ToolCall[] {
    const taken = new Set<string>();
    return this.#calls
      .filter(({ name }) => name.trim() !== "")
      .map(({ id, name, arguments: given }, place) => {
        // Nine letters and digits, which is what the strictest server takes.
        let own = id.slice(0, 200);
        for (let next = this.before + place; own === "" || taken.has(own); next += 1)
          own = `call${String(next).padStart(5, "0")}`;
        taken.add(own);
        const text = given.trim();
        return { id: own, name: name.trim().slice(0, 200), arguments: text === "" ? "{}" : text };
      });
  }

  #callOf(fragment: ToolCallFragment): Open | null {
    const { id, index, name } = fragment;
    if (id !== "") {
      const known = this.#calls.find((call) => call.id === id);
      if (known !== undefined) return known;
      // The number's own call, where that has not been given an id yet.
      const numbered = index === null ? undefined : this.#calls.findLast((call) => call.index === index);
      if (numbered !== undefined && numbered.id === "" && (name === "" || !isWhole(numbered.arguments)))
        return numbered;
      return name === "" && numbered !== undefined ? numbered : this.#open(fragment);
    }
    const numbered = index === null ? undefined : this.#calls.findLast((call) => call.index === index);
    if (numbered === undefined && (name !== "" || this.#last === null)) {
      // Without a number, a name that comes again on its own is the beginning of a name and its rest, until there are arguments.
      const last = this.#last;
      if (index === null && last !== null && last.arguments === "" && last.id === "" && name !== "") return last;
      return name === "" ? null : this.#open(fragment);
    }
    const call = numbered ?? (this.#last as Open);
    return name !== "" && isWhole(call.arguments) && fragment.arguments !== call.arguments
      ? this.#open(fragment)
      : call;
  }

  #open({ id, index }: ToolCallFragment): Open {
    const call: Open = { id, name: "", arguments: "", index };
    // Beyond what anybody calls in earnest, only the text is read on, to keep the bound.
    if (this.#calls.length < toolLimits.callsInTurn * 4) this.#calls.push(call);
    return call;
  }
}

/** A name comes once, again with each piece, in a longer form, or in parts. */
const joinName = (known: string, said: string): string => {
  if (known === said || known.endsWith(said)) return known;
  return said.startsWith(known) ? said : known + said;
};
