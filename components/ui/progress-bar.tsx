import { cn } from "./cn";

export interface ProgressBarProps {
  /** Names it for a screen reader. */
  readonly label: string;
  /** null while it is not known how far it is. */
  readonly value: number | null;
  readonly most: number | null;
  readonly className?: string;
}

/** How far something is; without a figure it only says that something is going on. */
export function ProgressBar({ label, value, most, className }: ProgressBarProps) {
  const share = value === null || most === null || most <= 0 ? null : Math.min(1, value / most);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      className={cn("h-1 overflow-hidden rounded-full bg-active", className)}
    >
      <div
        className={cn(
          "h-full rounded-full bg-running transition-[width] duration-180",
          share === null && "w-1/3 animate-pulse-soft",
        )}
        style={share === null ? undefined : { width: `${share * 100}%` }}
      />
    </div>
  );
}
