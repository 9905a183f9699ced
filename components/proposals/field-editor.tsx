"use client";

import { Plus, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import type { FormFieldControl } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { type Locale, localize } from "@/runtime/node/localized";

export type OpenField = RouterOutputs["proposal"]["desk"]["fields"][number];
type Form = OpenField["form"];
type Table = Extract<Form, { readonly kind: "table" }>;
type Row = Readonly<Record<string, unknown>>;

interface FieldEditorProps {
  readonly form: Form;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** For the control that the label names. */
  readonly control: FormFieldControl;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const linesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

/** One open setting, by what it is: words, a figure, a choice, a list, a table. */
export function FieldEditor({ form, value, onChange, control }: FieldEditorProps) {
  const locale = useLocale() as Locale;
  const t = useTranslations("proposals");
  switch (form.kind) {
    case "text":
      return form.long ? (
        <Textarea
          {...control}
          className="max-h-96 min-h-24"
          value={textOf(value)}
          maxLength={form.maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input
          {...control}
          value={textOf(value)}
          maxLength={form.maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "number":
      return (
        <span className="flex items-center gap-2">
          <Input
            {...control}
            type="number"
            className="w-32"
            value={typeof value === "number" ? value : ""}
            min={form.minimum}
            max={form.maximum}
            step={form.step ?? "any"}
            onChange={(event) => {
              const next = event.target.valueAsNumber;
              onChange(Number.isFinite(next) ? next : null);
            }}
          />
          {form.unit === undefined ? null : <span className="text-muted text-xs">{localize(form.unit, locale)}</span>}
        </span>
      );
    case "switch":
      return <Switch {...control} checked={value === true} onCheckedChange={onChange} />;
    case "choice":
      return (
        <Select {...control} value={textOf(value)} onValueChange={onChange}>
          {form.options.map((option) => (
            <SelectItem key={option.value} value={option.value}>
              {localize(option.title, locale)}
            </SelectItem>
          ))}
        </Select>
      );
    case "lines":
      return (
        <Textarea
          {...control}
          className="max-h-72 min-h-20"
          placeholder={t("oneALine")}
          value={linesOf(value).join("\n")}
          onChange={(event) => onChange(event.target.value === "" ? [] : event.target.value.split("\n"))}
        />
      );
    case "table":
      return <TableEditor form={form} value={value} onChange={onChange} />;
    default:
      return form satisfies never;
  }
}

interface TableEditorProps {
  readonly form: Table;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

function TableEditor({ form, value, onChange }: TableEditorProps) {
  const locale = useLocale() as Locale;
  const t = useTranslations("proposals");
  const rows: readonly Row[] = Array.isArray(value) ? value : [];
  const change = (index: number, name: string, next: unknown) =>
    onChange(rows.map((row, place) => (place === index ? { ...row, [name]: next } : row)));
  return (
    <div className="flex flex-col gap-2">
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone.
        <div key={index} className="relative flex flex-col gap-1.5 rounded-md border border-line p-2 pr-9">
          {form.columns.map(({ name, title, kind }) => {
            const label = localize(title, locale);
            const labelled = { "aria-label": t("cellLabel", { column: label, row: index + 1 }), placeholder: label };
            if (kind === "number")
              return (
                <Input
                  key={name}
                  {...labelled}
                  type="number"
                  step="any"
                  value={typeof row[name] === "number" ? row[name] : ""}
                  onChange={(event) => {
                    const next = event.target.valueAsNumber;
                    change(index, name, Number.isFinite(next) ? next : null);
                  }}
                />
              );
            if (kind === "text")
              return (
                <Input
                  key={name}
                  {...labelled}
                  value={textOf(row[name])}
                  onChange={(event) => change(index, name, event.target.value)}
                />
              );
            return (
              <Textarea
                key={name}
                {...labelled}
                className="max-h-48 min-h-8"
                value={kind === "lines" ? linesOf(row[name]).join("\n") : textOf(row[name])}
                onChange={({ target }) =>
                  change(
                    index,
                    name,
                    kind === "long" ? target.value : target.value === "" ? [] : target.value.split("\n"),
                  )
                }
              />
            );
          })}
          <IconButton
            size="sm"
            className="absolute top-1.5 right-1.5"
            label={t("removeRow", { row: index + 1 })}
            onClick={() => onChange(rows.filter((_, place) => place !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        disabled={form.maxItems !== undefined && rows.length >= form.maxItems}
        onClick={() =>
          onChange([...rows, Object.fromEntries(form.columns.map(({ name, initial }) => [name, initial]))])
        }
      >
        <Plus />
        {t("addRow")}
      </Button>
    </div>
  );
}
