import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./training-set.types";
import { findTrainingSet, trainingSetView } from "./training-set-row";

export const getTrainingSet = viewerProcedure
  .input(byIdInput)
  .query(async ({ ctx, input }) => trainingSetView(await findTrainingSet(ctx.database, ctx.workspaceId, input.id)));
