import type { InputField } from "@/runtime/node/define-node";
import { isRecord } from "@/runtime/node/record";
import type { Plan } from "@/runtime/plan/plan";
import type { CallableDeployment } from "./find-deployment";

/** A variable is written as text; an input that takes something else gets it as that, where it can be. */
const asKind = (kind: InputField["kind"], value: unknown): unknown => {
  if (typeof value !== "string") return kind === "text" || kind === "choice" ? String(value) : value;
  if (kind === "number" && value.trim() !== "" && Number.isFinite(Number(value))) return Number(value);
  if (kind !== "json") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** The inputs of a call with the environment's variables where the caller leaves an input of that name out. What the caller sends counts. */
export const filledInputs = (
  { inputFields }: Pick<Plan, "inputFields">,
  { variables }: Pick<CallableDeployment, "variables">,
  inputs: unknown,
): unknown => {
  if (variables === null || !isRecord(inputs)) return inputs;
  const missing = inputFields.filter(({ name }) => !Object.hasOwn(inputs, name) && Object.hasOwn(variables, name));
  if (missing.length === 0) return inputs;
  return { ...inputs, ...Object.fromEntries(missing.map(({ name, kind }) => [name, asKind(kind, variables[name])])) };
};
