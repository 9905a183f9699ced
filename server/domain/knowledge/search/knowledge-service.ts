import type { RunServices } from "@/runtime/capability/capabilities";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { searchBase } from "./search-base";

/** What runs of one workspace may ask of its knowledge. */
export const knowledgeService = (database: Database, workspaceId: string): NonNullable<RunServices["knowledge"]> => ({
  search: async ({ knowledgeBase, query, topK, way = "fused", filter, minimumScore }, call) => {
    const base = await database.prisma.knowledgeBase.findFirst({ where: { id: knowledgeBase, workspaceId } });
    if (base === null) {
      throw new NodeFailure("knowledge-unknown", "This workspace has no such knowledge base.", {
        hint: "Choose a knowledge base in the step's settings.",
      });
    }
    const { hits } = await searchBase(database, base, { query, topK, way, filter, minimumScore }, call);
    return { sources: hits.map(({ source }) => source) };
  },
});
