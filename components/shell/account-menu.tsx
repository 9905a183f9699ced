"use client";

import { useQuery } from "@tanstack/react-query";
import { LogOut, Settings, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useShownName } from "./use-shown-name";
import { useSignOut } from "./use-sign-out";

/** Who is signed in, and the way out. */
export function AccountMenu({ collapsed }: { readonly collapsed: boolean }) {
  const t = useTranslations("shell");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.account.get.queryOptions(undefined, { staleTime: 60_000 }));
  const signOut = useSignOut();
  const shownName = useShownName();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("account")}
        className={cn(
          "flex h-7 min-w-0 items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg data-[state=open]:bg-hover",
          collapsed ? "w-full px-2" : "flex-1 gap-2.5 px-2",
        )}
      >
        <UserRound className="size-4 shrink-0 text-faint" strokeWidth={1.75} />
        {collapsed ? null : <span className="truncate">{data ? shownName("account", data.name) : null}</span>}
      </DropdownMenuTrigger>
      <DropdownMenuContent side="top" align="start" className="max-w-64">
        {data ? (
          <>
            <DropdownMenuLabel className="truncate">{data.email}</DropdownMenuLabel>
            <DropdownMenuSeparator />
          </>
        ) : null}
        <DropdownMenuItem asChild>
          <Link href="/settings">
            <Settings />
            {t("pages.settings")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={signOut}>
          <LogOut />
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
