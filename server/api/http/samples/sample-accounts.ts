/** Invented customers of an invented mobile operator, for templates to look up. Nothing of them is stored, and nothing can change them. */
interface Line {
  readonly name: { readonly en: string; readonly zh: string };
  readonly amount: number;
}
interface Customer {
  readonly name: { readonly en: string; readonly zh: string };
  readonly plan: { readonly en: string; readonly zh: string };
  readonly price: number;
  /** By month, the latest first. */
  readonly bills: Readonly<Record<string, { readonly paid: boolean; readonly extras: readonly Line[] }>>;
}

const roaming = (amount: number): Line => ({ name: { en: "Roaming", zh: "国际漫游" }, amount });
const data = (amount: number): Line => ({ name: { en: "Extra data", zh: "流量加油包" }, amount });

const customers: Readonly<Record<string, Customer>> = {
  "100417": {
    name: { en: "Ada Example", zh: "张示例" },
    plan: { en: "Comfort 20 GB", zh: "畅享 20 GB" },
    price: 24.9,
    bills: {
      "2026-11": { paid: false, extras: [roaming(12.4)] },
      "2026-10": { paid: true, extras: [] },
      "2026-09": { paid: true, extras: [data(5)] },
    },
  },
  "100823": {
    name: { en: "Ben Sample", zh: "李样本" },
    plan: { en: "Start 5 GB", zh: "入门 5 GB" },
    price: 9.9,
    bills: {
      "2026-11": { paid: true, extras: [] },
      "2026-10": { paid: true, extras: [data(10)] },
      "2026-09": { paid: true, extras: [] },
    },
  },
  "101256": {
    name: { en: "Cleo Invented", zh: "王虚构" },
    plan: { en: "Unlimited", zh: "不限量" },
    price: 39.9,
    bills: {
      "2026-11": { paid: false, extras: [roaming(48.75), data(5)] },
      "2026-10": { paid: false, extras: [] },
      "2026-09": { paid: true, extras: [] },
    },
  },
};

/** null where nobody has that number. Amounts in euros. */
export const findSampleAccount = (number: string, language: "en" | "zh") => {
  const customer = Object.hasOwn(customers, number) ? customers[number] : undefined;
  if (customer === undefined) return null;
  const { name, plan, price, bills } = customer;
  const fee: Line = { name: { en: "Monthly fee", zh: "月租费" }, amount: price };
  return {
    number,
    name: name[language],
    plan: plan[language],
    currency: "EUR",
    bills: Object.entries(bills).map(([month, { paid, extras }]) => {
      const lines = [fee, ...extras];
      return {
        month,
        total: Math.round(lines.reduce((sum, { amount }) => sum + amount * 100, 0)) / 100,
        paid,
        lines: lines.map((line) => ({ name: line.name[language], amount: line.amount })),
      };
    }),
  };
};
