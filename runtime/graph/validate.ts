import type { Catalog } from "@/runtime/node/catalog";
import { canConnect } from "@/runtime/node/connection";
import { getOwn } from "@/runtime/node/record";
import { changedTools, type KnownTools } from "./changed-tools";
import { checkBranches } from "./check-branches";
import { checkConversation } from "./check-conversation";
import { checkOff } from "./check-off";
import type { Diagnostic, DiagnosticLocation } from "./diagnostic";
import { type GraphDocument, type GraphEdge, graphLimits } from "./document";
import { type KnownModels, unknownModels } from "./model-references";
import { type ResolvedNode, resolveNode } from "./resolve-node";
import { findCycles, topologyOf, upstream } from "./topology";

export interface ValidateOptions {
  /** Models of the workspace. Left out, references to models are not looked at. */
  readonly models?: KnownModels;
  /** Tools of the workspace's MCP servers. Left out, tools that were pinned are not looked at. */
  readonly tools?: KnownTools;
}

/**
 * Everything wrong with a document. A document without errors compiles; warnings never stop it.
 * Fast enough for every keystroke: what follows from one node alone is remembered by the node's identity.
 */
export const validate = (document: GraphDocument, catalog: Catalog, options: ValidateOptions = {}): Diagnostic[] =>
  validateWithin(document, catalog, options, 0);

/** `depth` counts the containers around the document. */
const validateWithin = (
  document: GraphDocument,
  catalog: Catalog,
  options: ValidateOptions,
  depth: number,
): Diagnostic[] => {
  const nodes = new Map<string, ResolvedNode>();
  const found: Diagnostic[] = [];
  for (const node of document.nodes) {
    if (nodes.has(node.id)) {
      found.push(
        error(
          "node-id-duplicate",
          `Two nodes have the id ${node.id}.`,
          "Remove one.",
          { node: node.id },
          { node: node.id },
        ),
      );
      continue;
    }
    const resolved = resolveNode(node, catalog);
    nodes.set(node.id, resolved);
    // A disabled node never runs, so that a half-finished one can be kept aside.
    if (node.disabled) continue;
    found.push(...resolved.problems);
    if (options.models !== undefined) found.push(...unknownModels(resolved, options.models));
    if (options.tools !== undefined) found.push(...changedTools(resolved, options.tools));
    found.push(...checkContainer(resolved, depth));
    if (node.body === undefined || depth >= graphLimits.nesting) continue;
    for (const problem of validateWithin(node.body, catalog, options, depth + 1)) found.push(inside(node.id, problem));
  }
  if (depth > 0 || document.nodes.some(({ body }) => body !== undefined)) found.push(...checkIds(document));
  const wires = checkEdges(document.edges, nodes);
  found.push(...wires.problems);
  found.push(...checkInputs(nodes, wires.wired));
  found.push(...checkBoundary(nodes));
  const topology = topologyOf(document);
  for (const cycle of findCycles(topology)) {
    const names = cycle.map((id) => nameOf(nodes, id));
    const way = [...names, names[0]].join(" → ");
    found.push(
      error(
        "cycle",
        `These nodes wait for each other: ${way}.`,
        "Remove one of the wires between them.",
        { nodes: way },
        { node: cycle[0] as string },
      ),
    );
  }
  const ends = [...nodes.values()].filter(isOutput).map(({ node }) => node.id);
  if (ends.length > 0) {
    const used = upstream(topology, ends);
    for (const { node } of nodes.values()) {
      if (node.disabled || used.has(node.id) || ends.includes(node.id)) continue;
      found.push(
        warning(
          "node-unreachable",
          `Nothing of "${name(node)}" reaches an output.`,
          "Wire it on, or remove it.",
          { node: name(node) },
          { node: node.id },
        ),
      );
    }
  }
  found.push(...checkOff(document, nodes), ...checkBranches(document, nodes));
  if (depth === 0) found.push(...checkConversation(nodes));
  return found;
};

const inside = (container: string, problem: Diagnostic): Diagnostic => ({
  ...problem,
  at: { ...problem.at, inside: [container, ...(problem.at?.inside ?? [])] },
});

