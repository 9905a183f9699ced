"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Check, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useState } from "react";
import { cn } from "./cn";
import { Command, CommandInput, CommandItem, CommandList } from "./command";
import { fieldStyle } from "./field-style";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";

export interface PickerItem {
  readonly id: string;
  readonly name: string;
  /** Tells items of one name apart. */
  readonly hint?: string;
}

export interface SearchPickerProps {
  /** What is chosen; read out, and stands in the empty search field. */
  readonly label: string;
  readonly value: string | null;
  /** Name of the chosen one, which may not be among those found. */
  readonly shown: string | null;
  /** What stands there where nothing is chosen; null where something must be. */
  readonly none: string | null;
  readonly queryKey: readonly unknown[];
  /** The first matches of a word, the newest where it is empty: any number of items can be searched. */
  readonly search: (query: string, signal: AbortSignal) => Promise<readonly PickerItem[]>;
  readonly onPick: (item: PickerItem | null) => void;
  readonly className?: string;
  readonly id?: string | undefined;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: boolean | undefined;
  readonly disabled?: boolean;
}

/** A field that opens a list to search in on the server. */
export function SearchPicker(props: SearchPickerProps) {
  const { label, value, shown, none, queryKey, search, onPick, className, id, disabled } = props;
  const chosen = value === null ? none : (shown ?? "…");
  const t = useTranslations("ui");
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const found = useQuery({
    queryKey: [...queryKey, "picker", query],
    queryFn: ({ signal }) => search(query, signal),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const pick = (item: PickerItem | null) => {
    onPick(item);
    setOpen(false);
    setTyped("");
  };
  const items = found.data ?? [];
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          id={id}
          // In a form its own label names it.
          aria-label={id === undefined ? label : undefined}
          aria-describedby={props["aria-describedby"]}
          aria-invalid={props["aria-invalid"]}
          // What is cut short can be read whole.
          title={chosen ?? undefined}
          disabled={disabled}
          className={cn(fieldStyle, "flex h-7 items-center justify-between gap-2 text-left", className)}
        >
          <span className={cn("truncate", chosen === null && "text-faint")}>{chosen ?? label}</span>
          <ChevronsUpDown className="size-3.5 shrink-0 text-faint" />
        </button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-80 p-0">
        <Command shouldFilter={false} label={label}>
          <CommandInput placeholder={label} value={typed} onValueChange={setTyped} maxLength={100} />
          <CommandList className="max-h-72">
            {none !== null && query === "" ? (
              <CommandItem value="none" onSelect={() => pick(null)}>
                {none}
                {value === null ? <Check className="ml-auto" /> : null}
              </CommandItem>
            ) : null}
            {items.map((item) => (
              <CommandItem key={item.id} value={item.id} hint={item.hint} onSelect={() => pick(item)}>
                <span className="truncate" title={item.name}>
                  {item.name}
                </span>
                {item.id === value ? <Check className="ml-auto" /> : null}
              </CommandItem>
            ))}
            {found.isPending || items.length > 0 ? null : (
              <p className="px-3 py-6 text-center text-muted text-sm">
                {found.isError ? t("searchFailed") : t("nothingFound")}
              </p>
            )}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
