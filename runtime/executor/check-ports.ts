import { findJsonFault } from "@/runtime/graph/json-shape";
import { getOwn } from "@/runtime/node/record";
import type { PlanNode } from "@/runtime/plan/plan";
import type { RunErrorData } from "@/runtime/run/errors";
import type { Values } from "./frame";

const deepest = 64;

/** Whether what is wired into a node is what its inputs ask for. */
export const checkNodeInputs = (node: PlanNode, inputs: Values): RunErrorData | null => {
  for (const { name, check } of node.inputs) {
    if (check === null || !Object.hasOwn(inputs, name)) continue;
    const wrong = check(inputs[name]);
    if (wrong !== null) return { code: "value-invalid", message: `Input "${name}": ${wrong}`, node: node.id };
  }
  return null;
};

/** Whether a node returned what its outputs promise: all of them, no others, of the right type, plain JSON, and the text it streamed. */
export const checkNodeOutputs = (
  node: PlanNode,
  outputs: Values,
  streamed: ReadonlyMap<string, string> | null,
): RunErrorData | null => {
  const bug = (message: string): RunErrorData => ({ code: "internal", message, node: node.id });
  if (typeof outputs !== "object" || outputs === null) return bug("The step returned no outputs.");
  for (const name of node.requiredOutputs) {
    if (getOwn(outputs, name) === undefined) return bug(`The step returned nothing for "${name}".`);
  }
  for (const name of Object.keys(outputs)) {
    const value = outputs[name];
    if (value === undefined) continue;
    const port = node.outputs.get(name);
    if (port === undefined) return bug(`The step returned "${name}", which is not one of its outputs.`);
    const wrong = port.check === null ? null : port.check(value);
    if (wrong !== null) return { code: "output-invalid", message: `"${name}": ${wrong}`, node: node.id };
    // The log of the run is JSON, and so is all that can be wired on.
    if (typeof value !== "string" && findJsonFault(value, { depth: deepest }) !== null) {
      return {
        code: "output-invalid",
        message: `"${name}" is not plain JSON of at most ${deepest} levels.`,
        node: node.id,
      };
    }
  }
  if (streamed !== null) {
    for (const [name, text] of streamed) {
      if (getOwn(outputs, name) !== text) return bug(`The text of "${name}" is not what the step streamed.`);
    }
  }
  return null;
};
