import { type CaseFinding, checkCases } from "@/runtime/eval/dataset/check-cases";
import { inTurns } from "@/runtime/node/steps";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./dataset.types";
import { readAllRows } from "./read-all-rows";

/** What is wrong with the rows as they are now. */
export const checkDataset = viewerProcedure
  .input(byIdInput)
  .query(
    async ({ ctx, input: { id } }): Promise<readonly CaseFinding[]> =>
      inTurns(checkCases((await readAllRows(ctx.database, ctx.workspaceId, id)).rows)),
  );
