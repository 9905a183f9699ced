import { byteOrderMark, csvLine } from "@/runtime/text/csv";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";
import { type AuditFilter, auditFilter } from "./audit.types";
import { type AuditItem, findAudit } from "./find-audit";

const pageSize = 500;
/** Entries of one export; more are asked for by time. */
const mostEntries = 200_000;

const formats = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson; charset=utf-8" } as const;
type Format = keyof typeof formats;

const columns = ["at", "action", "subject", "user", "email", "api_key", "address", "user_agent", "data"] as const;

const lineOf = (format: Format, { at, action, subject, user, apiKey, address, userAgent, data }: AuditItem): string => {
  const cells = [at, action, subject, user?.name, user?.email, apiKey?.name, address, userAgent, data];
  if (format === "csv") return csvLine(cells);
  return `${JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? null])))}\n`;
};

/** The entries page by page, so that neither the database nor this process holds all of them. */
async function* linesOf(database: Database, workspaceId: string, filter: AuditFilter, format: Format) {
  if (format === "csv") yield `${byteOrderMark}${csvLine(columns)}`;
  let after: AuditItem | null = null;
  for (let sent = 0; sent < mostEntries; sent += pageSize) {
    const page: AuditItem[] = await findAudit(database, workspaceId, filter, after, pageSize);
    yield page.map((item) => lineOf(format, item)).join("");
    after = page.at(-1) ?? null;
    if (page.length < pageSize) return;
  }
}

/** `GET /api/audit?format=csv|ndjson` with the filters of the page: the audit log as a file. */
export const exportAudit = async ({ request, caller, database }: RouteCall<"session", unknown>): Promise<Response> => {
  const { format = "csv", ...asked } = Object.fromEntries(new URL(request.url).searchParams);
  const filter = auditFilter.safeParse(asked);
  if (!Object.hasOwn(formats, format) || !filter.success) {
    throw new RouteRefusal(
      400,
      "input-invalid",
      "The format is csv or ndjson; query, userId, kind, from and before narrow it down.",
    );
  }
  const { workspaceId } = caller;
  const chosen = format as Format;
  // Up to this moment: the record of this very export is not in it.
  const before = filter.data.before ?? new Date();
  await recordAudit(database, {
    member: caller,
    action: "audit.export",
    subject: `workspace:${workspaceId}`,
    data: { format, ...asked },
  });
  const encoder = new TextEncoder();
  const lines = linesOf(database, workspaceId, { ...filter.data, before }, chosen);
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void lines.return(undefined),
  });
  return new Response(body, {
    headers: {
      "content-type": formats[chosen],
      "content-disposition": `attachment; filename="audit-${before.toISOString().slice(0, 10)}.${chosen}"`,
    },
  });
};

export const exportAuditRoute = guardRoute({ auth: "session", role: "owner" }, exportAudit);
