import { router } from "@/server/platform/trpc/procedures";
import { createApiKey } from "./create-api-key";
import { listApiKeys } from "./list-api-keys";
import { revokeApiKey } from "./revoke-api-key";

export const apiKeyRouter = router({
  list: listApiKeys,
  create: createApiKey,
  revoke: revokeApiKey,
});
