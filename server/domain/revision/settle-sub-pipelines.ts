import { catalog } from "@/nodes";
import { allNodes } from "@/runtime/graph/body-at";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import { type GraphDocument, type GraphNode, graphLimits } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { jsonBytes } from "@/runtime/graph/json-shape";
import { referencesOf } from "@/runtime/graph/references-of";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { PipelineVersions, type VersionChoice } from "./pipeline-versions";
import { readDocument } from "./read-document";

/** What a step says of the pipeline that it runs. */
interface Chosen extends VersionChoice {
  readonly name: string;
  readonly number: number;
}

const chosenOf = (node: GraphNode): Chosen | null => {
  const [reference] = referencesOf([{ ...node, body: undefined }], catalog).filter(({ kind }) => kind === "pipeline");
  return reference === undefined ? null : (node.config[reference.field] as unknown as Chosen);
};

const refuse = (
  code: Diagnostic["code"],
  node: GraphNode,
  said: Required<Pick<Diagnostic, "message" | "hint">>,
  params: Diagnostic["params"] = {},
): never => {
  const found: Diagnostic = {
    code,
    severity: "error",
    ...said,
    params: { node: node.label ?? node.id, ...params },
    at: { node: node.id },
  };
  throw new ApplicationError("BAD_REQUEST", said.message, {
    reason: "graph-invalid",
    hint: said.hint,
    diagnostics: [found],
  });
};

/** The document without the bodies that stand for other pipelines. */
const ownOf = (document: GraphDocument): GraphDocument => ({
  ...document,
  nodes: document.nodes.map((node) => {
    if (node.body === undefined) return node;
    const { body, ...rest } = node;
    return chosenOf(node) === null ? { ...node, body: ownOf(body) } : rest;
  }),
});

/**
 * The document with the version of each pipeline that its steps name as their body: the chosen one, or, where a step follows, the one that is published. What
 * stands in a body already is looked at, not trusted. Refuses a version that this workspace does not have, a pipeline that runs itself, through
 * whichever others, and what would be larger than a document may be, before it is put together. The same document where nothing changes.
 */
export const settleSubPipelines = async (
  { prisma }: Pick<Database, "prisma">,
  workspaceId: string,
  pipelineId: string,
  document: GraphDocument,
): Promise<GraphDocument> => {
  if (!allNodes(document).some((node) => chosenOf(node) !== null)) return document;
  const settled = await new Settlement(new PipelineVersions(prisma, workspaceId), pipelineId, ownOf(document)).settle(
    document,
  );
  // Together they may lie deeper than a document may.
  return settled === document ? document : readDocument(settled).document;
};

/** Puts versions into the steps of one document, one after the other, and counts what they come to. */
class Settlement {
  #nodes: number;
  #bytes: number;

  constructor(
    private readonly versions: PipelineVersions,
    private readonly pipelineId: string,
    own: GraphDocument,
  ) {
    this.#nodes = allNodes(own).length;
    this.#bytes = jsonBytes(own);
  }

  async settle(document: GraphDocument): Promise<GraphDocument> {
    const nodes: GraphNode[] = [];
    for (const node of document.nodes) nodes.push(await this.#settled(node));
    return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes };
  }

  async #settled(node: GraphNode): Promise<GraphNode> {
    const chosen = chosenOf(node);
    if (chosen !== null) return this.#step(node, chosen);
    if (node.body === undefined) return node;
    const body = await this.settle(node.body);
    return body === node.body ? node : { ...node, body };
  }

  async #step(node: GraphNode, chosen: Chosen): Promise<GraphNode> {
    const name = node.label ?? chosen.name;
    const recursive = () =>
      refuse("pipeline-recursive", node, {
        message: `"${name}" would run this pipeline inside itself.`,
        hint: "Choose another pipeline, or another version of it.",
      });
    if (chosen.reference === this.pipelineId) return recursive();
    const version = await this.versions.find(chosen);
    if (version === null) {
      return refuse("pipeline-unknown", node, {
        message: `"${name}" runs a version of a pipeline that this workspace does not have.`,
        hint: "Choose a pipeline of this workspace, or make the steps this pipeline's own.",
      });
    }
    if (version.runs.has(this.pipelineId)) return recursive();
    const held = node.body;
    if (held !== undefined && version.id === chosen.revisionId && graphHash(held) === version.graphHash) {
      this.#count(node, name, allNodes(held).length, jsonBytes(held));
      return node;
    }
    this.#count(node, name, version.nodes, version.bytes);
    const [field] = Object.entries(node.config).find(([, value]) => (value as unknown) === (chosen as unknown)) ?? [];
    return {
      ...node,
      config:
        field === undefined
          ? node.config
          : { ...node.config, [field]: { ...chosen, revisionId: version.id, number: version.number } },
      body: version.body,
    };
  }

  #count(node: GraphNode, name: string, nodes: number, bytes: number): void {
    this.#nodes += nodes;
    this.#bytes += bytes;
    const counts = [
      ["pipelines", this.versions.size, graphLimits.pipelines],
      ["nodes", this.#nodes, graphLimits.nodesInAll],
      ["bytes", this.#bytes, graphLimits.bytes],
    ] as const;
    for (const [what, count, most] of counts) {
      if (count <= most) continue;
      const message = `With "${name}", this pipeline and those that its steps run come to ${count} ${what}; at most ${most} are allowed.`;
      const hint = "Run fewer or smaller pipelines as steps.";
      refuse("pipelines-too-large", node, { message, hint }, { what, count, most });
    }
  }
}
