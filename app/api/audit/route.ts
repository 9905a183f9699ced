import { exportAuditRoute } from "@/server/audit/export-audit";

/** The audit log as CSV or NDJSON, for owners. */
export const GET = exportAuditRoute;
