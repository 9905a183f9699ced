import { z } from "zod";
import { trainingLimits } from "@/runtime/fine-tuning/limits";
import { identifier } from "@/server/platform/guard/identifier";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { readPredictions } from "./read-predictions";
import { findVersion, versionView } from "./version-row";

const mostTexts = 100;
const shownCharacters = 500;
const label = z.string().max(trainingLimits.labelCharacters);

/** The held-out texts of one label that a version took for another; for the same one, those it had right. */
export const listConfused = viewerProcedure
  .input(z.strictObject({ id: identifier, actual: label, predicted: label }))
  .query(async ({ ctx: { database, workspaceId }, input: { id, actual, predicted } }) => {
    const { metrics } = versionView(await findVersion(database, workspaceId, id));
    const found = (await readPredictions(database, workspaceId, metrics)).filter(
      (row) => row.actual === actual && row.predicted === predicted,
    );
    return { total: found.length, texts: found.slice(0, mostTexts).map(({ text }) => text.slice(0, shownCharacters)) };
  });
