"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { type PaletteGroup, usePaletteCommands } from "@/components/shell/palette-commands";
import { iconOf } from "../node-icon";
import { useEditor, useInterfaceLocale } from "../workbench";
import { useCommandList } from "./use-command-list";
import { useCommands } from "./use-commands";

/** What the command palette (Ctrl-K) can do while a pipeline is open. */
export const usePalette = (): void => {
  const commands = useCommands();
  const list = useCommandList();
  const catalog = useEditor((state) => state.catalog);
  const readOnly = useEditor((state) => state.readOnly);
  // What would do nothing is left out, which depends on what is chosen.
  const selection = useEditor((state) => state.selection);
  const locale = useInterfaceLocale();
  const t = useTranslations("editor");

  const actions = useMemo<PaletteGroup>(() => {
    // Named, because the functions read it where it is and not from here.
    void selection;
    const offered = list.filter(
      ({ keysOnly, edits, available }) => !keysOnly && !(edits && readOnly) && (available?.() ?? true),
    );
    return {
      heading: t("commands.pipeline"),
      commands: offered.map(({ id, icon, keys, run }) => ({
        id,
        title: t(`commands.${id}`),
        icon,
        ...(keys?.[0] && { hint: keys[0].join(" ") }),
        run,
      })),
    };
  }, [t, list, readOnly, selection]);
  const nodes = useMemo<PaletteGroup>(
    () => ({
      heading: t("commands.add"),
      commands: catalog.nodes.map((node) => ({
        id: node.type,
        title: node.title[locale],
        icon: iconOf(node.icon),
        keywords: [node.title.en, node.title.zh, ...(node.keywords ?? [])],
        run: () => commands.add(node, null),
      })),
    }),
    [t, catalog, locale, commands],
  );
  usePaletteCommands(actions);
  usePaletteCommands(nodes);
};
