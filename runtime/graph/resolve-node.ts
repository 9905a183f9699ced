import type { z } from "zod";
import { type BodyInterface, noBody } from "@/runtime/node/body";
import { type AnyNode, type Catalog, inputPorts, outputPorts } from "@/runtime/node/catalog";
import { errorPort, errorPortName } from "@/runtime/node/error-port";
import type { Ports } from "@/runtime/node/port";
import { getOwn } from "@/runtime/node/record";
import { bodyInterface } from "./body-interface";
import type { Diagnostic } from "./diagnostic";
import type { GraphNode } from "./document";
import { migrateNode } from "./migrate";

/** A node of a document together with what its definition makes of it. */
export interface ResolvedNode {
  readonly node: GraphNode;
  /** Missing where the type is unknown. */
  readonly definition: AnyNode | undefined;
  /** Parsed settings; undefined where they are not valid, and then the ports are not known either. */
  readonly config: unknown;
  readonly ports: { readonly inputs: Ports; readonly outputs: Ports } | undefined;
  /** What the body of a container asks for and gives; empty for any other node. */
  readonly body: BodyInterface;
  readonly problems: readonly Diagnostic[];
}

/** Documents share nodes between edits, so an edit of one node re-resolves that node alone. */
const memory = new WeakMap<Catalog, WeakMap<GraphNode, ResolvedNode>>();

export const resolveNode = (node: GraphNode, catalog: Catalog): ResolvedNode => {
  let byNode = memory.get(catalog);
  if (byNode === undefined) {
    byNode = new WeakMap();
    memory.set(catalog, byNode);
  }
  let resolved = byNode.get(node);
  if (resolved === undefined) {
    resolved = resolve(node, catalog);
    byNode.set(node, resolved);
  }
  return resolved;
};

const resolve = (saved: GraphNode, catalog: Catalog): ResolvedNode => {
  const definition = catalog.get(saved.type);
  const name = saved.label ?? saved.id;
  const body = saved.body === undefined ? noBody : bodyInterface(saved.body, catalog, resolveNode);
  const broken = (problem: Diagnostic): ResolvedNode => ({
    node: saved,
    definition,
    config: undefined,
    ports: undefined,
    body,
    problems: [problem],
  });
  if (definition === undefined) {
    return broken({
      code: "node-type-unknown",
      severity: "error",
      message: `"${name}" is of type ${saved.type}, which this program does not have.`,
      hint: "Update the program, or remove the node.",
      params: { node: name, type: saved.type },
      at: { node: saved.id },
    });
  }
  const migrated = migrateNode(saved, definition);
  if (!migrated.ok) return broken(migrated.error);
  const node = migrated.value;
  const parsed = definition.config.safeParse(node.config);
  if (!parsed.success) {
    const problems = (parsed.error.issues as z.core.$ZodIssue[]).map((issue) =>
      configInvalid(node, issue.path.map(String).join("."), issue.message),
    );
    return { node, definition, config: undefined, ports: undefined, body, problems };
  }
  const config: unknown = parsed.data;
  try {
    const inputs = inputPorts(definition, config, body);
    const own = outputPorts(definition, config, body);
    const outputs = node.policy?.onError === "error-port" ? { [errorPortName]: errorPort, ...own } : own;
    return { node, definition, config, ports: { inputs, outputs }, body, problems: policyProblems(node, own) };
  } catch (error) {
    // Ports that follow from the settings are computed by the node's own code.
    return broken(configInvalid(node, "", error instanceof Error ? error.message : String(error)));
  }
};

const configInvalid = (node: GraphNode, field: string, reason: string): Diagnostic => ({
  code: "config-invalid",
  severity: "error",
  message: `"${node.label ?? node.id}"${field === "" ? "" : `, ${field}`}: ${reason}`,
  hint: "Correct the named setting.",
  params: { node: node.label ?? node.id, field, reason },
  at: { node: node.id, ...(field === "" ? {} : { field }) },
});

/** Default outputs must be what the node itself would have to return. */
const policyProblems = (node: GraphNode, outputs: Ports): Diagnostic[] => {
  if (node.policy?.onError === "error-port" && Object.hasOwn(outputs, errorPortName)) {
    return [configInvalid(node, "policy.onError", `the node has an output called "${errorPortName}" already`)];
  }
  if (node.policy?.onError !== "default") return [];
  const given: Readonly<Record<string, unknown>> = node.policy.defaultOutputs ?? {};
  const problems: Diagnostic[] = [];
  for (const [name, port] of Object.entries(outputs)) {
    const value = getOwn(given, name);
    const field = `policy.defaultOutputs.${name}`;
    if (value === undefined) {
      if (!port.optional) problems.push(configInvalid(node, field, "a default value is missing"));
    } else if (!port.schema.safeParse(value).success) {
      problems.push(configInvalid(node, field, "the default value is not of the output's type"));
    }
  }
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(outputs, name)) {
      problems.push(configInvalid(node, `policy.defaultOutputs.${name}`, "the node has no such output"));
    }
  }
  return problems;
};
