import { createHash } from "node:crypto";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { Vault, VaultRefusal, VaultScript } from "./contract";

const backwards = (text: string): string => [...text].reverse().join("");

/** Seals by writing backwards, so that examples can show a cipher. Opens unless the script says who may not. */
export class ScriptedVault implements Vault {
  constructor(private readonly script: VaultScript) {}

  async seal(text: string): Promise<string> {
    return `sealed:${backwards(text)}`;
  }

  async open(sealed: string): Promise<Result<string, VaultRefusal>> {
    if (this.script.vaultClosed)
      return fail({ reason: "not-permitted", message: "The reader may not see personal data." });
    const [, text] = /^sealed:(.*)$/s.exec(sealed) ?? [];
    if (text === undefined) return fail({ reason: "unreadable", message: "It was not sealed in this run." });
    return ok(backwards(text));
  }

  async fingerprint(text: string): Promise<string> {
    return createHash("sha256").update(text).digest("hex").slice(0, 12);
  }
}
