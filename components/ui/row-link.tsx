import Link from "next/link";
import type { ReactNode } from "react";

/** The link of a table row: its click area is the whole row. Other controls of the row lie above it (`relative z-10`). */
export function RowLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link
      href={href}
      className="truncate font-medium text-fg outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:outline-ring focus-visible:after:-outline-offset-2"
    >
      {children}
    </Link>
  );
}
