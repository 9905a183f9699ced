"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterInputs } from "@/components/trpc/client";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { DocumentView } from "../types";

type Corrections = NonNullable<RouterInputs["knowledge"]["readAgain"]["readAs"]["tables"]>;

export interface TableShapeFieldsProps {
  readonly tables: NonNullable<DocumentView["reading"]["tables"]>;
  readonly chosen: Corrections;
  readonly onChoose: (chosen: Corrections) => void;
}

const mostTitleRows = 8;

/** Of each table of a document: the rows above its header, and the rows that name its columns. */
export function TableShapeFields({ tables, chosen, onChoose }: TableShapeFieldsProps) {
  const t = useTranslations("table");
  const [at, setAt] = useState(0);
  const shape = tables[at];
  if (shape === undefined) return null;
  const own = chosen[String(at)] ?? {};
  const titleRows = own.titleRows ?? shape.titleRows;
  const layout = own.layout ?? shape.layout;
  const change = (next: Corrections[string]) => onChoose({ ...chosen, [String(at)]: { ...own, ...next } });
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-3 sm:grid-cols-3">
        <FormField label={t("which")}>
          {(control) => (
            <Select {...control} value={String(at)} onValueChange={(place) => setAt(Number(place))}>
              {tables.map(({ name, rowCount }, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a table is known by its place.
                <SelectItem key={place} value={String(place)} hint={t("rows", { count: rowCount })}>
                  {name ?? String(place + 1)}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
        <FormField label={t("titleRows")}>
          {(control) => (
            <Select
              {...control}
              value={String(titleRows)}
              onValueChange={(rows) => change({ titleRows: Number(rows) })}
            >
              {Array.from({ length: Math.max(mostTitleRows, titleRows) + 1 }, (_, rows) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the number itself.
                <SelectItem key={rows} value={String(rows)}>
                  {t("titleCount", { count: rows })}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
        <FormField label={t("header")}>
          {(control) => (
            <Select
              {...control}
              value={layout === "pairs" ? "pairs" : String(own.headerRows ?? shape.headerRows)}
              onValueChange={(value) =>
                change(
                  value === "pairs" ? { layout: "pairs" } : { layout: "rows", headerRows: Number(value), titleRows },
                )
              }
            >
              {["1", "2", "3", "0", "pairs"].map((value) => (
                <SelectItem key={value} value={value}>
                  {value === "pairs" ? t("headerPairs") : t("headerCount", { count: Number(value) })}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
      </div>
      <p className="truncate text-muted text-xs" title={shape.columns.join(", ")}>
        {shape.columns.join(" · ")}
      </p>
    </div>
  );
}
