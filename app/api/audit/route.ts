import { exportAuditRoute } from "@/server/domain/audit/export-audit";

/** The audit log as CSV or NDJSON, for owners. */
export const GET = exportAuditRoute;
