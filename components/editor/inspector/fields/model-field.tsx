import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { type ModelControl, type ModelUse, modelControls } from "@/runtime/node/model-use";
import { useModels } from "../use-models";
import type { FieldProps } from "./field-props";
import { type ModelChoice, ModelPopover } from "./model-popover";

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
  const fitting = models.filter((model) => model[kind]);
  const known = fitting.find(({ ref }) => ref === value);
  const defaultRef = defaults[kind];
  const defaultModel = fitting.find(({ ref }) => ref === defaultRef);
  const defaultName = defaultModel?.name ?? defaultRef;
  const standard: ModelChoice = {
    value: "default",
    content: (
      <>
        <Dot available={defaultModel?.available} />
        <span className="min-w-0 flex-1 truncate">
          {defaultName ? t("defaultNamed", { model: defaultName }) : t("default")}
        </span>
      </>
    ),
  };
  const choices = fitting.map(
    (model): ModelChoice => ({
      value: model.ref,
      keywords: [model.name, model.endpoint.name],
      content: (
        <>
          <Dot available={model.available} />
          <span className="min-w-0 flex-1 truncate">{model.name}</span>
          <span className="shrink-0 text-faint text-xs">{model.available ? model.endpoint.name : t("down")}</span>
        </>
      ),
    }),
  );
  return (
    <ModelPopover
      value={value}
      choices={withDefault ? [standard, ...choices] : choices}
      onPick={onPick}
      search={t("search")}
      none={{ text: t("none"), href: "/models", action: t("register") }}
      control={control}
      label={label}
      disabled={disabled}
    >
      {value === "default" ? (
        <>
          <Dot available={defaultModel?.available} />
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
    </ModelPopover>
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
  "picture-model": ModelField,
  "speech-model": ModelField,
};
