"use client";

import { Cable, Copy, History, Keyboard, Maximize, Play, Redo2, Rocket, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { type PaletteGroup, usePaletteCommands } from "@/components/shell/palette-commands";
import { iconOf } from "../node-icon";
import { useSession } from "../session";
import { useCommands } from "../use-commands";
import { useEditor, useInterfaceLocale, useWorkbench } from "../workbench";

/** What the command palette (Ctrl-K) can do while a pipeline is open. */
export const useEditorCommands = (): void => {
  const { editor, view } = useWorkbench();
  const { run } = useSession();
  const commands = useCommands();
  const catalog = useEditor((state) => state.catalog);
  const locale = useInterfaceLocale();
  const t = useTranslations("editor.commands");

  const actions = useMemo<PaletteGroup>(
    () => ({
      heading: t("pipeline"),
      commands: [
        { id: "run", title: t("run"), icon: Play, hint: "Ctrl ↵", run },
        { id: "publish", title: t("publish"), icon: Rocket, run: () => view.setState({ publishOpen: true }) },
        { id: "undo", title: t("undo"), icon: Undo2, hint: "Ctrl Z", run: () => editor.getState().undo() },
        { id: "redo", title: t("redo"), icon: Redo2, hint: "Shift Ctrl Z", run: () => editor.getState().redo() },
        { id: "versions", title: t("versions"), icon: History, run: () => view.setState({ versionsOpen: true }) },
        { id: "fit", title: t("fit"), icon: Maximize, hint: "Shift 1", run: commands.fit },
        { id: "connect", title: t("connect"), icon: Cable, hint: "C", run: commands.connectByName },
        { id: "duplicate", title: t("duplicate"), icon: Copy, hint: "Ctrl D", run: commands.duplicate },
        {
          id: "shortcuts",
          title: t("shortcuts"),
          icon: Keyboard,
          hint: "?",
          run: () => view.setState({ shortcutsOpen: true }),
        },
      ],
    }),
    [t, run, view, editor, commands],
  );
  const nodes = useMemo<PaletteGroup>(
    () => ({
      heading: t("add"),
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
