"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { type RunFilter, runsAddress } from "@/components/runs/run-filter";
import { cn } from "@/components/ui/cn";

interface RunsLinkProps {
  readonly filter: RunFilter;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A number that opens the runs that it is of. */
export function RunsLink({ filter, className, children }: RunsLinkProps) {
  return (
    <Link href={runsAddress(filter)} className={cn("rounded-sm underline-offset-4 hover:underline", className)}>
      {children}
    </Link>
  );
}
