import { hkdfSync } from "node:crypto";
import { readSecretKey } from "@/server/platform/secret/secret-box";

type Environment = Readonly<Record<string, string | undefined>>;

/** What session cookies are signed with. Derived, so that the installation has one secret to keep and no use knows another's. */
export const authSecret = (environment: Environment = process.env): string =>
  Buffer.from(hkdfSync("sha256", readSecretKey(environment), "", "pipewright sign-in", 32)).toString("base64url");
