import { type ComponentProps, useState } from "react";
import { Input } from "@/components/ui/input";

interface CountInputProps extends Omit<ComponentProps<typeof Input>, "value" | "onChange"> {
  /** null: empty. */
  readonly value: number | null;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number | null) => void;
}

/** A number as it is typed; it takes effect once it is one within the bounds. */
export function CountInput({ value, least, most, onChange, ...props }: CountInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      inputMode="decimal"
      className="tabular"
      {...props}
      value={typed ?? (value === null ? "" : String(value))}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.target.value.normalize("NFKC").trim();
        if (!/^\d{0,15}\.?\d{0,15}$/.test(text)) return;
        setTyped(text);
        const number = Number(text);
        if (text === "") onChange(null);
        else if (number >= least && number <= most) onChange(number);
      }}
    />
  );
}
