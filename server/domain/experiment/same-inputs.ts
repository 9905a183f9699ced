import { createHash } from "node:crypto";
import { normaliseText } from "@/runtime/fine-tuning/normalise-text";
import { canonicalJson } from "@/runtime/graph/hash";
import { inputsOfRow } from "./inputs-of-row";

interface Asked {
  /** Hash of what the pipeline is given, hex; the same for rows that ask the same but for case, width and white space. */
  readonly inputsKey: string;
  /** Rows before it whose inputs are the same to the letter: each of them is asked, and answered, for itself. */
  readonly copy: number;
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

const evened = (value: unknown): unknown => {
  if (typeof value === "string") return normaliseText(value);
  if (Array.isArray(value)) return value.map(evened);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, evened(item)]));
};

/** Which rows ask the same of the pipeline. `mapping` is pipeline input -> column: what is not fed to it makes no difference. */
export const sameInputs = (
  rows: readonly { readonly inputs: Readonly<Record<string, unknown>> }[],
  mapping: Readonly<Record<string, string>>,
): Asked[] => {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const inputs = inputsOfRow(row.inputs, mapping);
    const exact = hash(canonicalJson(inputs));
    const copy = seen.get(exact) ?? 0;
    seen.set(exact, copy + 1);
    return { inputsKey: hash(canonicalJson(evened(inputs))), copy };
  });
};
