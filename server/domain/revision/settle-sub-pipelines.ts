import { catalog } from "@/nodes";
import { allNodes } from "@/runtime/graph/body-at";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { type Reference, referencesOf } from "@/runtime/graph/references-of";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { readDocument } from "./read-document";
import { readStoredDocument } from "./read-stored-document";

/** What a step says of the pipeline that it runs. */
interface Chosen {
  readonly reference: string;
  readonly name: string;
  readonly revisionId: string;
  readonly number: number;
  readonly follows: boolean;
}

const chosenOf = (node: GraphNode): Chosen | null => {
  const [reference] = referencesOf([{ ...node, body: undefined }], catalog).filter(({ kind }) => kind === "pipeline");
  return reference === undefined ? null : (node.config[reference.field] as unknown as Chosen);
};

const problem = (code: Diagnostic["code"], node: GraphNode, message: string, hint: string): Diagnostic => ({
  code,
  severity: "error",
  message,
  hint,
  params: { node: node.label ?? node.id },
  at: { node: node.id },
});

const refuse = (found: Diagnostic): never => {
  throw new ApplicationError("BAD_REQUEST", found.message, {
    reason: "graph-invalid",
    ...(found.hint === undefined ? {} : { hint: found.hint }),
    diagnostics: [found],
  });
};

const isOfPipeline = ({ kind }: Reference): boolean => kind === "pipeline";

/**
 * The document with the version of each pipeline that its steps name as their body: the chosen one, or, where a step follows, the one that is published. What
 * stands in a body already is looked at, not trusted. Refuses a version that this workspace does not have, and a pipeline that runs itself, through
 * whichever others. The same document where nothing changes.
 */
export const settleSubPipelines = async (
  database: Pick<Database, "prisma">,
  workspaceId: string,
  pipelineId: string,
  document: GraphDocument,
): Promise<GraphDocument> => {
  if (!allNodes(document).some((node) => chosenOf(node) !== null)) return document;
  const settled = await settleIn(database, workspaceId, pipelineId, document);
  // Together they may be larger, or lie deeper, than a document may.
  return settled === document ? document : readDocument(settled).document;
};

const settleIn = async (
  database: Pick<Database, "prisma">,
  workspaceId: string,
  pipelineId: string,
  document: GraphDocument,
): Promise<GraphDocument> => {
  const nodes = await Promise.all(
    document.nodes.map(async (node) => {
      const chosen = chosenOf(node);
      if (chosen !== null) return settleStep(database, workspaceId, pipelineId, node, chosen);
      if (node.body === undefined) return node;
      const body = await settleIn(database, workspaceId, pipelineId, node.body);
      return body === node.body ? node : { ...node, body };
    }),
  );
  return nodes.every((node, index) => node === document.nodes[index]) ? document : { ...document, nodes };
};

const settleStep = async (
  { prisma }: Pick<Database, "prisma">,
  workspaceId: string,
  pipelineId: string,
  node: GraphNode,
  chosen: Chosen,
): Promise<GraphNode> => {
  const name = node.label ?? chosen.name;
  const recursive = () =>
    problem(
      "pipeline-recursive",
      node,
      `"${name}" would run this pipeline inside itself.`,
      "Choose another pipeline, or another version of it.",
    );
  if (chosen.reference === pipelineId) return refuse(recursive());
  const live = chosen.follows
    ? await prisma.deployment.findFirst({
        where: { pipelineId: chosen.reference, workspaceId, active: true },
        orderBy: { publishedAt: "desc" },
        select: { revisionId: true },
      })
    : null;
  const revision = await prisma.revision.findFirst({
    where: { id: live?.revisionId ?? chosen.revisionId, pipelineId: chosen.reference, workspaceId },
    select: { id: true, number: true, graphHash: true, document: true },
  });
  if (revision === null) {
    return refuse(
      problem(
        "pipeline-unknown",
        node,
        `"${name}" runs a version of a pipeline that this workspace does not have.`,
        "Choose a pipeline of this workspace, or make the steps this pipeline's own.",
      ),
    );
  }
  const body = readStoredDocument(revision.document);
  if (referencesOf(body.nodes, catalog).some((each) => isOfPipeline(each) && each.name === pipelineId))
    return refuse(recursive());
  const isSettled =
    revision.id === chosen.revisionId && node.body !== undefined && graphHash(node.body) === revision.graphHash;
  if (isSettled) return node;
  const { variants: _, ...frozen } = body;
  const [field] = Object.entries(node.config).find(([, value]) => (value as unknown) === (chosen as unknown)) ?? [];
  return {
    ...node,
    config:
      field === undefined
        ? node.config
        : { ...node.config, [field]: { ...chosen, revisionId: revision.id, number: revision.number } },
    body: frozen,
  };
};
