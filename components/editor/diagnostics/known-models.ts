import type { RouterOutputs } from "@/components/trpc/client";
import type { KnownModels } from "@/runtime/graph/model-references";
import { byUse, type ModelUse } from "@/runtime/node/model-use";

type Models = RouterOutputs["endpoint"]["models"];

/** What a pipeline of this workspace may name, by use. */
export const knownModels = ({ models, defaults }: Pick<Models, "models" | "defaults">): KnownModels => {
  const of = (use: ModelUse) =>
    new Set([...models.filter((model) => model[use]).map(({ ref }) => ref), ...(defaults[use] ? ["default"] : [])]);
  return byUse(of);
};
