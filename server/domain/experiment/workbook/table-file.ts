import { Readable } from "node:stream";
import { byteOrderMark, csvLine } from "@/runtime/text/csv";
import { workbookOf } from "./answer-workbook";

/** Makes a browser save what it is answered, under this name. */
export const savedAs = (name: string) => ({
  "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
});

/** A table to save: CSV as its lines come, or a workbook. */
export const tableFile = async (
  name: string,
  format: "csv" | "xlsx",
  lines: Parameters<typeof workbookOf>[0],
): Promise<Response> => {
  const headers = savedAs(`${name}.${format}`);
  if (format === "xlsx") {
    return new Response(await workbookOf(lines), {
      headers: { ...headers, "content-type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
    });
  }
  const text = async function* () {
    yield byteOrderMark;
    for await (const line of lines) yield csvLine(line);
  };
  return new Response(Readable.toWeb(Readable.from(text())) as ReadableStream, {
    headers: { ...headers, "content-type": "text/csv; charset=utf-8" },
  });
};
