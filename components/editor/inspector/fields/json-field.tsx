import { useTranslations } from "next-intl";
import { useState } from "react";
import { CodeEditor } from "@/components/monaco/code-editor";
import { cn } from "@/components/ui/cn";
import { fieldStyle } from "@/components/ui/field-style";
import { hashJson } from "@/runtime/graph/hash";
import type { FieldProps, Json } from "./field-props";

const write = (value: Json | undefined): string => (value === undefined ? "" : JSON.stringify(value, null, 2));

interface Typed {
  readonly text: string;
  readonly valid: boolean;
  readonly value: Json | undefined;
}

const read = (text: string, empty: Json | undefined): Pick<Typed, "valid" | "value"> => {
  if (text.trim() === "") return { valid: true, value: empty };
  try {
    return { valid: true, value: JSON.parse(text) as Json };
  } catch {
    return { valid: false, value: undefined };
  }
};

/** Any JSON value. Text that is not JSON yet stays in the field and does not touch the document. */
export function JsonField(props: FieldProps & { readonly schema?: Readonly<Record<string, unknown>> }) {
  const { field, value, onChange, label, disabled, schema, control } = props;
  const t = useTranslations("editor.json");
  // Spaces are the author's: the text as typed stays while it means the value that the document holds.
  const [typed, setTyped] = useState<Typed | null>(null);
  const broken = typed !== null && !typed.valid;
  const current =
    typed && (broken || hashJson(typed.value ?? null) === hashJson(value ?? null)) ? typed.text : write(value);
  return (
    <div>
      <div className={cn(fieldStyle, "px-2", broken && "border-error")} aria-describedby={control["aria-describedby"]}>
        <CodeEditor
          language="json"
          label={label}
          value={current}
          readOnly={disabled}
          schema={schema}
          height={{ min: 54, max: 260 }}
          invalid={broken}
          onChange={(text) => {
            const next = read(text, field.optional ? undefined : null);
            setTyped({ text, ...next });
            if (next.valid) onChange(next.value);
          }}
        />
      </div>
      {broken ? <p className="mt-1 text-error text-xs">{t("broken")}</p> : null}
    </div>
  );
}
