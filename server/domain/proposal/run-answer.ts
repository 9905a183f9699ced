import type { RunEvent } from "@/runtime/run/events";
import { proposalLimits } from "./proposal.types";

const textOf = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value, null, 2) ?? ""));

/** What a run answered, as text: its one output, or each under its name; empty where it reached none. Cut. */
export const answerText = (events: readonly RunEvent[]): string => {
  const end = events.at(-1);
  if (end?.type !== "run-end" || end.outcome !== "success") return "";
  const outputs = Object.entries(end.outputs);
  const [only] = outputs;
  const text =
    outputs.length === 1 && only !== undefined
      ? textOf(only[1])
      : outputs.map(([name, value]) => `${name}: ${textOf(value)}`).join("\n");
  return text.slice(0, proposalLimits.answerLength).toWellFormed();
};
