import { CornerDownLeft } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

interface KbdProps extends Omit<ComponentProps<"kbd">, "children"> {
  /** `↵` is drawn, since few fonts have it. */
  readonly children: string;
}

/** One key of a shortcut, or several with blanks between. */
export function Kbd({ className, children, ...props }: KbdProps) {
  return (
    <kbd
      className={cn(
        "inline-flex h-4 min-w-4 items-center justify-center gap-0.5 rounded-sm border border-line bg-sunken px-1 font-sans text-[11px] text-faint leading-none",
        className,
      )}
      {...props}
    >
      {keyText(children)}
    </kbd>
  );
}

const keyText = (keys: string): ReactNode => {
  const [before, after] = keys.split("↵");
  if (after === undefined) return keys;
  return (
    <>
      {before}
      <CornerDownLeft aria-hidden className="size-3" />
      {after}
    </>
  );
};
