import type { Diagnostic } from "@/runtime/graph/diagnostic";
import { type GraphDocument, nodePolicy } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { passesOf, sourceThrough, type WiredKinds, wiredKinds } from "@/runtime/graph/passes";
import { type ResolvedNode, resolveNode } from "@/runtime/graph/resolve-node";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { topologicalOrder, topologyOf } from "@/runtime/graph/topology";
import { hasErrors, validate } from "@/runtime/graph/validate";
import type { BodyContent, BodyInterface } from "@/runtime/node/body";
import type { Catalog } from "@/runtime/node/catalog";
import type { ConversationSpec } from "@/runtime/node/conversation";
import type { Ports } from "@/runtime/node/port";
import { valueCheck } from "./check-value";
import type { Plan, PlanBody, PlanEdge, PlanInput, PlanNode, PlanOutput, PlanPass, PlanPort } from "./plan";

/** On failure the diagnostics hold at least one error, and the warnings beside it. */
export const compile = (document: GraphDocument, catalog: Catalog): Result<Plan, readonly Diagnostic[]> => {
  const diagnostics = validate(document, catalog);
  if (hasErrors(diagnostics)) return fail(diagnostics);
  return ok(planOf(document, catalog, graphHash(document)));
};

/** The plan of a document, or of a body, that validation found no error in. */
const planOf = (document: GraphDocument, catalog: Catalog, hash: string): Plan => {
  const resolved = new Map(document.nodes.map((node) => [node.id, resolveNode(node, catalog)]));
  // Only a disabled node can still be without a definition or valid settings. It never runs; what it lets through goes on.
  const wired = wiredKinds(document, catalog);
  const order = topologicalOrder(topologyOf(document)).order;
  const indexes = new Map(order.map((id, index) => [id, index]));
  const inputs = new Map(order.map((id) => [id, planInputs(resolved.get(id) as ResolvedNode, document)]));
  const incoming = new Map<string, number>();
  const outgoing = new Map<string, PlanEdge[]>(order.map((id) => [id, []]));
  for (const { from, to } of document.edges) {
    const source = resolved.get(from.node)?.ports?.outputs[from.port];
    const targets = inputs.get(to.node) as readonly PlanInput[];
    const input = targets.findIndex(({ name }) => name === to.port);
    outgoing.get(from.node)?.push({
      sourcePort: from.port,
      target: indexes.get(to.node) as number,
      input,
      toText: targets[input]?.kind === "text" && source?.kind !== "text",
    });
    incoming.set(to.node, (incoming.get(to.node) ?? 0) + 1);
  }
  const nodes = order.map((id, index): PlanNode => {
    const { node, definition, config, ports, body } = resolved.get(id) as ResolvedNode;
    const steps = definition?.container === undefined || node.disabled ? undefined : node.body;
    const outputs = new Map(Object.entries(ports?.outputs ?? {}).map(([name, port]) => [name, planPort(port)]));
    return {
      index,
      id,
      label: node.label ?? definition?.title.en ?? node.type,
      definition: definition ?? null,
      config,
      disabled: node.disabled,
      policy: node.policy ?? defaultPolicy,
      join: definition?.join ?? "all",
      inputs: inputs.get(id) ?? [],
      outputs,
      passes: node.disabled ? planPasses(resolved.get(id) as ResolvedNode, wired.get(id), inputs.get(id) ?? []) : [],
      requiredOutputs: [...outputs].filter(([, port]) => !port.optional).map(([name]) => name),
      incoming: incoming.get(id) ?? 0,
      outgoing: outgoing.get(id) ?? [],
      // A body has no name of its own: the hash of the whole covers it.
      body: steps === undefined ? null : planBody(steps, planOf(steps, catalog, hash), body),
    };
  });
  return {
    graphHash: hash,
    ...(document.timeLimitSeconds !== undefined && { timeLimitSeconds: document.timeLimitSeconds }),
    nodes,
    inputFields: nodes.flatMap(({ definition, config, disabled }) =>
      definition?.boundary?.kind === "input" && !disabled ? definition.boundary.fields(config) : [],
    ),
    outputs: planOutputs(nodes, document, catalog),
    ...conversationOf(nodes),
  };
};

const planBody = (document: GraphDocument, plan: Plan, face: BodyInterface): PlanBody => {
  let content: BodyContent | null = null;
  return {
    plan,
    interface: face,
    // Few containers ask.
    get content() {
      content ??= {
        hash: graphHash(document),
        readsConversation: plan.conversation !== undefined,
        boundToRun: isBoundToRun(plan),
      };
      return content;
    },
  };
};

const isBoundToRun = ({ nodes }: Plan): boolean =>
  nodes.some(
    ({ definition, disabled, body }) =>
      !disabled && (definition?.boundToRun === true || (body !== null && isBoundToRun(body.plan))),
  );

/** The first step that declares one, also inside containers; those that follow read the same conversation. */
const conversationOf = (nodes: readonly PlanNode[]): Pick<Plan, "conversation"> => {
  const specs = nodes.flatMap(({ definition, config, disabled, body }): readonly ConversationSpec[] => {
    const own = disabled ? undefined : (definition?.conversation?.(config) ?? body?.plan.conversation);
    return own === undefined ? [] : [own];
  });
  const [first] = specs;
  if (first === undefined) return {};
  // What becomes a turn is said by the first; what is read has to do for all.
  const conversation = {
    ...first,
    turns: Math.max(...specs.map(({ turns }) => turns)),
    sinceSummary: specs.every(({ sinceSummary }) => sinceSummary),
    masksPersonalData: specs.some(({ masksPersonalData }) => masksPersonalData),
  };
  return { conversation };
};

const defaultPolicy = nodePolicy.parse({});

const planPort = (port: Ports[string]): PlanPort => ({
  kind: port.kind,
  optional: port.optional,
  check: valueCheck(port),
});

/** A disabled node without known ports takes whatever is wired into it, and ignores it. */
const planInputs = ({ node, ports }: ResolvedNode, document: GraphDocument): readonly PlanInput[] =>
  ports === undefined
    ? document.edges
        .filter(({ to }) => to.node === node.id)
        .map(({ to }) => ({ name: to.port, kind: "any", optional: true, check: null }))
    : Object.entries(ports.inputs).map(([name, port]) => ({ name, ...planPort(port) }));

const planPasses = (
  node: ResolvedNode,
  wired: WiredKinds | undefined,
  inputs: readonly PlanInput[],
): readonly PlanPass[] =>
  [...passesOf(node, wired ?? new Map())].map(([output, name]) => {
    const input = inputs.findIndex((each) => each.name === name);
    return {
      output,
      input,
      toText: node.ports?.outputs[output]?.kind === "text" && inputs[input]?.kind !== "text",
    };
  });

const planOutputs = (nodes: readonly PlanNode[], document: GraphDocument, catalog: Catalog): PlanOutput[] =>
  nodes
    .filter(({ definition, disabled }) => definition?.boundary?.kind === "output" && !disabled)
    .flatMap(({ id, inputs }) =>
      inputs.map(({ name, kind }) => {
        const edge = document.edges.find(({ to }) => to.node === id && to.port === name);
        const source = edge === undefined ? null : sourceThrough(document, catalog, edge.from);
        return { name, kind, node: id, source };
      }),
    );
