/** Items with a key for a list whose items have no name of their own and keep their order. */
export const numbered = <Item>(items: readonly Item[]): readonly { readonly item: Item; readonly key: string }[] =>
  items.map((item, place) => ({ item, key: String(place) }));
