import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";

export interface PageHeaderProps {
  readonly title: ReactNode;
  /** The pages above this one, outermost first. */
  readonly parents?: readonly { readonly title: string; readonly href: string }[];
  /** Quiet facts beside the title. */
  readonly aside?: ReactNode;
  /** Buttons, the primary one last. */
  readonly actions?: ReactNode;
}

/** The one line at the top of every page. */
export function PageHeader({ title, parents = [], aside, actions }: PageHeaderProps) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-line border-b px-5">
      <div className="flex min-w-0 flex-1 items-center gap-1.5">
        {parents.map((parent) => (
          <Fragment key={parent.href}>
            <Link
              href={parent.href}
              title={parent.title}
              className="max-w-80 shrink-0 truncate rounded-sm text-muted transition-colors hover:text-fg"
            >
              {parent.title}
            </Link>
            <ChevronRight className="size-3.5 shrink-0 text-faint" />
          </Fragment>
        ))}
        <h1 className="truncate font-medium text-base text-fg">{title}</h1>
        {aside ? <div className="ml-2 flex shrink-0 items-center gap-2 text-muted">{aside}</div> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-2">{actions}</div> : null}
    </header>
  );
}
