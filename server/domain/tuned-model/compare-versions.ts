import { comparePredictions } from "@/runtime/fine-tuning/compare-predictions";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { readPredictions } from "./read-predictions";
import { compareInput } from "./tuned-model.types";
import { findVersion, versionView } from "./version-row";

/** Two versions side by side: what each says of the held-out texts that both were judged by. */
export const compareVersions = viewerProcedure.input(compareInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const [left, right] = await Promise.all([
    findVersion(database, workspaceId, input.leftId),
    findVersion(database, workspaceId, input.rightId),
  ]);
  const [leftView, rightView] = [versionView(left), versionView(right)];
  const [before, after] = await Promise.all([
    readPredictions(database, workspaceId, leftView.metrics),
    readPredictions(database, workspaceId, rightView.metrics),
  ]);
  return {
    left: { ...leftView, model: { id: left.tunedModelId, name: left.tunedModel.name } },
    right: { ...rightView, model: { id: right.tunedModelId, name: right.tunedModel.name } },
    comparison: comparePredictions(before, after),
  };
});
