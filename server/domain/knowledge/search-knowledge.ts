import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findBase } from "./find-base";
import { searchInput } from "./knowledge.types";
import { asModelRefusal } from "./model-refusal";
import { ownCall } from "./search/own-call";
import { searchBase } from "./search/search-base";

export const searchKnowledge = viewerProcedure
  .input(searchInput)
  .query(async ({ ctx, input: { id, ...asked }, signal }) => {
    const { database, workspaceId } = ctx;
    const base = await findBase(database, workspaceId, id);
    try {
      return await searchBase(
        database,
        base,
        asked,
        ownCall(database, workspaceId, signal ?? new AbortController().signal),
      );
    } catch (error) {
      throw asModelRefusal(error);
    }
  });
