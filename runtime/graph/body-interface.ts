import type { BodyInterface } from "@/runtime/node/body";
import type { Catalog } from "@/runtime/node/catalog";
import { maybe, type Port, type Ports } from "@/runtime/node/port";
import { getOwn } from "@/runtime/node/record";
import type { GraphDocument, GraphNode } from "./document";
import type { ResolvedNode } from "./resolve-node";

/** What a body asks for and gives, as far as its nodes are valid. A name that two nodes use counts once; validation of the body says so. */
export const bodyInterface = (
  body: GraphDocument,
  catalog: Catalog,
  resolve: (node: GraphNode, catalog: Catalog) => ResolvedNode,
): BodyInterface => {
  const nodes = new Map(body.nodes.map((node) => [node.id, node]));
  const fields: BodyInterface["fields"][number][] = [];
  const inputs = new Map<string, Port>();
  const outputs = new Map<string, Port>();
  for (const node of body.nodes) {
    const { definition, config, ports } = resolve(node, catalog);
    if (node.disabled || ports === undefined) continue;
    if (definition?.boundary?.kind === "input") {
      for (const field of definition.boundary.fields(config)) {
        if (inputs.has(field.name)) continue;
        const port = getOwn(ports.outputs, field.name);
        if (port === undefined) continue;
        fields.push(field);
        inputs.set(field.name, field.required ? port : maybe(port as Port<unknown, false>));
      }
    } else if (definition?.boundary?.kind === "output") {
      for (const [name, port] of Object.entries(ports.inputs)) {
        if (outputs.has(name)) continue;
        const edge = body.edges.find(({ to }) => to.node === node.id && to.port === name);
        const source = edge && nodes.get(edge.from.node);
        const wired = source && getOwn(resolve(source, catalog).ports?.outputs ?? {}, edge.from.port);
        const { label } = port;
        outputs.set(name, { ...maybe((wired ?? port) as Port<unknown, false>), ...(label ? { label } : {}) });
      }
    }
  }
  return { fields, inputs: asPorts(inputs), outputs: asPorts(outputs) };
};

const asPorts = (ports: ReadonlyMap<string, Port>): Ports => Object.fromEntries(ports);
