"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Select, SelectItem } from "@/components/ui/select";
import { EncodingQuestion } from "./encoding-question";
import { EncodingSelect } from "./encoding-select";
import { separatorNames } from "./separator-names";
import type { TableOptions, Taken } from "./types";

export interface TakenBarProps {
  readonly taken: Taken;
  /** What was chosen so far; the rest is the reader's guess. */
  readonly chosen: TableOptions;
  readonly busy: boolean;
  readonly onChoose: (options: TableOptions) => void;
}

const separators = [",", ";", "\t", "|", "none"] as const;
const mostTitleRows = 8;

/** How a table was taken, each part with a way to take it otherwise; what is in doubt is asked. */
export function TakenBar({ taken, chosen, busy, onChoose }: TakenBarProps) {
  const t = useTranslations("table");
  const { options, choices, encodings, encodingSamples, format, warnings, title } = taken;
  const { titleRows = 0, headerRows = 0 } = options;
  const hasOwnHeader =
    format === "json" || format === "jsonl" || format === "markdown" || format === "html" || format === "docx";
  // What is guessed by the text is guessed anew when the text changes.
  const ofText = { ...(chosen.encoding && { encoding: chosen.encoding }) };
  const ofFile = { ...ofText, ...(chosen.separator && { separator: chosen.separator }) };
  const ofTable = { ...ofFile, ...(chosen.table !== undefined && { table: chosen.table }) };
  const header = options.layout === "pairs" ? "pairs" : String(headerRows);
  return (
    <div className="flex flex-col gap-3">
      {taken.isEncodingUnsure ? (
        <EncodingQuestion
          samples={encodingSamples}
          value={chosen.encoding}
          busy={busy}
          onChoose={(encoding) => onChoose({ encoding: encoding as NonNullable<TableOptions["encoding"]> })}
        />
      ) : null}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        {options.encoding && encodings.length > 0 ? (
          <Labelled label={t("encoding")}>
            <EncodingSelect
              label={t("encoding")}
              className="w-40"
              value={options.encoding}
              groups={encodings}
              disabled={busy}
              onValueChange={(encoding) => onChoose({ encoding: encoding as NonNullable<TableOptions["encoding"]> })}
            />
          </Labelled>
        ) : null}
        {options.separator ? (
          <Labelled label={t("separator")}>
            <Select
              aria-label={t("separator")}
              className="w-32"
              value={options.separator}
              disabled={busy}
              onValueChange={(separator) =>
                onChoose({ ...ofText, separator: separator as (typeof separators)[number] })
              }
            >
              {separators.map((each) => (
                <SelectItem key={each} value={each}>
                  {t(`separators.${separatorNames[each]}`)}
                </SelectItem>
              ))}
            </Select>
          </Labelled>
        ) : null}
        {choices.length > 1 ? (
          <Labelled label={t("which")}>
            <Select
              aria-label={t("which")}
              className="w-48"
              value={String(options.table ?? 0)}
              disabled={busy}
              onValueChange={(table) => onChoose({ ...ofFile, table: Number(table) })}
            >
              {choices.map(({ name, rows }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a table is known by its place.
                <SelectItem key={place} value={String(place)} hint={t("rows", { count: rows })}>
                  {name}
                </SelectItem>
              ))}
            </Select>
          </Labelled>
        ) : null}
        {hasOwnHeader ? null : (
          <>
            <Labelled label={t("titleRows")}>
              <Select
                aria-label={t("titleRows")}
                className="w-24"
                value={String(titleRows)}
                disabled={busy}
                onValueChange={(rows) => onChoose({ ...ofTable, ...kept(chosen), titleRows: Number(rows) })}
              >
                {Array.from({ length: Math.max(mostTitleRows, titleRows) + 1 }, (_, rows) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the number itself.
                  <SelectItem key={rows} value={String(rows)}>
                    {t("titleCount", { count: rows })}
                  </SelectItem>
                ))}
              </Select>
            </Labelled>
            <Labelled label={t("header")}>
              <Select
                aria-label={t("header")}
                className="w-48"
                value={header}
                disabled={busy}
                onValueChange={(value) =>
                  onChoose({
                    ...ofTable,
                    titleRows,
                    ...(value === "pairs" ? { layout: "pairs" } : { layout: "rows", headerRows: Number(value) }),
                  })
                }
              >
                {["1", "2", "3", "0", "pairs"].map((value) => (
                  <SelectItem key={value} value={value}>
                    {value === "pairs" ? t("headerPairs") : t("headerCount", { count: Number(value) })}
                  </SelectItem>
                ))}
              </Select>
            </Labelled>
          </>
        )}
      </div>
      {taken.isHeaderUnsure ? <p className="text-sm text-warn">{t("headerUnsure")}</p> : null}
      {title ? (
        <p className="truncate text-muted text-sm" title={title}>
          {t("titleIs", { title })}
        </p>
      ) : null}
      {warnings.map(({ code, count, line }) => (
        <p key={code} className="text-sm text-warn">
          {t(`warning.${code}`, { count })}
          {line === null ? null : <span className="text-faint text-xs"> {t("fromLine", { line })}</span>}
        </p>
      ))}
    </div>
  );
}

const kept = ({ headerRows, layout }: TableOptions): TableOptions => ({
  ...(headerRows !== undefined && { headerRows }),
  ...(layout !== undefined && { layout }),
});

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <span id={id} className="text-muted text-xs">
        {label}
      </span>
      {children}
    </div>
  );
}
