import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { baseViews } from "./base-view";
import { findBase } from "./find-base";
import { byIdInput, type KnowledgeBaseView } from "./knowledge.types";

export const getBase = viewerProcedure.input(byIdInput).query(async ({ ctx, input }): Promise<KnowledgeBaseView> => {
  const { database, workspaceId } = ctx;
  const [view] = await baseViews(database, workspaceId, [await findBase(database, workspaceId, input.id)]);
  if (view === undefined) throw notFound("knowledge base");
  return view;
});
