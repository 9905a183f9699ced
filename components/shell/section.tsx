import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export interface SectionProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** A link or button at the end of the title's line. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Section({ title, description, aside, className, children }: SectionProps) {
  return (
    <section className={cn("flex flex-col gap-3", className)}>
      <div className="flex items-end justify-between gap-4">
        <div className="min-w-0">
          <h2 className="font-medium text-base text-fg">{title}</h2>
          {description ? <p className="max-w-2xl text-muted">{description}</p> : null}
        </div>
        {aside}
      </div>
      {children}
    </section>
  );
}
