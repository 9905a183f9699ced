import { exportSheetRoute } from "@/server/domain/sheet/export-route";

export const dynamic = "force-dynamic";

/** A sheet with its answers as CSV or XLSX. */
export { exportSheetRoute as GET };
