"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { useSyncExternalStore } from "react";
import { localeNames } from "@/components/shell/choose-locale";
import { Section } from "@/components/shell/section";
import { useChooseLocale } from "@/components/shell/use-choose-locale";
import { Segmented } from "@/components/ui/segmented";
import { locales } from "@/runtime/node/localized";

const themes = [
  { value: "light", icon: <Sun /> },
  { value: "dark", icon: <Moon /> },
  { value: "system", icon: <Monitor /> },
] as const;

const never = () => () => undefined;

/** Language and theme. Both are kept in this browser. */
export function Appearance() {
  const t = useTranslations("settings.appearance");
  const shell = useTranslations("shell");
  const locale = useLocale();
  const choose = useChooseLocale();
  const { theme = "system", setTheme } = useTheme();
  // The server does not know the theme: until the browser takes over none is marked.
  const known = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <Section title={t("title")} description={t("description")}>
      <div className="flex flex-wrap gap-x-8 gap-y-4">
        <div className="flex flex-col gap-1">
          <span className="font-medium">{shell("language")}</span>
          <Segmented
            label={shell("language")}
            value={locale}
            onValueChange={choose}
            options={locales.map((name) => ({
              value: name as string,
              label: <span lang={name}>{localeNames[name]}</span>,
            }))}
          />
        </div>
        <div className="flex flex-col gap-1">
          <span className="font-medium">{shell("theme.title")}</span>
          <Segmented
            label={shell("theme.title")}
            value={known ? theme : ""}
            onValueChange={setTheme}
            options={themes.map(({ value, icon }) => ({
              value: value as string,
              label: (
                <>
                  {icon}
                  {shell(`theme.${value}`)}
                </>
              ),
            }))}
          />
        </div>
      </div>
    </Section>
  );
}
