import { ArrowDown, ArrowUp, ChevronRight, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { type FieldDescription, isShown } from "@/runtime/node/describe-config";
import { issuesBelow } from "../field-issue";
import type { FieldProps, Json } from "./field-props";

type Item = Readonly<Record<string, Json>>;

export interface RowsOptions {
  /** One line that stands for an item; where given, items fold away under it. */
  readonly summary?: (item: Item, index: number) => string;
  /** Fields of an item that make sense now. */
  readonly visible?: (field: FieldDescription, item: Item) => boolean;
  /** A new item, beside those that are there. */
  readonly newItem?: (items: readonly Item[]) => Item;
  /** What an item is called on the button that adds one. */
  readonly addLabel?: string;
}

const blank = (fields: readonly FieldDescription[]): Item =>
  Object.fromEntries(
    fields.flatMap((field): [string, Json][] => {
      if (field.initial !== undefined) return [[field.name, field.initial as Json]];
      return field.optional ? [] : [[field.name, field.control === "string-list" ? [""] : ""]];
    }),
  );

/** A list of things with several fields each. Order matters, so items can be moved. */
export function RowsField({
  field,
  value,
  onChange,
  issues,
  node,
  disabled,
  Nested,
  ...options
}: FieldProps & RowsOptions) {
  const { summary, visible, newItem, addLabel } = options;
  const t = useTranslations("editor.list");
  const items = (Array.isArray(value) ? value : []).map((item) => (isItem(item) ? item : {}));
  const [open, setOpen] = useState<number | null>(null);
  const most = field.maxItems ?? 100;
  const least = field.minItems ?? 0;

  const move = (index: number, by: -1 | 1) => {
    const [moved, other] = [items[index], items[index + by]];
    if (!moved || !other) return;
    onChange(items.with(index, other).with(index + by, moved));
    setOpen((at) => (at === index ? index + by : at));
  };
  const add = () => {
    onChange([...items, newItem ? newItem(items) : blank(field.item)]);
    setOpen(items.length);
  };

  return (
    <div className="flex flex-col gap-1.5">
      {items.map((item, index) => {
        const own = issuesBelow(issues, String(index));
        const expanded = !summary || open === index;
        const text = summary?.(item, index);
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: items are told apart by their place alone.
            key={index}
            className={cn("rounded-md border border-line", own.length > 0 && "border-error")}
          >
            <div className="flex h-7 items-center gap-1 pr-0.5 pl-2">
              {summary ? (
                <button
                  type="button"
                  aria-expanded={expanded}
                  className="flex min-w-0 flex-1 items-center gap-1 text-left text-sm"
                  onClick={() => setOpen(expanded ? null : index)}
                >
                  <ChevronRight
                    className={cn("size-3.5 shrink-0 text-faint transition-transform", expanded && "rotate-90")}
                  />
                  <span className="truncate">{text || t("unnamed")}</span>
                </button>
              ) : (
                <span className="tabular flex-1 text-faint text-xs">{index + 1}</span>
              )}
              <IconButton size="sm" label={t("up")} disabled={disabled || index === 0} onClick={() => move(index, -1)}>
                <ArrowUp />
              </IconButton>
              <IconButton
                size="sm"
                label={t("down")}
                disabled={disabled || index === items.length - 1}
                onClick={() => move(index, 1)}
              >
                <ArrowDown />
              </IconButton>
              <IconButton
                size="sm"
                label={t("remove")}
                disabled={disabled || items.length <= least}
                onClick={() => onChange(items.filter((_, at) => at !== index))}
              >
                <Trash2 />
              </IconButton>
            </div>
            {expanded ? (
              <div className="flex flex-col gap-2.5 border-line border-t p-2">
                {field.item
                  .filter((each) => visible?.(each, item) ?? isShown(each, field.item, item))
                  .map((each) => (
                    <Nested
                      key={each.name}
                      nested
                      field={each}
                      value={item[each.name]}
                      issues={issuesBelow(own, each.name)}
                      node={node}
                      disabled={disabled}
                      onChange={(next) => {
                        const { [each.name]: _, ...rest } = item;
                        onChange(items.with(index, next === undefined ? rest : { ...item, [each.name]: next }));
                      }}
                    />
                  ))}
              </div>
            ) : null}
          </div>
        );
      })}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        disabled={disabled || items.length >= most}
        onClick={add}
      >
        <Plus />
        {items.length >= most ? t("full", { count: most }) : (addLabel ?? t("add"))}
      </Button>
    </div>
  );
}

const isItem = (value: Json): value is Record<string, Json> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `label3`: a name that no item has yet. */
export const freshName = (stem: string, items: readonly Item[]): string => {
  const taken = new Set(items.map((item) => item.name));
  for (let number = items.length + 1; ; number += 1) if (!taken.has(`${stem}${number}`)) return `${stem}${number}`;
};
