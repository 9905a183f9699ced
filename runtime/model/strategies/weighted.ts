import type { RoutingStrategy } from "./strategy";

/** A draw without replacement, each replica's chance in proportion to its weight. */
export const weighted: RoutingStrategy = (candidates, { random }) => {
  const left = [...candidates];
  const ordered: typeof left = [];
  while (left.length > 0) {
    let ticket = random() * left.reduce((sum, { stats }) => sum + stats.weight, 0);
    const drawn = left.findIndex(({ stats }) => {
      ticket -= stats.weight;
      return ticket < 0;
    });
    ordered.push(...left.splice(drawn < 0 ? left.length - 1 : drawn, 1));
  }
  return ordered;
};
