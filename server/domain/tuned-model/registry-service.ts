import type { RunServices } from "@/runtime/capability/capabilities";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { classifyTexts } from "./classify-texts";
import { loadHead } from "./load-head";
import { resolveReference } from "./resolve-reference";
import { servesChat } from "./served-chat";

const mostReasons = 8;

/** The workspace's registered models, as steps call them. */
export const registryService = (database: Database, workspaceId: string): NonNullable<RunServices["registry"]> => ({
  classify: async ({ model, input, reasons = false }, { embed }) => {
    const version = await resolveReference(database, workspaceId, model);
    const head = await loadHead(database, version);
    const classified = await classifyTexts(head, version, input, embed, reasons);
    return {
      version: `${version.tunedModel.slug}@${version.number}`,
      results: classified.map(({ best, scores, influences }) => ({
        label: head.labels[best] ?? "",
        scores: Object.fromEntries(head.labels.map((label, index) => [label, scores[index] ?? 0])),
        reasons: influences
          .filter(({ weight }) => weight > 0.05)
          .sort((left, right) => right.weight - left.weight)
          .slice(0, mostReasons)
          .map(({ words, weight }) => ({ words, weight })),
      })),
    };
  },
  chatModel: async (reference) => {
    const { servedAs, tunedModel, number } = await resolveReference(database, workspaceId, reference);
    const name = `${tunedModel.slug}@${number}`;
    if (servedAs === null) throw new NodeFailure("registry-unknown", `${name} is not a chat model.`);
    if (!(await servesChat(database, workspaceId, servedAs))) {
      throw new NodeFailure("model-unknown", `${name} is served as ${servedAs}, which no endpoint offers any more.`, {
        hint: "Add the model to its endpoint again, or choose another version.",
      });
    }
    return servedAs;
  },
});
