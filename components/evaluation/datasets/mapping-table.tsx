"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Section } from "@/components/shell/section";
import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";

type Mapping = RouterInputs["dataset"]["importRows"]["mapping"];
type Mapped = Mapping[number];

const uses = ["input", "expected", "tags", "weight", "split", "group", "skip"] as const;
const kinds = ["text", "number", "boolean", "json"] as const;
type Use = (typeof uses)[number];

interface MappingTableProps {
  readonly preview: RouterOutputs["dataset"]["preview"];
  /** How the table was taken. */
  readonly taken: ReactNode;
  readonly busy: boolean;
  readonly onTake: (mapping: Mapping) => void;
}

const isColumn = (mapped: Mapped): mapped is Extract<Mapped, { name: string }> => "name" in mapped;

/** The first rows of a table; above each column stands what it becomes. */
export function MappingTable({ preview, taken, busy, onTake }: MappingTableProps) {
  const t = useTranslations("datasets");
  const [mapping, setMapping] = useState<Mapping>(preview.mapping.map((each) => ({ ...each })));
  const change = (place: number, next: Mapped) =>
    setMapping(mapping.map((each, index) => (index === place ? next : each)));
  const use = (place: number, as: Use) => {
    const former = mapping[place];
    const name = former && isColumn(former) ? former.name : (preview.columns[place] ?? "").slice(0, 100);
    change(
      place,
      as === "input" || as === "expected"
        ? { as, name, kind: former && isColumn(former) ? former.kind : "text" }
        : { as },
    );
  };
  const names = mapping.flatMap((each) => (isColumn(each) ? [each.name.trim()] : []));
  const ready =
    mapping.some(({ as }) => as === "input") &&
    !preview.taken.isEncodingUnsure &&
    names.every((name, index) => name !== "" && names.indexOf(name) === index);
  return (
    <Section title={t("import.mapping")} description={t("import.mappingHelp", { count: preview.rowCount })}>
      {taken}
      <div className="max-h-[28rem] overflow-auto rounded-lg border border-line">
        <table className="w-full text-sm">
          <thead className="sticky top-0 z-10 bg-surface">
            <tr className="text-left align-top">
              {preview.columns.map((column, place) => {
                const mapped = mapping[place] ?? { as: "skip" as const };
                return (
                  <th key={column} scope="col" className="min-w-44 border-line border-b px-3 py-2 font-normal">
                    <div className="flex flex-col gap-1.5">
                      <span className={cn("truncate", mapped.as === "skip" ? "text-faint" : "font-medium")}>
                        {column}
                      </span>
                      <Select
                        aria-label={t("import.as", { column })}
                        value={mapped.as}
                        onValueChange={(as) => use(place, as as Use)}
                      >
                        {uses.map((each) => (
                          <SelectItem key={each} value={each}>
                            {t(`as.${each}`)}
                          </SelectItem>
                        ))}
                      </Select>
                      {isColumn(mapped) ? (
                        <div className="flex gap-1.5">
                          <Input
                            aria-label={t("import.columnName", { column })}
                            className="min-w-0 flex-1"
                            maxLength={100}
                            value={mapped.name}
                            onChange={(event) => change(place, { ...mapped, name: event.target.value })}
                          />
                          <Select
                            aria-label={t("import.kindOf", { column })}
                            className="w-20"
                            value={mapped.kind ?? "text"}
                            onValueChange={(kind) => change(place, { ...mapped, kind: kind as (typeof kinds)[number] })}
                          >
                            {kinds.map((kind) => (
                              <SelectItem key={kind} value={kind}>
                                {t(`kind.${kind}`)}
                              </SelectItem>
                            ))}
                          </Select>
                        </div>
                      ) : null}
                    </div>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {preview.sample.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a preview never move.
              <tr key={index} className="border-line border-t first:border-t-0">
                {row.map((cell, place) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is known by its column.
                    key={place}
                    className={cn("max-w-96 truncate px-3 py-1", mapping[place]?.as === "skip" && "text-faint")}
                  >
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button variant="primary" className="self-start" busy={busy} disabled={!ready} onClick={() => onTake(mapping)}>
        {t("import.take", { count: preview.rowCount })}
      </Button>
    </Section>
  );
}
