import { isLocale } from "@/i18n/locale";
import { tableFile } from "@/server/domain/experiment/workbook/table-file";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { guardRoute } from "@/server/platform/route/route";
import { findSheet, partsOf } from "./find-sheet";
import { sheetTable } from "./sheet-table";
import { sheetWords } from "./sheet-words";

/** `GET /api/sheets/<id>/answers?format=csv|xlsx&locale=en|zh`: the sheet with its answers as a file; what is not run yet has none. */
export const exportSheetRoute = guardRoute<{ auth: "session"; role: "viewer" }, { readonly id: string }>(
  { auth: "session", role: "viewer" },
  async ({ request, caller, database, parameters }) => {
    const { searchParams } = new URL(request.url);
    const format = searchParams.get("format") ?? "csv";
    const locale = searchParams.get("locale") ?? "en";
    if ((format !== "csv" && format !== "xlsx") || !isLocale(locale))
      throw new RouteRefusal(400, "input-invalid", "The format is csv or xlsx, the locale en or zh.");
    const sheet = await findSheet(database, caller.workspaceId, parameters.id).catch((error: unknown) => {
      if (error instanceof ApplicationError) throw new RouteRefusal(404, "not-found", error.message);
      throw error;
    });
    const { id, name, outputs } = sheet;
    await recordAudit(database, {
      member: caller,
      action: "sheet.export",
      subject: `sheet:${id}`,
      data: { name, format },
    });
    const lines = sheetTable(database, { id, outputs, columns: partsOf(sheet).columns }, await sheetWords(locale));
    return tableFile(name, format, lines);
  },
);
