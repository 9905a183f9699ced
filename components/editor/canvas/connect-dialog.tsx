import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import type { PortRef } from "@/runtime/graph/document";
import { useCommands } from "../commands/use-commands";
import { connectionChoices } from "../gestures/connection-choices";
import { useEditor, useInterfaceLocale, useView, useWorkbench } from "../workbench";
import { portStyle } from "./port-colour";

/** Entries shown at once; a name finds the others. */
const mostShown = 100;

/** Every port counts alike: what is typed was looked for already. */
const all = () => 1;

/** "Connect to…": the ports that a step, or one port of it, can be wired to, by name. */
export function ConnectDialog() {
  const { view } = useWorkbench();
  const asked = useView((state) => state.connectFrom);
  const t = useTranslations("editor.connect");
  return (
    <CommandDialog
      open={asked !== null}
      onOpenChange={(open) => {
        if (!open) view.setState({ connectFrom: null });
      }}
      title={t("title")}
      filter={all}
    >
      {asked ? <Choices /> : null}
    </CommandDialog>
  );
}

function Choices() {
  const { view } = useWorkbench();
  const t = useTranslations("editor.connect");
  const kinds = useTranslations("editor.wire.kind");
  const locale = useInterfaceLocale();
  const asked = useView((state) => state.connectFrom);
  const document = useEditor((state) => state.document);
  const flow = useEditor((state) => state.flow);
  const commands = useCommands();
  const [query, setQuery] = useState("");
  const choices = useMemo(() => {
    if (!asked) return [];
    const nodes = new Map(document.nodes.map((node) => [node.id, node]));
    const say = (ref: PortRef, side: "inputs" | "outputs"): string => {
      const node = nodes.get(ref.node);
      if (!node) return ref.port;
      return `${flow.titleOf(node)} · ${flow.portsOf(node)[side][ref.port]?.label?.[locale] ?? ref.port}`;
    };
    return connectionChoices(document, flow.portsOf, asked).map((choice) => ({
      ...choice,
      key: JSON.stringify([choice.from, choice.to]),
      text: `${say(choice.from, "outputs")} → ${say(choice.to, "inputs")}`,
    }));
  }, [asked, document, flow, locale]);
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = choices.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
  return (
    <>
      <CommandInput value={query} onValueChange={setQuery} placeholder={t("search")} />
      <CommandList>
        <CommandEmpty>{t(choices.length === 0 ? "nothing" : "notFound")}</CommandEmpty>
        {([false, true] as const).map((taken) => {
          const group = found.filter((choice) => choice.taken === taken).slice(0, mostShown);
          if (group.length === 0) return null;
          return (
            <CommandGroup key={String(taken)} heading={t(taken ? "taken" : "free")}>
              {group.map(({ key, text, kind, from, to }) => (
                <CommandItem
                  key={key}
                  value={key}
                  hint={kinds(kind)}
                  onSelect={() => {
                    view.setState({ connectFrom: null });
                    commands.connect(from, to);
                  }}
                >
                  <span
                    className="size-2 shrink-0 rounded-full"
                    style={{ ...portStyle(kind), background: "var(--port)" }}
                  />
                  <span className="truncate" title={text}>
                    {text}
                  </span>
                </CommandItem>
              ))}
            </CommandGroup>
          );
        })}
        {found.length > mostShown ? <p className="px-3 py-2 text-faint text-xs">{t("more")}</p> : null}
      </CommandList>
    </>
  );
}