/** A container has a body, nothing else has one, and bodies lie in one another no deeper than is allowed. */
const checkContainer = ({ node, definition }: ResolvedNode, depth: number): Diagnostic[] => {
  const at = { node: node.id };
  if (definition === undefined) return [];
  const needed = definition.container?.needs?.(node.config);
  const isWhole = needed?.every((id) => node.body?.nodes.some((each) => each.id === id)) ?? node.body !== undefined;
  if (isWhole && node.body === undefined) return [];
  if (!isWhole) {
    if (definition.container === undefined) return [];
    const said = `"${name(node)}" holds no steps.`;
    return [error("body-missing", said, "Open it and add steps, or choose what it runs.", { node: name(node) }, at)];
  }
  if (definition.container === undefined) {
    const said = `"${name(node)}" cannot hold steps.`;
    return [error("body-unexpected", said, "Replace the node with a new one.", { node: name(node) }, at)];
  }
  if (depth < graphLimits.nesting) return [];
  const said = `"${name(node)}" lies more than ${graphLimits.nesting} containers deep.`;
  const params = { node: name(node), most: graphLimits.nesting };
  return [error("nesting-too-deep", said, "Move it out of one of them.", params, at)];
};

/** Paths of steps inside containers are written with these marks. */
const checkIds = (document: GraphDocument): Diagnostic[] =>
  document.nodes
    .filter(({ id }) => /[#/~]/.test(id))
    .map((node) =>
      error(
        "node-id-reserved",
        `The id ${node.id} holds one of # / ~, which stand for places inside containers.`,
        "Give the node another id.",
        { node: node.id },
        { node: node.id },
      ),
    );

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some((diagnostic) => diagnostic.severity === "error");

type Nodes = ReadonlyMap<string, ResolvedNode>;
type Params = Readonly<Record<string, string | number>>;

const diagnostic =
  (severity: Diagnostic["severity"]) =>
  (code: Diagnostic["code"], message: string, hint: string, params: Params, at: DiagnosticLocation): Diagnostic => ({
    code,
    severity,
    message,
    hint,
    params,
    at,
  });
const error = diagnostic("error");
const warning = diagnostic("warning");

const name = (node: { readonly id: string; readonly label?: string | undefined }): string => node.label ?? node.id;
const nameOf = (nodes: Nodes, id: string): string => {
  const node = nodes.get(id)?.node;
  return node === undefined ? id : name(node);
};
const isOutput = ({ definition, node }: ResolvedNode): boolean =>
  definition?.boundary?.kind === "output" && !node.disabled;

const checkEdges = (edges: readonly GraphEdge[], nodes: Nodes) => {
  const problems: Diagnostic[] = [];
  const ids = new Set<string>();
  /** Inputs that a wire ends in, by node. */
  const wired = new Map<string, Set<string>>();
  for (const edge of edges) {
    const at = { edge: edge.id, node: edge.to.node, port: edge.to.port };
    if (ids.has(edge.id)) {
      problems.push(error("edge-duplicate", `Two wires have the id ${edge.id}.`, "Remove one.", { edge: edge.id }, at));
      continue;
    }
    ids.add(edge.id);
    const source = nodes.get(edge.from.node);
    const target = nodes.get(edge.to.node);
    if (source === undefined || target === undefined) {
      const missing = source === undefined ? edge.from.node : edge.to.node;
      problems.push(
        error(
          "edge-node-missing",
          `A wire leads to ${missing}, which is not in the pipeline.`,
          "Remove the wire.",
          { node: missing },
          { edge: edge.id },
        ),
      );
      continue;
    }
    const inputs = wired.get(edge.to.node) ?? new Set();
    wired.set(edge.to.node, inputs);
    if (inputs.has(edge.to.port)) {
      const params = { node: name(target.node), port: edge.to.port };
      problems.push(
        error(
          "edge-input-taken",
          `Two wires end in "${params.port}" of "${params.node}".`,
          "Keep one of them; a merge node takes several.",
          params,
          at,
        ),
      );
      continue;
    }
    inputs.add(edge.to.port);
    problems.push(...checkKinds(edge, source, target));
  }
  return { problems, wired };
};

const checkKinds = (edge: GraphEdge, source: ResolvedNode, target: ResolvedNode): Diagnostic[] => {
  // Where the settings are not valid the ports are not known, and that is what gets reported.
  const from = source.ports && getOwn(source.ports.outputs, edge.from.port);
  const to = target.ports && getOwn(target.ports.inputs, edge.to.port);
  const missing = (node: ResolvedNode["node"], port: string, side: "input" | "output") =>
    error(
      "edge-port-missing",
      `"${name(node)}" has no ${side} "${port}".`,
      "Remove the wire, or bring the port back.",
      { node: name(node), port, side },
      { edge: edge.id, node: node.id, port },
    );
  const problems: Diagnostic[] = [];
  if (source.ports !== undefined && from === undefined) problems.push(missing(source.node, edge.from.port, "output"));
  if (target.ports !== undefined && to === undefined) problems.push(missing(target.node, edge.to.port, "input"));
  if (from !== undefined && to !== undefined && !canConnect(from.kind, to.kind)) {
    const params = { from: from.kind, to: to.kind, node: name(target.node), port: edge.to.port };
    problems.push(
      error(
        "edge-kind-mismatch",
        `${params.from} cannot feed "${params.port}" of "${params.node}", which takes ${params.to}.`,
        "Wire an output of a fitting type.",
        params,
        { edge: edge.id, node: edge.to.node, port: edge.to.port },
      ),
    );
  }
  return problems;
};

const checkInputs = (nodes: Nodes, wired: ReadonlyMap<string, ReadonlySet<string>>): Diagnostic[] => {
  const problems: Diagnostic[] = [];
  for (const { node, definition, ports } of nodes.values()) {
    if (definition === undefined || ports === undefined || node.disabled) continue;
    const inputs = Object.entries(ports.inputs);
    const taken = wired.get(node.id);
    if (definition.join === "any") {
      if (inputs.length > 0 && !inputs.some(([port]) => taken?.has(port))) {
        problems.push(
          error(
            "input-unwired",
            `Nothing is wired into "${name(node)}".`,
            "Wire at least one input.",
            { node: name(node), port: inputs[0]?.[0] ?? "" },
            { node: node.id, port: inputs[0]?.[0] ?? "" },
          ),
        );
      }
      continue;
    }
    for (const [port, { optional }] of inputs) {
      if (optional || taken?.has(port)) continue;
      problems.push(
        error(
          "input-unwired",
          `"${port}" of "${name(node)}" needs a value.`,
          "Wire something into it.",
          { node: name(node), port },
          { node: node.id, port },
        ),
      );
    }
  }
  return problems;
};

/** Where the graph meets its caller: every input field and every output has a name of its own, and there is an output. */
const checkBoundary = (nodes: Nodes): Diagnostic[] => {
  const problems: Diagnostic[] = [];
  const fields = new Set<string>();
  const outputs = new Set<string>();
  for (const { node, definition, config, ports } of nodes.values()) {
    if (node.disabled || ports === undefined) continue;
    const boundary = definition?.boundary;
    if (boundary?.kind === "input") {
      for (const field of boundary.fields(config)) {
        if (fields.has(field.name)) {
          problems.push(
            error(
              "input-field-duplicate",
              `Two input fields are called "${field.name}".`,
              "Rename one.",
              { name: field.name },
              { node: node.id },
            ),
          );
        }
        fields.add(field.name);
      }
    } else if (boundary?.kind === "output") {
      for (const port of Object.keys(ports.inputs)) {
        if (outputs.has(port)) {
          problems.push(
            error(
              "output-name-duplicate",
              `Two outputs are called "${port}".`,
              "Rename one.",
              { name: port },
              { node: node.id, port },
            ),
          );
        }
        outputs.add(port);
      }
    }
  }
  const ends = [...nodes.values()].some(isOutput);
  if (!ends && nodes.size > 0) {
    problems.push(
      warning(
        "output-missing",
        "The pipeline has no output.",
        "Add an output node and wire the result into it.",
        {},
        {},
      ),
    );
  }
  return problems;
};
