import type { Database } from "@/server/platform/db/database";
import { behind, type TimeCursor } from "@/server/platform/guard/page-of";
import type { AuditFilter } from "./audit.types";

/** An entry as it is shown and exported. */
export interface AuditItem {
  readonly id: string;
  readonly at: Date;
  readonly action: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly address: string | null;
  readonly userAgent: string | null;
  /** Who did it; null where it was a key, a program, or somebody who is gone. */
  readonly user: { readonly id: string; readonly name: string; readonly email: string } | null;
  readonly apiKey: { readonly id: string; readonly name: string } | null;
}

/** A kind as actions spell it: most as `training-set`, some as `apiKey`. */
const namesOf = (kind: string): readonly string[] => [
  ...new Set([kind, kind.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())]),
];

/** Entries of a workspace, latest first, after the cursor. */
export const findAudit = async (
  { prisma }: Database,
  workspaceId: string,
  { query, userId, kind, from, before }: AuditFilter,
  after: TimeCursor | null,
  take: number,
): Promise<AuditItem[]> => {
  const found = await prisma.auditEntry.findMany({
    where: {
      workspaceId,
      ...(userId && { userId }),
      at: { ...(from && { gte: from }), ...(before && { lt: before }) },
      AND: [
        kind ? { OR: namesOf(kind).map((name) => ({ action: { startsWith: `${name}.` } })) } : {},
        query ? { OR: [{ action: { contains: query } }, { subject: { contains: query } }] } : {},
        behind("at", after),
      ],
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
  });
  const people = await prisma.user.findMany({
    where: { id: { in: found.flatMap((entry) => entry.userId ?? []) } },
    select: { id: true, name: true, email: true },
  });
  const keys = await prisma.apiKey.findMany({
    where: { workspaceId, id: { in: found.flatMap(({ apiKeyId }) => apiKeyId ?? []) } },
    select: { id: true, name: true },
  });
  const personById = new Map(people.map((person) => [person.id, person]));
  const keyById = new Map(keys.map((key) => [key.id, key]));
  return found.map(({ id, action, subject, data, at, userId: by, apiKeyId, address, userAgent }) => ({
    id,
    at,
    action,
    subject,
    data: data as AuditItem["data"],
    address,
    userAgent,
    user: (by !== null && personById.get(by)) || null,
    apiKey: (apiKeyId !== null && keyById.get(apiKeyId)) || null,
  }));
};
