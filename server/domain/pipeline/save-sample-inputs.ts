import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { saveSampleInputsInput } from "./pipeline.types";

/**
 * Remembers the inputs of the run panel. They are no part of the draft: the revision and the time of the last change stay
 * as they are, which is why this is written past the client library, which would set the time.
 */
export const saveSampleInputs = editorProcedure.input(saveSampleInputsInput).mutation(async ({ ctx, input }) => {
  const changed = await ctx.database.prisma.$executeRaw`
    UPDATE "Pipeline" SET "sampleInputs" = ${JSON.stringify(input.inputs)}::jsonb
    WHERE "id" = ${input.id} AND "workspaceId" = ${ctx.workspaceId} AND "deletedAt" IS NULL`;
  if (changed === 0) throw notFound("pipeline");
});
