import { router } from "@/server/platform/trpc/procedures";
import { createApiKey } from "./create-api-key";
import { listApiKeys } from "./list-api-keys";
import { revokeApiKey } from "./revoke-api-key";
import { rotateApiKey } from "./rotate-api-key";
import { setKeyLimits } from "./set-limits";

export const apiKeyRouter = router({
  list: listApiKeys,
  create: createApiKey,
  revoke: revokeApiKey,
  rotate: rotateApiKey,
  setLimits: setKeyLimits,
});
