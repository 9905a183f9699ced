import type { ReactNode } from "react";
import { cn } from "./cn";

export interface EmptyStateProps {
  /** What this place is for. */
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** The first step, as a button. */
  readonly actions?: ReactNode;
  readonly icon?: ReactNode;
  readonly className?: string;
}

export function EmptyState({ title, description, actions, icon, className }: EmptyStateProps) {
  return (
    <div className={cn("flex flex-col items-center justify-center gap-1 px-6 py-12 text-center", className)}>
      {icon ? <div className="mb-2 text-faint [&_svg]:size-5">{icon}</div> : null}
      <p className="font-medium text-base text-fg">{title}</p>
      {description ? <p className="max-w-md text-pretty text-muted text-sm">{description}</p> : null}
      {actions ? <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
