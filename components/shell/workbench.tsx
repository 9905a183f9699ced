"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FullText } from "./full-text";
import { LaterCommandPalette } from "./later-command-palette";
import { OfflineNotice } from "./offline-notice";
import { OutageNotice } from "./outage-notice";
import { PaletteCommandsProvider } from "./palette-commands";
import { ShellProvider } from "./shell-context";
import { Sidebar } from "./sidebar";
import type { SidebarChoice } from "./sidebar-choice";

/** Sidebar, page, command palette. A page fills what is left and scrolls by itself. */
export function Workbench({ choice, children }: { readonly choice: SidebarChoice; readonly children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <ShellProvider choice={choice}>
      <PaletteCommandsProvider>
        <a
          href="#page"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1 focus:shadow-pop"
        >
          {t("skip")}
        </a>
        <div className="flex h-dvh overflow-hidden">
          <Sidebar />
          <main id="page" tabIndex={-1} className="relative flex min-w-0 flex-1 flex-col overflow-hidden bg-surface">
            <OfflineNotice />
            <OutageNotice />
            {children}
          </main>
        </div>
        <LaterCommandPalette />
        <FullText />
      </PaletteCommandsProvider>
    </ShellProvider>
  );
}
