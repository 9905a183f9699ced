import { router } from "@/server/platform/trpc/procedures";
import { advise } from "./advise-method";
import { compareVersions } from "./compare-versions";
import { getTunedModel, getVersion } from "./get-model";
import { listConfused } from "./list-confused";
import { listTunedModels } from "./list-models";
import { listOptions } from "./list-options";
import { modelUsage } from "./model-usage";
import { registerChatModel } from "./register-chat-model";
import { removeTunedModel, removeVersion } from "./remove-model";
import { setStage } from "./set-stage";
import { trainModel } from "./train-model";
import { tryVersion } from "./try-version";
import { updateTunedModel } from "./update-model";

export const tunedModelRouter = router({
  list: listTunedModels,
  get: getTunedModel,
  version: getVersion,
  options: listOptions,
  usage: modelUsage,
  train: trainModel,
  register: registerChatModel,
  setStage,
  compare: compareVersions,
  confused: listConfused,
  try: tryVersion,
  update: updateTunedModel,
  remove: removeTunedModel,
  removeVersion,
  advise,
});
