import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { useModels } from "../use-models";
import type { FieldProps } from "./field-props";
import { ModelPicker } from "./model-field";

/** Models to try in order. */
export function ModelListField({ field, value, onChange, label, disabled }: FieldProps) {
  const t = useTranslations("editor.list");
  const { models } = useModels();
  const items = Array.isArray(value) ? value.map(String) : [];
  const most = field.maxItems ?? 5;
  const next = models.find(({ ref, chat }) => chat && !items.includes(ref))?.ref;
  return (
    <div className="flex flex-col gap-1">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order is the meaning.
        <div key={index} className="flex items-center gap-0.5">
          <ModelPicker
            kind="chat"
            withDefault={false}
            value={item}
            label={t("entry", { label, number: index + 1 })}
            disabled={disabled}
            onPick={(reference) => onChange(items.with(index, reference))}
          />
          <IconButton
            label={t("remove")}
            side="left"
            disabled={disabled}
            onClick={() => onChange(items.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        disabled={disabled || items.length >= most || next === undefined}
        onClick={() => next !== undefined && onChange([...items, next])}
      >
        <Plus />
        {t("addModel")}
      </Button>
    </div>
  );
}
