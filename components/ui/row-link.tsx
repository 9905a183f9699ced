import Link from "next/link";
import type { ReactNode } from "react";

export interface RowLinkProps {
  readonly href: string;
  /** What is read out, where what is shown does not name the row by itself. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** The link of a table row: its click area is the whole row. Other controls of the row lie above it (`relative z-10`). */
export function RowLink({ href, label, children }: RowLinkProps) {
  return (
    <Link
      href={href}
      aria-label={label}
      className="truncate font-medium text-fg outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
    >
      {children}
    </Link>
  );
}
