"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { Textarea } from "@/components/ui/textarea";
import { type DatasetColumn, datasetSplits } from "@/runtime/eval/contract/dataset-row";
import { cellText, cellValue } from "./cell-value";
import type { Row } from "./use-row-edits";

const none = "none";

interface RowSheetProps {
  readonly row: Row;
  readonly number: number;
  readonly columns: readonly DatasetColumn[];
  readonly onClose: () => void;
  readonly onSave: (change: Pick<Row, "inputs" | "expected" | "tags" | "weight" | "split" | "group">) => void;
}

/** Everything of one row, with room for long texts. */
export function RowSheet({ row, number, columns, onClose, onSave }: RowSheetProps) {
  const t = useTranslations("datasets");
  const sideOf = ({ role }: DatasetColumn) => (role === "input" ? row.inputs : row.expected);
  const [texts, setTexts] = useState(
    Object.fromEntries(columns.map((column) => [column.name, cellText(sideOf(column)[column.name])])),
  );
  const [tags, setTags] = useState(row.tags.join(", "));
  const [weight, setWeight] = useState(String(row.weight));
  const [split, setSplit] = useState<string>(row.split ?? none);
  const [group, setGroup] = useState(row.group ?? "");
  const read = columns.map((column) => ({ column, value: cellValue(texts[column.name] ?? "", column.kind) }));
  const valid = read.every(({ value }) => value !== null) && Number(weight) > 0 && Number(weight) <= 1_000;
  const values = (role: DatasetColumn["role"]) =>
    Object.fromEntries(
      read.flatMap(({ column, value }) =>
        column.role === role && value !== null && value.value !== undefined ? [[column.name, value.value]] : [],
      ),
    ) as Row["inputs"];
  const part = (role: DatasetColumn["role"]) => (
    <div className="flex flex-col gap-3">
      {read
        .filter(({ column }) => column.role === role)
        .map(({ column, value }) => (
          <FormField
            key={column.name}
            label={column.name}
            aside={t(`as.${role}`)}
            error={value === null ? t("row.notJson") : undefined}
          >
            {(control) => (
              <Textarea
                {...control}
                rows={Math.min(10, Math.max(2, Math.ceil((texts[column.name] ?? "").length / 70)))}
                maxLength={100_000}
                value={texts[column.name] ?? ""}
                onChange={(event) => setTexts({ ...texts, [column.name]: event.target.value })}
              />
            )}
          </FormField>
        ))}
    </div>
  );
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <SheetContent
        title={t("row.title", { number })}
        description={`${t("row.source")} ${t(`source.${row.source}`)}`}
        footer={
          <Button
            variant="primary"
            disabled={!valid}
            onClick={() =>
              onSave({
                inputs: values("input"),
                expected: values("expected"),
                tags: [...new Set(tags.split(/[,，、]/).map((tag) => tag.trim().slice(0, 60)))]
                  .filter((tag) => tag !== "")
                  .slice(0, 20),
                weight: Number(weight),
                split: datasetSplits.find((each) => each === split) ?? null,
                group: group.trim() === "" ? null : group.trim(),
              })
            }
          >
            {t("row.save")}
          </Button>
        }
      >
        <div className="flex flex-col gap-5">
          {part("input")}
          {part("expected")}
          <FormField label={t("row.tags")} help={t("row.tagsHelp")}>
            {(control) => (
              <Input {...control} maxLength={1_300} value={tags} onChange={(event) => setTags(event.target.value)} />
            )}
          </FormField>
          <div className="grid grid-cols-2 gap-4">
            <FormField label={t("row.weight")} help={t("row.weightHelp")}>
              {(control) => (
                <Input
                  {...control}
                  inputMode="decimal"
                  maxLength={12}
                  value={weight}
                  onChange={(event) => setWeight(event.target.value)}
                />
              )}
            </FormField>
            <FormField label={t("row.split")}>
              {(control) => (
                <Select {...control} value={split} onValueChange={setSplit}>
                  <SelectItem value={none}>{t("page.noSplit")}</SelectItem>
                  {datasetSplits.map((each) => (
                    <SelectItem key={each} value={each}>
                      {t(`split.${each}`)}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
          </div>
          <FormField label={t("row.group")} help={t("row.groupHelp")}>
            {(control) => (
              <Input {...control} maxLength={200} value={group} onChange={(event) => setGroup(event.target.value)} />
            )}
          </FormField>
        </div>
      </SheetContent>
    </Sheet>
  );
}
