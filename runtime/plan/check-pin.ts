import type { Ports } from "@/runtime/node/port";
import { valueCheck } from "./check-value";
import type { PlanPort } from "./plan";

type Checked = Pick<PlanPort, "optional" | "check">;

/** Why outputs cannot stand in place of what a step gives, in English; null where they can. An optional output may be left out: nothing goes on there. */
export const pinFault = (
  ports: ReadonlyMap<string, Checked>,
  outputs: Readonly<Record<string, unknown>>,
): string | null => {
  for (const [name, { optional }] of ports)
    if (!optional && !Object.hasOwn(outputs, name)) return `"${name}" is missing`;
  for (const [name, value] of Object.entries(outputs)) {
    const port = ports.get(name);
    if (port === undefined) return `the step has no output "${name}"`;
    const wrong = port.check?.(value) ?? null;
    if (wrong !== null) return `"${name}": ${wrong}`;
  }
  return null;
};

/** The same of a step that is not compiled. */
export const pinFaultOf = (outputs: Ports, pinned: Readonly<Record<string, unknown>>): string | null =>
  pinFault(
    new Map(
      Object.entries(outputs).map(([name, port]) => [name, { optional: port.optional, check: valueCheck(port) }]),
    ),
    pinned,
  );
