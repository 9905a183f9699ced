import { cn } from "@/components/ui/cn";
import { variantColour } from "./variant-colour";

interface VariantNameProps {
  readonly variants: readonly { readonly key: string; readonly label: string }[];
  readonly variant: number;
  readonly baseline: number;
  readonly className?: string;
}

/** A variant by its letter, in its hue, and its name. */
export function VariantName({ variants, variant, baseline, className }: VariantNameProps) {
  const shown = variants[variant];
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1.5", className)}>
      <span
        className="flex h-4 min-w-4 shrink-0 items-center justify-center rounded-sm px-1 font-medium font-mono text-xs text-surface uppercase"
        style={{ background: variantColour(variant, baseline) }}
      >
        {shown?.key}
      </span>
      <span className="truncate" title={shown?.label}>
        {shown?.label}
      </span>
    </span>
  );
}
