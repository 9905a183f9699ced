import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { Select, SelectItem } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { FieldProps, Json } from "./field-props";
import { JsonField } from "./json-field";
import {
  readSimpleSchema,
  type SimpleProperty,
  type SimpleType,
  simpleTypes,
  writeSimpleSchema,
} from "./simple-schema";

/** Enough of the language of JSON Schema to complete and check one while it is typed. */
const metaSchema = {
  type: "object",
  properties: {
    type: { enum: ["object", "array", "string", "number", "integer", "boolean", "null"] },
    properties: { type: "object" },
    required: { type: "array", items: { type: "string" } },
    items: {},
    enum: { type: "array" },
    description: { type: "string" },
    additionalProperties: {},
    minimum: { type: "number" },
    maximum: { type: "number" },
    minLength: { type: "integer" },
    maxLength: { type: "integer" },
    pattern: { type: "string" },
    format: { type: "string" },
  },
};

const blank: SimpleProperty = { name: "answer", type: "text", description: "", required: true, choices: [] };

/** Off, a list of fields, or the schema itself. */
export function JsonSchemaField(props: FieldProps) {
  const { value, onChange, label, disabled, control } = props;
  const t = useTranslations("editor.schema");
  const [wanted, setWanted] = useState<"fields" | "json">("fields");
  const on = value !== null && value !== undefined;
  const properties = on ? readSimpleSchema(value) : null;
  const mode = properties ? wanted : "json";

  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <span className="flex items-center gap-2 text-muted text-sm">
          <Switch
            {...control}
            checked={on}
            disabled={disabled}
            onCheckedChange={(checked) => onChange(checked ? writeSimpleSchema([blank]) : null)}
          />
          {t(on ? "on" : "off")}
        </span>
        {on && properties ? (
          <Segmented
            label={t("view")}
            value={mode}
            onValueChange={setWanted}
            options={[
              { value: "fields", label: t("fields") },
              { value: "json", label: "JSON" },
            ]}
          />
        ) : null}
      </div>
      {on && mode === "json" ? <JsonField {...props} schema={metaSchema} label={label} /> : null}
      {on && properties && mode === "fields" ? (
        <PropertyList
          properties={properties}
          disabled={disabled}
          onChange={(next) => onChange(writeSimpleSchema(next))}
        />
      ) : null}
    </div>
  );
}

function PropertyList({
  properties,
  onChange,
  disabled,
}: {
  readonly properties: readonly SimpleProperty[];
  readonly onChange: (properties: readonly SimpleProperty[]) => void;
  readonly disabled: boolean;
}) {
  const t = useTranslations("editor.schema");
  const list = useTranslations("editor.list");
  const patch = (index: number, part: Partial<SimpleProperty>) =>
    onChange(properties.map((property, at) => (at === index ? { ...property, ...part } : property)));
  /** Two properties of one name would be one: the second keeps its former name until they differ. */
  const rename = (index: number, name: string) => {
    if (!properties.some((property, at) => at !== index && property.name === name)) patch(index, { name });
  };
  const fresh = () => {
    const taken = new Set(properties.map(({ name }) => name));
    let number = properties.length + 1;
    while (taken.has(`field${number}`)) number += 1;
    return { ...blank, name: `field${number}` };
  };

  return (
    <div className="flex flex-col gap-1.5">
      {properties.map((property, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a property's name changes while it is typed; its place does not.
        <div key={index} className="flex flex-col gap-1.5 rounded-md border border-line p-2">
          <div className="flex items-center gap-1.5">
            <Input
              aria-label={t("name")}
              value={property.name}
              disabled={disabled}
              maxLength={64}
              className="font-mono text-xs"
              onChange={(event) => rename(index, event.target.value)}
            />
            <Select
              aria-label={t("type")}
              value={property.type}
              disabled={disabled}
              className="w-28 shrink-0"
              onValueChange={(type) =>
                patch(index, { type: type as SimpleType, choices: type === "choice" ? ["a", "b"] : [] })
              }
            >
              {simpleTypes.map((type) => (
                <SelectItem key={type} value={type}>
                  {t(`types.${type}`)}
                </SelectItem>
              ))}
            </Select>
            <IconButton
              size="sm"
              label={list("remove")}
              disabled={disabled || properties.length === 1}
              onClick={() => onChange(properties.filter((_, at) => at !== index))}
            >
              <Trash2 />
            </IconButton>
          </div>
          <Input
            aria-label={t("description")}
            placeholder={t("description")}
            value={property.description}
            disabled={disabled}
            maxLength={500}
            onChange={(event) => patch(index, { description: event.target.value })}
          />
          {property.type === "choice" ? (
            <ChoiceInput
              label={t("choices")}
              choices={property.choices}
              disabled={disabled}
              onChange={(choices) => patch(index, { choices })}
            />
          ) : null}
          {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control. */}
          <label className="flex items-center gap-2 text-muted text-xs">
            <Switch
              checked={property.required}
              disabled={disabled}
              onCheckedChange={(required) => patch(index, { required })}
            />
            {t("required")}
          </label>
        </div>
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        disabled={disabled || properties.length >= 64}
        onClick={() => onChange([...properties, fresh()])}
      >
        <Plus />
        {t("addField")}
      </Button>
    </div>
  );
}

/** Choices behind commas, as typed; they take effect while typing. */
function ChoiceInput({
  label,
  choices,
  onChange,
  disabled,
}: {
  readonly label: string;
  readonly choices: readonly string[];
  readonly onChange: (choices: readonly string[]) => void;
  readonly disabled: boolean;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <Input
      aria-label={label}
      placeholder={label}
      value={draft ?? choices.join(", ")}
      disabled={disabled}
      onBlur={() => setDraft(null)}
      onChange={(event) => {
        setDraft(event.target.value);
        const next = event.target.value
          .split(/[,，、]/u)
          .map((choice) => choice.trim())
          .filter(Boolean);
        if (next.length > 0) onChange([...new Set(next)] satisfies Json[] as string[]);
      }}
    />
  );
}
