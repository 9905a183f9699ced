import { ArrowUpToLine, Columns2, CopyPlus, MoreHorizontal, PencilLine, Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { ToggleGroup } from "radix-ui";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { fieldStyle } from "@/components/ui/field-style";
import { IconButton } from "@/components/ui/icon-button";
import { graphLimits, type NodeVariant } from "@/runtime/graph/document";
import { useEditor, useWorkbench } from "../workbench";
import type { ShownSettings } from "./use-shown-settings";
import { useVariantCommands } from "./use-variant-commands";

const base = "base";
const chipStyle =
  "flex h-6 min-w-0 max-w-full items-center rounded-sm border border-line-strong px-2 text-muted text-xs transition-colors hover:text-fg data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:font-medium data-[state=on]:text-accent-text";

/** The node's own settings and what is tried beside them: which of them the form below shows, and what becomes of them. */
export function VariantStrip({ shown }: { readonly shown: ShownSettings }) {
  const t = useTranslations("editor.variants");
  const { view } = useWorkbench();
  const readOnly = useEditor((state) => state.readOnly);
  const { node, variant, variants } = shown;
  const commands = useVariantCommands(node.id);
  const [renaming, setRenaming] = useState<string | null>(null);
  const full = variants.length >= graphLimits.variantsOfNode;
  const section = useRef<HTMLElement>(null);
  const former = useRef({ count: variants.length, renaming });
  // Where what had the keyboard is gone, the strip keeps it: the next key would be the canvas's.
  useEffect(() => {
    const before = former.current;
    former.current = { count: variants.length, renaming };
    if (variants.length >= before.count && (before.renaming === null || renaming !== null)) return;
    const timer = setTimeout(() => {
      if (document.activeElement !== document.body) return;
      const find = (what: string) => section.current?.querySelector<HTMLElement>(what);
      (find("[role=radio][data-state=on]") ?? find("[role=radio]") ?? find("button"))?.focus();
    });
    return () => clearTimeout(timer);
  }, [variants.length, renaming]);
  if (readOnly && variants.length === 0) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLButtonElement)) return;
    if (readOnly || variant === null || (event.key !== "F2" && event.key !== "Delete")) return;
    event.preventDefault();
    if (event.key === "F2") setRenaming(variant.id);
    else commands.remove(variant.id);
  };

  return (
    <section
      ref={section}
      aria-label={t("title")}
      className="border-line border-b px-4 py-2"
      data-testid="variants"
      data-keeps-delete=""
    >
      <header className="flex h-6 items-center gap-1">
        <h3 className="min-w-0 flex-1 truncate text-muted text-xs">{t("title")}</h3>
        {variant && !readOnly ? (
          <VariantMenu variant={variant} full={full} commands={commands} onRename={() => setRenaming(variant.id)} />
        ) : null}
        {variants.length > 0 ? (
          <Button size="sm" onClick={() => view.setState({ comparing: node.id })}>
            <Columns2 />
            {t("compare")}
          </Button>
        ) : null}
        {variants.length > 0 ? (
          <IconButton
            size="sm"
            label={full ? t("full", { count: graphLimits.variantsOfNode }) : t("add")}
            aria-disabled={full || readOnly}
            onClick={() => setRenaming(commands.add(variant?.id ?? null))}
          >
            <Plus />
          </IconButton>
        ) : (
          <Button variant="ghost" size="sm" onClick={() => setRenaming(commands.add(null))}>
            <Plus />
            {t("add")}
          </Button>
        )}
      </header>
      {variants.length > 0 ? (
        <ToggleGroup.Root
          type="single"
          aria-label={t("which")}
          value={variant?.id ?? base}
          onValueChange={(next) => {
            if (next) commands.show(next === base ? null : next);
          }}
          onKeyDown={onKeyDown}
          className="mt-1.5 flex flex-wrap gap-1"
        >
          <ToggleGroup.Item value={base} className={chipStyle}>
            {t("base")}
          </ToggleGroup.Item>
          {variants.map((each) =>
            renaming === each.id ? (
              <LabelInput
                key={each.id}
                label={each.label}
                onDone={(text) => {
                  setRenaming(null);
                  if (text !== null) commands.rename(each.id, text);
                }}
              />
            ) : (
              <ToggleGroup.Item
                key={each.id}
                value={each.id}
                title={each.label}
                className={chipStyle}
                onDoubleClick={() => (readOnly ? undefined : setRenaming(each.id))}
              >
                <span className="truncate">{each.label}</span>
              </ToggleGroup.Item>
            ),
          )}
        </ToggleGroup.Root>
      ) : null}
    </section>
  );
}

interface VariantMenuProps {
  readonly variant: NodeVariant;
  readonly full: boolean;
  readonly commands: ReturnType<typeof useVariantCommands>;
  readonly onRename: () => void;
}

function VariantMenu({ variant, full, commands, onRename }: VariantMenuProps) {
  const t = useTranslations("editor.variants");
  const renames = useRef(false);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <IconButton size="sm" label={t("more", { label: variant.label })}>
          <MoreHorizontal />
        </IconButton>
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="end"
        onCloseAutoFocus={(event) => {
          if (!renames.current) return;
          // Only now: until it is closed, the menu holds the keyboard.
          renames.current = false;
          event.preventDefault();
          onRename();
        }}
      >
        <DropdownMenuItem
          hint="F2"
          onSelect={() => {
            renames.current = true;
          }}
        >
          <PencilLine />
          {t("rename")}
        </DropdownMenuItem>
        <DropdownMenuItem disabled={full} onSelect={() => commands.add(variant.id)}>
          <CopyPlus />
          {t("duplicate")}
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => commands.promote(variant.id)}>
          <ArrowUpToLine />
          {t("makeBase")}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem danger hint="Del" onSelect={() => commands.remove(variant.id)}>
          <Trash2 />
          {t("delete")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

const selectAll = (input: HTMLInputElement | null): void => {
  input?.focus();
  input?.select();
};

/** A name being written. Enter and leaving keep it, Escape does not. */
function LabelInput({ label, onDone }: { readonly label: string; readonly onDone: (text: string | null) => void }) {
  const t = useTranslations("editor.variants");
  const [text, setText] = useState(label);
  return (
    <input
      ref={selectAll}
      aria-label={t("label")}
      className={cn(fieldStyle, "h-6 w-36 text-xs")}
      value={text}
      maxLength={graphLimits.labelLength}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onDone(text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter" && !event.nativeEvent.isComposing) onDone(text);
        if (event.key === "Escape") onDone(null);
      }}
    />
  );
}
