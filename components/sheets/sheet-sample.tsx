import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Feeds, SheetPreview } from "./types";

/** The first rows as they were taken; columns that feed no input are quiet. */
export function SheetSample({ preview, feeds }: { readonly preview: SheetPreview; readonly feeds: Feeds }) {
  const t = useTranslations("sheets.dialog");
  const used = new Set(Object.values(feeds));
  return (
    <section aria-label={t("sample")} className="overflow-x-auto rounded-lg border border-line">
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left">
            {preview.columns.map((column, place) => (
              <th
                key={column}
                scope="col"
                className={cn(
                  "max-w-72 truncate px-3 py-1.5 text-xs",
                  used.has(place) ? "font-medium" : "font-normal text-faint",
                )}
                title={column}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.sample.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a preview never move.
            <tr key={index} className="border-line border-t">
              {row.map((cell, place) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column.
                  key={place}
                  title={cell}
                  className={cn("max-w-72 truncate px-3 py-1", !used.has(place) && "text-faint")}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
