import type { PortRef } from "@/runtime/graph/document";
import { canConnect } from "@/runtime/node/connection";
import { errorPortName } from "@/runtime/node/error-port";
import type { Port } from "@/runtime/node/port";
import type { NodePorts } from "../store/node-ports";

type Named = readonly [name: string, port: Port];

/**
 * The wire that a person would draw from one node to another that was just put beside it: where exactly one fits. What is always given and what is
 * always needed goes before what may be left out; of several that fit, the only one of the same kind, then the only one of the same name. null where
 * it is not obvious.
 */
export const obviousWire = (
  from: { readonly id: string; readonly ports: NodePorts },
  to: { readonly id: string; readonly ports: NodePorts },
): { readonly from: PortRef; readonly to: PortRef } | null => {
  const outputs = Object.entries(from.ports.outputs).filter(([name]) => name !== errorPortName);
  const inputs = Object.entries(to.ports.inputs);
  const given = outputs.filter(([, { optional }]) => !optional);
  const needed = inputs.filter(([, { optional }]) => !optional);
  for (const [sources, targets] of [
    [given, needed],
    [given, inputs],
    [outputs, needed],
  ] as const) {
    const fits = pairs(sources, targets);
    if (fits.length === 0) continue;
    const [only] = narrowed(fits);
    return only === undefined
      ? null
      : { from: { node: from.id, port: only.output[0] }, to: { node: to.id, port: only.input[0] } };
  }
  return null;
};

interface Pair {
  readonly output: Named;
  readonly input: Named;
}

const pairs = (outputs: readonly Named[], inputs: readonly Named[]): readonly Pair[] =>
  outputs.flatMap((output) =>
    inputs.flatMap((input) => (canConnect(output[1].kind, input[1].kind) ? [{ output, input }] : [])),
  );

/** One pair, or none. */
const narrowed = (fits: readonly Pair[]): readonly Pair[] => {
  const sameKind = fits.filter(({ output, input }) => output[1].kind === input[1].kind);
  const sameName = fits.filter(({ output, input }) => output[0] === input[0]);
  return [fits, sameKind, sameName].find(({ length }) => length === 1) ?? [];
};
