import { catalog } from "@/nodes";
import { type ToolPipeline, type ToolStep, toolBody } from "@/nodes/lib/agent/pipeline-tool";
import { bodyInterface } from "@/runtime/graph/body-interface";
import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import { resolveNode } from "@/runtime/graph/resolve-node";

type Tools = readonly Readonly<Record<string, unknown>>[];

/** Versions of pipelines that were chosen as tools, by id of the revision: an agent takes them into its body with its settings. */
const documents = new Map<string, GraphDocument>();
const mostDocuments = 50;
export const keepDocument = (revisionId: string, document: GraphDocument): void => {
  if (documents.size >= mostDocuments) documents.clear();
  documents.set(revisionId, document);
};

const chosenIn = (tools: Tools): readonly ToolPipeline[] =>
  tools.flatMap(({ kind, pipeline }) =>
    kind === "pipeline" && typeof pipeline === "object" && pipeline !== null ? [pipeline as ToolPipeline] : [],
  );

/** A step that no tool of the agent has yet. */
export const freshStep = (tools: Tools): string => {
  const taken = new Set(
    tools.map(({ pipeline }) => (pipeline as Partial<ToolPipeline> | null | undefined)?.step ?? ""),
  );
  for (let number = 1; ; number += 1) if (!taken.has(`p${number}`)) return `p${number}`;
};

/** The agent with these tools, and with the pipelines among them as its body; none where there are none. */
export const withTools = (node: GraphNode, tools: Tools): GraphNode => {
  const { body, ...rest } = node;
  const held = new Map(body?.nodes.map((each) => [each.id, each]));
  const steps = chosenIn(tools).flatMap((chosen): ToolStep[] => {
    const own = held.get(chosen.step);
    const isSame = (own?.config.pipeline as Partial<ToolPipeline> | undefined)?.revisionId === chosen.revisionId;
    const document = isSame ? own?.body : documents.get(chosen.revisionId);
    return document === undefined ? [] : [{ chosen, document, asks: bodyInterface(document, catalog, resolveNode) }];
  });
  const config = { ...node.config, tools: tools as unknown as GraphNode["config"][string] };
  return { ...rest, config, ...(steps.length === 0 ? {} : { body: toolBody(steps) }) };
};
