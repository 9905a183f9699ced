import { Check, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { fieldStyle } from "@/components/ui/field-style";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { FieldProps } from "./field-props";

export interface ModelChoice {
  /** The reference that is chosen. */
  readonly value: string;
  /** Found by these words, too. */
  readonly keywords?: readonly string[];
  readonly content: ReactNode;
}

export interface ModelPopoverProps {
  readonly value: string;
  readonly choices: readonly ModelChoice[];
  readonly onPick: (value: string) => void;
  /** What stands in the field: the chosen model, or a word instead of one. */
  readonly children: ReactNode;
  readonly search: string;
  /** What is said where nothing is found, and where to go for more. */
  readonly none: { readonly text: string; readonly href: string; readonly action: string };
  readonly control?: FieldProps["control"] | undefined;
  readonly label: string;
  readonly disabled: boolean;
}

/** Choices that stand in the list at once: an endpoint may have thousands, and the list is searched. */
const mostShown = 100;

/** Those that hold every word that was typed; the chosen one first where nothing was. */
const found = (choices: readonly ModelChoice[], query: string, value: string): readonly ModelChoice[] => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ value: reference, keywords = [] }: ModelChoice) => {
    const text = [reference, ...keywords].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const fitting = words.length === 0 ? choices : choices.filter(fits);
  if (fitting.length <= mostShown) return fitting;
  const chosen = words.length === 0 ? fitting.filter((choice) => choice.value === value) : [];
  return [...chosen, ...fitting.filter((choice) => !chosen.includes(choice)).slice(0, mostShown - chosen.length)];
};

/** A field that opens a list of models to search. */
export function ModelPopover({
  value,
  choices,
  onPick,
  children,
  search,
  none,
  control,
  label,
  disabled,
}: ModelPopoverProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const shown = open ? found(choices, query, value) : [];
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          {...control}
          type="button"
          disabled={disabled}
          aria-label={control ? undefined : label}
          className={cn(fieldStyle, "flex h-7 items-center gap-2 text-left")}
        >
          {children}
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-80 p-0">
        <Command shouldFilter={false}>
          <CommandInput placeholder={search} value={query} onValueChange={setQuery} />
          <CommandList>
            <CommandEmpty>
              {none.text}{" "}
              <Link href={none.href} className="text-accent-text underline">
                {none.action}
              </Link>
            </CommandEmpty>
            {shown.map((choice) => (
              <CommandItem
                key={choice.value}
                value={choice.value}
                keywords={[...(choice.keywords ?? [])]}
                onSelect={() => {
                  onPick(choice.value);
                  setOpen(false);
                }}
              >
                {choice.content}
                {choice.value === value ? <Check /> : null}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
