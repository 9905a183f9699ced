"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Languages, Library, LogOut, Moon, PanelLeft, Plus, Sun, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useDeferredValue, useState } from "react";
import { useNewPipeline } from "@/components/home/use-new-pipeline";
import { useTRPC } from "@/components/trpc/client";
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { locales } from "@/runtime/node/localized";
import { localeNames } from "./choose-locale";
import { pages } from "./pages";
import { usePaletteGroups } from "./palette-commands";
import { paletteScore } from "./palette-score";
import { useShell } from "./shell-context";
import { useChooseLocale } from "./use-choose-locale";
import { useSignOut } from "./use-sign-out";

/** Ctrl-K: everything one can go to or do, by name. */
export function CommandPalette() {
  const t = useTranslations("shell");
  const { paletteOpen, setPaletteOpen } = useShell();
  return (
    <CommandDialog open={paletteOpen} onOpenChange={setPaletteOpen} title={t("palette.title")} filter={paletteScore}>
      <PaletteContent close={() => setPaletteOpen(false)} />
    </CommandDialog>
  );
}

function PaletteContent({ close }: { readonly close: () => void }) {
  const t = useTranslations("shell");
  const [query, setQuery] = useState("");
  const { toggleSidebar } = useShell();
  const groups = usePaletteGroups();
  const router = useRouter();
  const locale = useLocale();
  const chooseLocale = useChooseLocale();
  const { resolvedTheme, setTheme } = useTheme();
  const signOut = useSignOut();
  const newPipeline = useNewPipeline();
  const trpc = useTRPC();
  const pipelines = useQuery(
    trpc.pipeline.list.queryOptions(
      { limit: 8, query: useDeferredValue(query).trim().slice(0, 100) || undefined },
      { placeholderData: keepPreviousData },
    ),
  );
  const bases = useQuery(
    trpc.knowledge.list.queryOptions(
      { limit: 6, query: useDeferredValue(query).trim().slice(0, 100) || undefined },
      { placeholderData: keepPreviousData },
    ),
  );

  const run = (action: () => void) => () => {
    close();
    action();
  };
  const dark = resolvedTheme === "dark";
  return (
    <>
      <CommandInput value={query} onValueChange={setQuery} placeholder={t("palette.placeholder")} maxLength={100} />
      <CommandList>
        <CommandEmpty>{t("palette.empty", { query })}</CommandEmpty>
        {groups.map((group) => (
          <CommandGroup key={group.heading} heading={group.heading}>
            {group.commands.map(({ id, icon: Icon, title, hint, keywords, run: action }) => (
              <CommandItem
                key={id}
                value={`${group.heading}:${id}`}
                keywords={[title, ...(keywords ?? [])]}
                hint={hint}
                onSelect={run(action)}
              >
                {Icon ? <Icon /> : null}
                {title}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
        <CommandGroup heading={t("palette.pipelines")}>
          {pipelines.data?.items.map((pipeline) => (
            <CommandItem
              key={pipeline.id}
              value={`pipeline:${pipeline.id}`}
              keywords={[pipeline.name]}
              onSelect={run(() => router.push(`/pipelines/${pipeline.id}`))}
            >
              <Workflow />
              <span className="truncate">{pipeline.name}</span>
            </CommandItem>
          ))}
        </CommandGroup>
        <CommandGroup heading={t("pages.knowledge")}>
          {bases.data?.items.map((base) => (
            <CommandItem
              key={base.id}
              value={`knowledge:${base.id}`}
              keywords={[base.name]}
              onSelect={run(() => router.push(`/knowledge/${base.id}`))}
            >
              <Library />
              <span className="truncate">{base.name}</span>
            </CommandItem>
          ))}
        </CommandGroup>
        <CommandGroup heading={t("palette.go")}>
          {pages.map(({ name, href, icon: Icon }) => (
            <CommandItem
              key={href}
              value={`page:${name}`}
              keywords={[t(`pages.${name}`), name]}
              onSelect={run(() => router.push(href))}
            >
              <Icon />
              {t(`pages.${name}`)}
            </CommandItem>
          ))}
        </CommandGroup>
        <CommandGroup heading={t("palette.actions")}>
          <CommandItem
            value="action:new-pipeline"
            keywords={[t("palette.newPipeline"), "create"]}
            onSelect={run(() => newPipeline.create({}))}
          >
            <Plus />
            {t("palette.newPipeline")}
          </CommandItem>
          <CommandItem
            value="action:theme"
            keywords={[t(dark ? "palette.light" : "palette.dark"), t("theme.title"), "theme"]}
            onSelect={run(() => setTheme(dark ? "light" : "dark"))}
          >
            {dark ? <Sun /> : <Moon />}
            {t(dark ? "palette.light" : "palette.dark")}
          </CommandItem>
          {locales
            .filter((name) => name !== locale)
            .map((name) => (
              <CommandItem
                key={name}
                value={`action:language:${name}`}
                keywords={[
                  t("palette.language", { name: localeNames[name] }),
                  t("language"),
                  localeNames[name],
                  "language",
                ]}
                onSelect={run(() => chooseLocale(name))}
              >
                <Languages />
                {t("palette.language", { name: localeNames[name] })}
              </CommandItem>
            ))}
          <CommandItem
            value="action:sidebar"
            keywords={[t("palette.sidebar"), "sidebar"]}
            hint="["
            onSelect={run(toggleSidebar)}
          >
            <PanelLeft />
            {t("palette.sidebar")}
          </CommandItem>
          <CommandItem
            value="action:sign-out"
            keywords={[t("signOut"), "log out"]}
            onSelect={run(() => void signOut())}
          >
            <LogOut />
            {t("signOut")}
          </CommandItem>
        </CommandGroup>
      </CommandList>
    </>
  );
}
