/** The look shared by menus, selects, popovers: what floats. */
export const popStyle =
  "z-50 overflow-hidden rounded-lg bg-raised p-1 text-fg text-sm shadow-pop outline-none animate-in fade-in-0 zoom-in-98 duration-120 origin-(--radix-popper-transform-origin)";

/** One row of a menu, select or command list. Radix marks what is disabled by an attribute, cmdk by its value. */
export const itemStyle =
  "relative flex min-h-7 cursor-default select-none items-center gap-2 rounded-md px-2 text-sm outline-none [&[data-disabled]:not([data-disabled=false])]:pointer-events-none data-[highlighted]:bg-active data-[selected=true]:bg-active [&[data-disabled]:not([data-disabled=false])]:opacity-50 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-faint";
