import { createHmac, hkdfSync } from "node:crypto";
import type { Vault, VaultRefusal } from "@/runtime/capability/vault/contract";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { createSecretBox, readSecretKey } from "@/server/platform/secret/secret-box";
import { vaultPlace } from "./vault-place";

/** The run that a vault is for, and who started it. */
export interface VaultRun {
  readonly id: string;
  readonly workspaceId: string;
  readonly trigger: "editor" | "api" | "evaluation" | "sheet";
  readonly apiKeyId: string | null;
  /** Of the person who started it, where that is known. */
  readonly userId?: string | null;
}

/**
 * Seals what the events of a run must not hold readable: AES-256-GCM with the installation's key, bound to the workspace and the run. Only
 * editors and owners start runs in the editor and experiments, so those open; a published run opens where its API key may see personal data at that moment.
 */
export const createRunVault = (database: Database, run: VaultRun, readKey: () => Buffer = readSecretKey): Vault => {
  const place = vaultPlace(run.workspaceId, run.id);
  return {
    seal: async (text) => createSecretBox(readKey()).seal(text, place),
    open: async (sealed) => {
      const permitted = await mayOpen(database, run);
      if (!permitted.ok) return permitted;
      const text = createSecretBox(readKey()).open(sealed, place);
      if (text === null)
        return fail({ reason: "unreadable", message: "It was sealed in another run, or it is damaged." });
      // Before the text is given out: an opening that cannot be written down does not happen.
      await recordAudit(database, {
        member: { workspaceId: run.workspaceId, userId: run.userId ?? null },
        action: "vault.open",
        subject: `run:${run.id}`,
        data: { trigger: run.trigger, apiKeyId: run.apiKeyId },
      });
      return ok(text);
    },
    fingerprint: async (text) => {
      const key = Buffer.from(hkdfSync("sha256", readKey(), run.workspaceId, "pipewright fingerprint", 32));
      return createHmac("sha256", key).update(text).digest("hex").slice(0, 12);
    },
  };
};

const mayOpen = async (database: Database, run: VaultRun): Promise<Result<null, VaultRefusal>> => {
  // Experiments are started by editors, and by a key where continuous integration asks for one.
  if (run.trigger !== "api" && run.apiKeyId === null) return ok(null);
  const { apiKeyId, workspaceId } = run;
  const key =
    apiKeyId === null ? null : await database.prisma.apiKey.findFirst({ where: { id: apiKeyId, workspaceId } });
  if (key?.mayUnmask && key.revokedAt === null) return ok(null);
  return fail({ reason: "not-permitted", message: "The API key that started this run may not see personal data." });
};
