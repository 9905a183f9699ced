import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";

/** What of the audit log is asked for; each left out asks for all. */
export const auditFilter = z.strictObject({
  /** Found in an action or a subject. */
  query: pageInput.shape.query,
  userId: identifier.optional(),
  /** What was acted on: the first part of an action, such as `pipeline`. */
  kind: z
    .string()
    .regex(/^[a-zA-Z-]{1,40}$/)
    .optional(),
  /** Entries from this moment on, and before that one. */
  from: z.coerce.date().optional(),
  before: z.coerce.date().optional(),
});
export type AuditFilter = z.output<typeof auditFilter>;

export const listAuditInput = z.strictObject({ ...pageInput.shape, ...auditFilter.shape });
