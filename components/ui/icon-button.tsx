import { Button, type ButtonProps } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

export interface IconButtonProps extends ButtonProps {
  /** What it does: read out, and shown as its tooltip. */
  readonly label: string;
  /** Keys that do the same, shown in the tooltip. */
  readonly keys?: readonly string[];
  readonly side?: "top" | "right" | "bottom" | "left";
}

const width = { sm: "w-6", md: "w-7", lg: "w-9" } as const;

/** A square button with an icon only. */
export function IconButton({
  label,
  keys,
  side,
  className,
  variant = "ghost",
  size = "md",
  ...props
}: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys} side={side}>
      <Button
        aria-label={label}
        variant={variant}
        size={size}
        className={cn(width[size ?? "md"], "px-0 [&_svg]:size-4", className)}
        {...props}
      />
    </Tooltip>
  );
}
