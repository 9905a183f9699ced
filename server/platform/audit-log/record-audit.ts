import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { noteRecorded } from "./recorded";

/** What is written down about who did what. An action is `<subject>.<verb>`; data never holds a secret or a document. */
export interface AuditRecord {
  /** No user: a program did it, which `data` names, or the key that was used. */
  readonly member: {
    readonly userId: Member["userId"] | null;
    readonly workspaceId: Member["workspaceId"];
    readonly from?: Member["from"];
    readonly apiKeyId?: string;
  };
  readonly action: `${string}.${string}`;
  /** `<subject>:<id>` */
  readonly subject: `${string}:${string}`;
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Works inside a transaction too, so that a change and its record stand or fall together. */
export const recordAudit = async (
  { prisma }: { readonly prisma: Pick<Database["prisma"], "auditEntry"> },
  { member, action, subject, data = {} }: AuditRecord,
): Promise<void> => {
  const { workspaceId, userId, from, apiKeyId = null } = member;
  const { address = null, userAgent = null } = from ?? {};
  noteRecorded();
  await prisma.auditEntry.create({
    data: { workspaceId, userId, action, subject, data, address, userAgent, apiKeyId },
  });
};
