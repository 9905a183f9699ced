"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { InboxCount } from "@/components/inbox/inbox-count";
import { cn } from "@/components/ui/cn";
import { Tooltip } from "@/components/ui/tooltip";
import { isBelow, type Page } from "./pages";

export function SidebarLink({ page, collapsed }: { readonly page: Page; readonly collapsed: boolean }) {
  const t = useTranslations("shell.pages");
  const current = isBelow(usePathname(), page.href);
  const Icon = page.icon;
  const link = (
    <Link
      href={page.href}
      aria-current={current ? "page" : undefined}
      aria-label={collapsed ? t(page.name) : undefined}
      className={cn(
        "flex h-7 items-center gap-2.5 overflow-hidden rounded-md px-2 transition-colors",
        current ? "bg-active font-medium text-fg" : "text-muted hover:bg-hover hover:text-fg",
      )}
    >
      <Icon className={cn("size-4 shrink-0", current ? "text-fg" : "text-faint")} strokeWidth={1.75} />
      {collapsed ? null : <span className="truncate">{t(page.name)}</span>}
      {page.name === "inbox" && !collapsed ? <InboxCount /> : null}
    </Link>
  );
  return collapsed ? (
    <Tooltip content={t(page.name)} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}
