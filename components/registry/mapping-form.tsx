"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Section } from "@/components/shell/section";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import type { Mapping, Preview } from "./wizard-types";

/** Stands for "no column" in a list that takes no empty value; no column is called so. */
const none = "\u0000none";
const columnsShown = 12;

interface MappingFormProps {
  readonly preview: Preview;
  readonly name: string;
  readonly busy: boolean;
  /** How the table was taken. */
  readonly taken: ReactNode;
  readonly onTake: (name: string, mapping: Mapping) => void;
}

/** The first rows of a table, and which column is text, label and part. */
export function MappingForm({ preview, name: given, busy, taken, onTake }: MappingFormProps) {
  const t = useTranslations("registry.wizard");
  const [mapping, setMapping] = useState<Mapping>(preview.mapping);
  const [name, setName] = useState(given);
  const columns = preview.columns.map((column) => (
    <SelectItem key={column} value={column}>
      {column}
    </SelectItem>
  ));
  const used = new Set([mapping.text, mapping.label, mapping.split]);
  return (
    <Section title={t("mapping")} description={t("tableRows", { count: preview.rowCount })}>
      {taken}
      <div className="grid gap-4 sm:grid-cols-4">
        <FormField label={t("textColumn")}>
          {(control) => (
            <Select {...control} value={mapping.text} onValueChange={(text) => setMapping({ ...mapping, text })}>
              {columns}
            </Select>
          )}
        </FormField>
        <FormField label={t("labelColumn")}>
          {(control) => (
            <Select {...control} value={mapping.label} onValueChange={(label) => setMapping({ ...mapping, label })}>
              {columns}
            </Select>
          )}
        </FormField>
        <FormField label={t("splitColumn")}>
          {(control) => (
            <Select
              {...control}
              value={mapping.split ?? none}
              onValueChange={(split) => setMapping({ ...mapping, split: split === none ? null : split })}
            >
              <SelectItem value={none}>{t("noSplit")}</SelectItem>
              {columns}
            </Select>
          )}
        </FormField>
        <FormField label={t("setName")}>
          {(control) => (
            <Input
              {...control}
              maxLength={120}
              placeholder={t("defaultName")}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </FormField>
      </div>
      <div className="max-h-64 overflow-auto rounded-lg border border-line">
        <table className="w-full text-sm">
          <thead className="sticky top-0 bg-surface">
            <tr className="h-8 text-left text-faint text-xs">
              {preview.columns.slice(0, columnsShown).map((column) => (
                <th key={column} className={cn("px-3 font-normal", used.has(column) && "font-medium text-fg")}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {preview.sample.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a preview never move.
              <tr key={index} className="border-line border-t">
                {row.slice(0, columnsShown).map((cell, place) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column.
                    key={place}
                    className={cn(
                      "max-w-96 truncate px-3 py-1",
                      !used.has(preview.columns[place] ?? "") && "text-faint",
                    )}
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button
        variant="primary"
        className="self-start"
        busy={busy}
        disabled={mapping.text === mapping.label || preview.taken.isEncodingUnsure}
        onClick={() => onTake(name, mapping)}
      >
        {t("take")}
      </Button>
    </Section>
  );
}
