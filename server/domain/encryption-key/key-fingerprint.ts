import { hkdfSync } from "node:crypto";

/** Says which key it is without telling anything of it, hex. */
export const keyFingerprint = (key: Buffer): string =>
  Buffer.from(hkdfSync("sha256", key, "", "pipewright key check", 16)).toString("hex");
