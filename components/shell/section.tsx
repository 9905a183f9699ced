import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export interface SectionProps {
  /** Where a link can lead to, as `#id`. */
  readonly id?: string;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** A link or button at the end of the title's line. */
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Section({ id, title, description, aside, className, children }: SectionProps) {
  return (
    <section id={id} className={cn("flex scroll-mt-6 flex-col gap-3", className)}>
      <div className="flex items-start justify-between gap-4">
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
