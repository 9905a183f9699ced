"use client";

import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { Mark } from "@/components/ui/mark";
import { Tooltip } from "@/components/ui/tooltip";
import { AccountMenu } from "./account-menu";
import { LanguageMenu } from "./language-menu";
import { pages } from "./pages";
import { useShell } from "./shell-context";
import { SidebarLink } from "./sidebar-link";
import { ThemeMenu } from "./theme-menu";
import { WorkspaceName } from "./workspace-name";

/** Where one can go. Narrow or wide, every icon keeps its place, so that nothing moves under the pointer. */
export function Sidebar() {
  const t = useTranslations("shell");
  const { collapsed, toggleSidebar, setPaletteOpen } = useShell();
  const toggle = (
    <IconButton
      label={t(collapsed ? "expandSidebar" : "collapseSidebar")}
      keys={["["]}
      side="right"
      aria-expanded={!collapsed}
      onClick={toggleSidebar}
    >
      {collapsed ? <PanelLeftOpen /> : <PanelLeftClose />}
    </IconButton>
  );
  const search = (
    <button
      type="button"
      aria-label={t("search")}
      onClick={() => setPaletteOpen(true)}
      className={cn(
        "flex h-7 items-center gap-2 overflow-hidden rounded-md border bg-surface px-2 text-faint transition-colors hover:text-muted",
        collapsed ? "border-transparent bg-transparent hover:bg-hover" : "border-line hover:border-line-strong",
      )}
    >
      <Search className="size-3.5 shrink-0" />
      {collapsed ? null : (
        <>
          <span className="flex-1 text-left">{t("search")}</span>
          <Kbd>{"Ctrl K"}</Kbd>
        </>
      )}
    </button>
  );
  return (
    <aside
      aria-label={t("navigation")}
      className={cn(
        "flex h-dvh shrink-0 flex-col gap-2 overflow-hidden border-line border-r bg-page px-2 py-2.5 transition-[width] duration-150",
        collapsed ? "w-12" : "w-52",
      )}
    >
      <div className={cn("flex h-7 items-center gap-2", collapsed ? "pl-px" : "pl-1.5")}>
        {collapsed ? null : (
          <>
            <Mark className="size-5 shrink-0" />
            <WorkspaceName />
          </>
        )}
        {toggle}
      </div>
      {collapsed ? (
        <Tooltip content={t("search")} keys={["Ctrl", "K"]} side="right">
          {search}
        </Tooltip>
      ) : (
        search
      )}
      <nav className={"mt-1 flex flex-1 flex-col gap-0.5"}>
        {pages.map((page) => (
          <SidebarLink key={page.href} page={page} collapsed={collapsed} />
        ))}
      </nav>
      <div className={cn("flex items-center gap-0.5", collapsed && "flex-col-reverse")}>
        <AccountMenu collapsed={collapsed} />
        <LanguageMenu />
        <ThemeMenu />
      </div>
    </aside>
  );
}
