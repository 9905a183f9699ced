import { cn } from "@/components/ui/cn";

interface ToggleChipsProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly count: number }[];
  /** None chosen means all. */
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Any of a few. */
export function ToggleChips({ label, options, chosen, onChange }: ToggleChipsProps) {
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium text-sm">{label}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map(({ value, label: name, count }) => {
          const on = chosen.includes(value);
          return (
            <button
              key={value}
              type="button"
              aria-pressed={on}
              onClick={() => onChange(on ? chosen.filter((each) => each !== value) : [...chosen, value])}
              className={cn(
                "flex h-6 items-center gap-1.5 rounded-full border px-2.5 text-xs transition-colors",
                on ? "border-accent bg-accent-soft text-accent-text" : "border-line-strong text-muted hover:bg-hover",
              )}
            >
              {name}
              <span className="tabular">{count}</span>
            </button>
          );
        })}
      </div>
    </fieldset>
  );
}
