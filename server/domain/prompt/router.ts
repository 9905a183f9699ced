import { router } from "@/server/platform/trpc/procedures";
import { createPrompt } from "./create-prompt";
import { getPrompt, promptVersion, promptVersions } from "./get-prompt";
import { exportPrompts, importPrompts } from "./import-prompts";
import { protectLabel } from "./labels";
import { listPrompts, promptPlaces } from "./list-prompts";
import { removePrompt, removeVersion } from "./remove-prompt";
import { resolvePrompt } from "./resolve-prompt";
import { saveVersion } from "./save-version";
import { updatePrompt } from "./update-prompt";

export const promptRouter = router({
  list: listPrompts,
  places: promptPlaces,
  get: getPrompt,
  versions: promptVersions,
  version: promptVersion,
  resolve: resolvePrompt,
  create: createPrompt,
  import: importPrompts,
  export: exportPrompts,
  update: updatePrompt,
  saveVersion,
  protectLabel,
  remove: removePrompt,
  removeVersion,
});
