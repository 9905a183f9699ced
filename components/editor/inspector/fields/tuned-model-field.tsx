import { useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { fieldStyle } from "@/components/ui/field-style";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { FieldProps } from "./field-props";

type Option = RouterOutputs["tunedModel"]["options"][number];

interface PickerProps extends Pick<FieldProps, "control" | "label" | "disabled"> {
  readonly task: Option["task"];
  readonly reference: string;
  readonly onPick: (option: Option) => void;
}

/** A model of the registry, by stage or version. */
function TunedModelPicker({ task, reference, onPick, control, label, disabled }: PickerProps) {
  const t = useTranslations("editor.tunedModel");
  const stage = useTranslations("registry.stage");
  const trpc = useTRPC();
  const query = useQuery(trpc.tunedModel.options.queryOptions(undefined, { staleTime: 15_000 }));
  const [open, setOpen] = useState(false);
  const options = (query.data ?? []).filter((option) => option.task === task);
  const known = options.find((option) => option.reference === reference);
  const missing = reference !== "" && known === undefined && !query.isPending;
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
          <span className={cn("min-w-0 flex-1 truncate", reference === "" && "text-faint", missing && "text-error")}>
            {reference === "" ? t("choose") : reference}
          </span>
          {missing ? <span className="shrink-0 text-error text-xs">{t("gone")}</span> : null}
          {known ? <span className="shrink-0 text-faint text-xs">{stage(known.stage)}</span> : null}
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-80 p-0">
        <Command>
          <CommandInput placeholder={t("search")} />
          <CommandList>
            <CommandEmpty>
              {t("none")}{" "}
              <Link href="/registry" className="text-accent-text underline">
                {t("open")}
              </Link>
            </CommandEmpty>
            {options.map((option) => (
              <CommandItem
                key={option.reference}
                value={option.reference}
                keywords={[option.name]}
                onSelect={() => {
                  onPick(option);
                  setOpen(false);
                }}
              >
                <span className="min-w-0 flex-1 truncate">{option.reference}</span>
                <span className="shrink-0 text-faint text-xs">
                  {t("version", { number: option.number, stage: stage(option.stage) })}
                </span>
                {option.reference === reference ? <Check /> : null}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

export function TunedChatModelField({ value, onChange, ...props }: FieldProps) {
  return (
    <TunedModelPicker
      {...props}
      task="chat"
      reference={typeof value === "string" ? value : ""}
      onPick={({ reference }) => onChange(reference)}
    />
  );
}

/** Choosing takes over the model's labels: the step's ports are read off its settings. */
export function TunedClassifierField({ value, onChange, ...props }: FieldProps) {
  const t = useTranslations("editor.tunedModel");
  const { reference = "", labels = [] } = (value ?? {}) as { reference?: string; labels?: readonly string[] };
  return (
    <div className="flex flex-col gap-1">
      <TunedModelPicker
        {...props}
        task="classify"
        reference={reference}
        onPick={(option) => onChange({ reference: option.reference, labels: [...option.labels] })}
      />
      {reference === "" ? null : (
        <p className="truncate text-faint text-xs" title={labels.slice(0, 100).join(" · ")}>
          {t("labels", { count: labels.length })}
          {labels.length > 0 ? `: ${labels.slice(0, 8).join(" · ")}${labels.length > 8 ? " …" : ""}` : null}
        </p>
      )}
    </div>
  );
}
