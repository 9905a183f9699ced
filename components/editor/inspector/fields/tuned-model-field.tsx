import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import type { FieldProps } from "./field-props";
import { ModelPopover } from "./model-popover";

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
  const options = (query.data ?? []).filter((option) => option.task === task);
  const known = options.find((option) => option.reference === reference);
  const missing = reference !== "" && known === undefined && !query.isPending;
  return (
    <ModelPopover
      value={reference}
      choices={options.map((option) => ({
        value: option.reference,
        keywords: [option.name],
        content: (
          <>
            <span className="min-w-0 flex-1 truncate">{option.reference}</span>
            <span className="shrink-0 text-faint text-xs">
              {t("version", { number: option.number, stage: stage(option.stage) })}
            </span>
          </>
        ),
      }))}
      onPick={(chosen) => {
        const option = options.find((each) => each.reference === chosen);
        if (option) onPick(option);
      }}
      search={t("search")}
      none={{ text: t("none"), href: "/registry", action: t("open") }}
      control={control}
      label={label}
      disabled={disabled}
    >
      <span className={cn("min-w-0 flex-1 truncate", reference === "" && "text-faint", missing && "text-error")}>
        {reference === "" ? t("choose") : reference}
      </span>
      {missing ? <span className="shrink-0 text-error text-xs">{t("gone")}</span> : null}
      {known ? <span className="shrink-0 text-faint text-xs">{stage(known.stage)}</span> : null}
    </ModelPopover>
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
