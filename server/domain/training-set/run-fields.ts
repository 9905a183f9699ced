import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { endsOfRun, successfulRuns } from "./rows-of-runs";
import { runFieldsInput, trainingSetLimits } from "./training-set.types";

/** Runs that are looked at for the names of their fields. */
const looked = 20;

/** Which inputs and outputs of a pipeline's runs could be texts and labels. */
export const runFields = viewerProcedure.input(runFieldsInput).query(async ({ ctx, input }) => {
  const runs = await successfulRuns(ctx.database, ctx.workspaceId, input.pipelineId, trainingSetLimits.runs);
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  for (const { id } of runs.slice(0, looked)) {
    const ends = await endsOfRun(ctx.database, id);
    for (const [name, value] of Object.entries(ends?.inputs ?? {})) if (typeof value === "string") inputs.add(name);
    for (const [name, value] of Object.entries(ends?.outputs ?? {})) if (typeof value !== "object") outputs.add(name);
  }
  return { runs: runs.length, inputs: [...inputs], outputs: [...outputs] };
});
