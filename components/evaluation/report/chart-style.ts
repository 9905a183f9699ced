/** What every chart's axes and tooltip look like; colours are tokens, so that both themes hold. */
export const axisStyle = {
  stroke: "var(--line-strong)",
  tick: { fill: "var(--faint)", fontSize: 11 },
  tickLine: false,
} as const;

export const gridStyle = { stroke: "var(--line)", strokeDasharray: "2 4" } as const;

export const tooltipStyle = {
  contentStyle: {
    background: "var(--raised)",
    border: "1px solid var(--line)",
    borderRadius: 6,
    fontSize: 12,
    color: "var(--fg)",
  },
  labelStyle: { color: "var(--muted)" },
  itemStyle: { color: "var(--fg)" },
} as const;
