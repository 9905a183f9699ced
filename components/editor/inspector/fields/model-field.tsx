import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { fieldStyle } from "@/components/ui/field-style";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { type ModelControl, type ModelUse, modelControls } from "@/runtime/node/model-use";
import { type ModelOption, useModels } from "../use-models";
import type { FieldProps } from "./field-props";

export interface ModelPickerProps {
  readonly value: string;
  readonly onPick: (reference: string) => void;
  /** What the model must be for. */
  readonly kind: ModelUse;
  readonly control?: FieldProps["control"];
  readonly label: string;
  readonly disabled: boolean;
  /** Whether `default` may be chosen. */
  readonly withDefault: boolean;
}

/** A model by name, with whether it can be reached now. */
export function ModelPicker({ value, onPick, kind, control, label, disabled, withDefault }: ModelPickerProps) {
  const t = useTranslations("editor.model");
  const { models, defaults, isLoading } = useModels();
  const [open, setOpen] = useState(false);
  const fitting = models.filter((model) => model[kind]);
  const known = fitting.find(({ ref }) => ref === value);
  const defaultRef = defaults[kind];
  const defaultName = fitting.find(({ ref }) => ref === defaultRef)?.name ?? defaultRef;
  const pick = (reference: string) => {
    onPick(reference);
    setOpen(false);
  };

  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          {...control}
          type="button"
          disabled={disabled}
          aria-label={control ? undefined : label}
          className={cn(fieldStyle, "flex h-7 items-center gap-2 text-left")}
        >
          {value === "default" ? (
            <>
              <Dot available={fitting.find(({ ref }) => ref === defaultRef)?.available} />
              <span className="min-w-0 flex-1 truncate">
                {defaultName ? t("defaultNamed", { model: defaultName }) : t(isLoading ? "default" : "defaultMissing")}
              </span>
            </>
          ) : (
            <>
              <Dot available={known?.available} />
              <span className={cn("min-w-0 flex-1 truncate", !known && !isLoading && "text-error")}>
                {known?.name ?? value ?? t("choose")}
              </span>
              {known ? <span className="shrink-0 truncate text-faint text-xs">{known.endpoint.name}</span> : null}
            </>
          )}
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-80 p-0">
        <Command>
          <CommandInput placeholder={t("search")} />
          <CommandList>
            <CommandEmpty>
              {t("none")}{" "}
              <Link href="/models" className="text-accent-text underline">
                {t("register")}
              </Link>
            </CommandEmpty>
            {withDefault ? (
              <CommandItem value="default" onSelect={() => pick("default")}>
                <Dot available={fitting.find(({ ref }) => ref === defaultRef)?.available} />
                <span className="min-w-0 flex-1 truncate">
                  {defaultName ? t("defaultNamed", { model: defaultName }) : t("default")}
                </span>
                {value === "default" ? <Check /> : null}
              </CommandItem>
            ) : null}
            {fitting.map((model) => (
              <ModelItem key={model.ref} model={model} chosen={model.ref === value} onPick={pick} />
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function ModelItem({
  model,
  chosen,
  onPick,
}: {
  readonly model: ModelOption;
  readonly chosen: boolean;
  readonly onPick: (reference: string) => void;
}) {
  const t = useTranslations("editor.model");
  return (
    <CommandItem value={model.ref} keywords={[model.name, model.endpoint.name]} onSelect={() => onPick(model.ref)}>
      <Dot available={model.available} />
      <span className="min-w-0 flex-1 truncate">{model.name}</span>
      <span className="shrink-0 text-faint text-xs">{model.available ? model.endpoint.name : t("down")}</span>
      {chosen ? <Check /> : null}
    </CommandItem>
  );
}

/** Green: reachable. Hollow: not now. Nothing is said by colour alone: the words stand in the list. */
const Dot = ({ available }: { readonly available: boolean | undefined }) => (
  <span
    aria-hidden="true"
    className={cn(
      "size-2 shrink-0 rounded-full",
      available === true ? "bg-ok" : available === false ? "border border-error" : "border border-line-strong",
    )}
  />
);

/** A setting that holds the reference of a model. What the model must be for follows from the control. */
export function ModelField({ value, onChange, ...props }: FieldProps) {
  const use = modelControls[props.field.control as ModelControl] ?? "chat";
  return <ModelPicker {...props} kind={use} withDefault value={String(value ?? "default")} onPick={onChange} />;
}

export const modelFields: Readonly<Record<ModelControl, typeof ModelField>> = {
  "chat-model": ModelField,
  "embedding-model": ModelField,
  "vision-model": ModelField,
  "moderation-model": ModelField,
  "transcription-model": ModelField,
  "rerank-model": ModelField,
};
