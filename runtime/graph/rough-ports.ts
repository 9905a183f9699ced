import type { z } from "zod";
import { type AnyNode, inputPorts, outputPorts } from "@/runtime/node/catalog";
import { type Port, type Ports, portKinds } from "@/runtime/node/port";
import { graphLimits } from "./document";

/** More ports than any card shows are not guessed. */
const mostPorts = 200;

/**
 * The ports of a node whose settings are not valid, as far as they can be told: each setting that is valid as it is read, any other as it is
 * written. null where that makes no ports. For showing what is half typed, never for running.
 */
export const roughPorts = (
  definition: AnyNode,
  written: Readonly<Record<string, unknown>>,
): { readonly inputs: Ports; readonly outputs: Ports } | null => {
  const config = Object.fromEntries(
    Object.entries<z.ZodType>(definition.config.shape).map(([name, schema]) => {
      const given = Object.hasOwn(written, name) ? written[name] : undefined;
      const parsed = schema.safeParse(given);
      return [name, parsed.success ? parsed.data : given];
    }),
  );
  try {
    return { inputs: named(inputPorts(definition, config)), outputs: named(outputPorts(definition, config)) };
  } catch {
    // Written by hand, settings can be anything.
    return null;
  }
};

/** Without ports that could be no port of a document. */
const named = (ports: Ports): Ports =>
  Object.fromEntries(
    Object.entries(ports)
      .filter(
        ([name, port]) =>
          name.trim() !== "" && name !== "undefined" && name.length <= graphLimits.fieldLength && isPort(port),
      )
      .slice(0, mostPorts),
  );

const isPort = (port: unknown): port is Port =>
  typeof port === "object" && port !== null && "kind" in port && (portKinds as readonly unknown[]).includes(port.kind);
