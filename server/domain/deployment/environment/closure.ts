import { catalog } from "@/nodes";
import { allNodes } from "@/runtime/graph/body-at";
import type { GraphDocument } from "@/runtime/graph/document";
import { type Reference, referencesOf } from "@/runtime/graph/references-of";
import { isRecord } from "@/runtime/node/record";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { type ClosurePart, closureInput } from "./environment.types";

/** What a page shows; more is counted. */
const mostParts = 200;

/** Tools of MCP servers whose description was pinned by its hash, of agents and of steps. */
const toolsOf = (document: GraphDocument): readonly ClosurePart[] =>
  allNodes(document).flatMap(({ config }) =>
    [config, ...Object.values(config).flatMap((value) => (Array.isArray(value) ? value : [value]))].flatMap(
      (value): readonly ClosurePart[] => {
        if (!isRecord(value) || typeof value.hash !== "string" || value.hash === "") return [];
        const name = [value.name, value.tool].find((each) => typeof each === "string" && each !== "");
        return typeof name === "string" && !("reference" in value)
          ? [{ kind: "tool", name, pinned: value.hash.slice(0, 12) }]
          : [];
      },
    ),
  );

/** What lies outside a version and answers with it: what was pinned when it was frozen, and what is used as it is when a run comes. */
export const closure = viewerProcedure
  .input(closureInput)
  .query(async ({ ctx, input }): Promise<{ readonly parts: readonly ClosurePart[]; readonly more: number }> => {
    const { prisma } = ctx.database;
    const { workspaceId } = ctx;
    const deployment = await prisma.deployment.findFirst({
      where: { id: input.id, workspaceId, pipeline: { deletedAt: null } },
      select: { pipelineId: true },
    });
    if (deployment === null) throw notFound("deployment");
    const revision = await prisma.revision.findFirst({
      where: { id: input.revisionId, workspaceId, pipelineId: deployment.pipelineId },
      select: { document: true, promptUses: { select: { promptId: true, number: true } } },
    });
    if (revision === null) throw notFound("version");
    const document = readStoredDocument(revision.document);
    const references = referencesOf(document.nodes, catalog);
    const idsOf = (kind: Reference["kind"]) => references.flatMap((each) => (each.kind === kind ? [each.name] : []));
    const [bases, prompts] = await Promise.all([
      prisma.knowledgeBase.findMany({
        where: { workspaceId, id: { in: idsOf("knowledge-base") } },
        select: { id: true, name: true },
      }),
      prisma.prompt.findMany({ where: { workspaceId, id: { in: idsOf("prompt") } }, select: { id: true, slug: true } }),
    ]);
    const names = new Map(
      [...bases, ...prompts.map(({ id, slug }) => ({ id, name: slug }))].map((each) => [each.id, each.name]),
    );
    const numbers = new Map(revision.promptUses.map(({ promptId, number }) => [promptId, number]));
    const nodes = new Map(allNodes(document).map((node) => [node.id, node]));
    const partOf = ({ kind, name, node, field }: Reference): ClosurePart => {
      const held: unknown = nodes.get(node)?.config[field];
      const own = isRecord(held) ? held : {};
      switch (kind) {
        case "pipeline":
          return { kind, name: String(own.name ?? name), pinned: String(own.number ?? "") };
        case "prompt":
          return { kind, name: names.get(name) ?? name, pinned: String(numbers.get(name) ?? own.version ?? "") };
        case "knowledge-base":
          return { kind, name: names.get(name) ?? name, pinned: null };
        default: {
          const version = name.split("@")[1] ?? "";
          // A stage is looked up when a run comes; a number stays.
          return { kind, name, pinned: /^\d+$/.test(version) ? version : null };
        }
      }
    };
    const parts = new Map(
      [...references.map(partOf), ...toolsOf(document)].map((part) => [
        `${part.kind} ${part.name} ${part.pinned}`,
        part,
      ]),
    );
    return { parts: [...parts.values()].slice(0, mostParts), more: Math.max(0, parts.size - mostParts) };
  });
