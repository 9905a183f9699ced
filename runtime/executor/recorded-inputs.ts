import { inWords, valueLimits } from "@/runtime/node/value-limits";
import { valueCharacters } from "@/runtime/node/value-size";
import type { Values } from "./frame";

const most = valueLimits.recordedInputCharacters;
const tail = Math.floor(most / 4);

/**
 * What the record of a run keeps of a step's inputs: what is longer than the bound keeps its beginning and its end, with a mark between. The step that
 * gave it has all of it in its outputs; a copy for each step that takes it would make the record as large as the run may not grow.
 */
export const recordedInputs = (inputs: Values): Values => {
  let recorded: Record<string, unknown> | null = null;
  for (const name in inputs) {
    const value = inputs[name];
    if (valueCharacters(value, most) <= most) continue;
    recorded ??= { ...inputs };
    recorded[name] = shortened(typeof value === "string" ? value : JSON.stringify(value, null, 2));
  }
  return recorded ?? inputs;
};

const shortened = (text: string): string => {
  const omitted = text.length - most;
  return omitted <= 0
    ? text
    : `${text.slice(0, most - tail)}\n[… cut: ${inWords(omitted)} characters …]\n${text.slice(-tail)}`;
};
