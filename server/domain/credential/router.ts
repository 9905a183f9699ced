import { router } from "@/server/platform/trpc/procedures";
import { createCredential } from "./create-credential";
import { listCredentials } from "./list-credentials";
import { removeCredential } from "./remove-credential";
import { updateCredential } from "./update-credential";

export const credentialRouter = router({
  list: listCredentials,
  create: createCredential,
  update: updateCredential,
  remove: removeCredential,
});
