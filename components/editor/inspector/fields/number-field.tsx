import { useState } from "react";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";

const numberBegun = /^[-+]?\d{0,40}\.?\d{0,40}(e[-+]?\d{0,4})?$/iu;

type Props = Partial<FieldProps> & Pick<FieldProps, "field" | "value" | "onChange" | "control" | "disabled">;

/** What is typed stays as it is while it is typed; a number takes effect as soon as it is one. */
export function NumberField(props: Props & { readonly className?: string }) {
  const { field, value, onChange, control, disabled, className } = props;
  const locale = useInterfaceLocale();
  const [draft, setDraft] = useState<string | null>(null);
  const shown = typeof value === "number" ? value : field.initial;
  return (
    <div className={cn("relative", className)}>
      <Input
        {...control}
        inputMode="decimal"
        value={draft ?? (typeof shown === "number" ? String(shown) : "")}
        disabled={disabled}
        className={cn("tabular", field.unit && "pr-16")}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setDraft(null)}
        onKeyDown={(event) => {
          if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
          const now = typeof shown === "number" ? shown : 0;
          const next = now + (event.key === "ArrowUp" ? 1 : -1) * (field.step ?? 1);
          const within = Math.min(field.maximum ?? next, Math.max(field.minimum ?? next, next));
          event.preventDefault();
          setDraft(null);
          onChange(Number(within.toPrecision(12)));
        }}
        onChange={(event) => {
          // Full-width digits come from Chinese keyboards; what can never become a number is not taken at all.
          const text = event.target.value.normalize("NFKC").trim();
          if (!numberBegun.test(text)) return;
          setDraft(text);
          if (text === "") {
            if (field.optional) onChange(undefined);
            return;
          }
          const number = Number(text);
          if (Number.isFinite(number)) onChange(number);
        }}
      />
      {field.unit ? (
        <span className="pointer-events-none absolute top-1 right-2 text-faint text-sm">{field.unit[locale]}</span>
      ) : null}
    </div>
  );
}
